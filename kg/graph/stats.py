"""Figures of a graph: what a store holds, counted by queries.

In goes a store, out come plain numbers, sorted by name.
"""

from pyoxigraph import Literal, NamedNode

from kg.graph.query import Querier
from kg.graph.terms import Node
from kg.ids import ONTOLOGY_BASE

Figures = dict[str, int | dict[str, int] | dict[str, dict[str, int]]]

THINGS = ("Document", "Mention", "Claim", "Evidence", "Quotation", "Entity")
KINDS = """
SELECT ?class (COUNT(DISTINCT ?entity) AS ?n) WHERE {
  ?entity a pol:Entity , ?class . FILTER(STRSTARTS(STR(?class), STR(pol:)) && ?class != pol:Entity)
} GROUP BY ?class"""
CLAIMS = """
SELECT ?relation ?status (COUNT(DISTINCT ?claim) AS ?n) WHERE {
  ?claim a pol:Claim ; rdf:predicate ?relation ; pol:status ?status
} GROUP BY ?relation ?status"""
SUPPORT = """
SELECT (COUNT(?claim) AS ?n) WHERE {
  { SELECT ?claim (COUNT(DISTINCT ?source) AS ?sources) WHERE {
      ?claim a pol:Claim ; prov:wasDerivedFrom/pol:inDocument ?document .
      OPTIONAL { ?document pol:reprintOf ?original }
      BIND(COALESCE(?original, ?document) AS ?source) } GROUP BY ?claim }
  FILTER(?sources > 1)
}"""
"""Claims with more than one independent source: a reprint counts with its original."""


def count(querier: Querier) -> Figures:
    """Return how many triples, documents, mentions, entities by class and claims by relation and status there are.

    An entity counts under each of its classes: an official under Official and under Person.
    """
    figures: Figures = {"triples": _number(querier, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")}
    for name in THINGS:
        plural = "entities" if name == "Entity" else f"{name.lower()}s" if name != "Evidence" else "evidence"
        figures[plural] = _number(querier, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a pol:{name} }}")
    figures["claims_with_several_sources"] = _number(querier, SUPPORT)
    figures["entities_by_class"] = {_local(kind): _int(n) for kind, n in sorted(querier.rows(KINDS), key=str)}
    claims: dict[str, dict[str, int]] = {}
    for relation, status, n in sorted(querier.rows(CLAIMS), key=str):
        claims.setdefault(_local(relation), {})[_local(status)] = _int(n)
    figures["claims_by_relation"] = claims
    return figures


def _number(querier: Querier, query: str) -> int:
    return next(_int(n) for (n,) in querier.rows(query))


def _int(node: Node | None) -> int:
    return int(node.value) if isinstance(node, Literal) else 0


def _local(node: Node | None) -> str:
    return node.value.removeprefix(ONTOLOGY_BASE) if isinstance(node, NamedNode) else ""
