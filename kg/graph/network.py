"""The claims of a store as a networkx graph: entities are nodes, each claim is an edge with its support.

In goes a store, out come a `MultiDiGraph` and its GraphML file, the same bytes for the same graph. Denied and
hypothetical claims are edges too, marked by their status; what the reference data says has the status "Reference".
"""

import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
from pyoxigraph import Literal, NamedNode, Store

from kg.graph.query import Querier
from kg.graph.terms import GRAPH_REFERENCE, Node, resource, term
from kg.ids import ONTOLOGY_BASE, RESOURCE_BASE

REFERENCE = "Reference"
BACKGROUND = frozenset({"within", "partOf", "subOrganizationOf"})
"""Relations that lead to what a thing lies in or belongs to."""
QUALIFIERS = ("title", "former", "amount", "fiscalYear", "bound", "date", "deadline", "program", "court")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""

CLAIMS = """
SELECT ?claim ?subject ?relation ?object ?status WHERE {
  ?claim a pol:Claim ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; pol:status ?status .
}"""
SUPPORT = """
SELECT ?claim (COUNT(DISTINCT ?source) AS ?support) (COUNT(DISTINCT ?proof) AS ?sentences)
  (COUNT(DISTINCT ?document) AS ?documents) WHERE {
  ?claim a pol:Claim ; prov:wasDerivedFrom ?proof . ?proof pol:inDocument ?document .
  OPTIONAL { ?document pol:reprintOf ?original }
  BIND(COALESCE(?original, ?document) AS ?source)
} GROUP BY ?claim"""
Attributes = dict[str, str | int | float]


def read_network(store: Store, base: str = RESOURCE_BASE, *, reference: bool = True) -> "nx.MultiDiGraph[str]":
    """Return the network of a store.

    A node is an entity's path, with `label` and `kind` (its most special class). An edge's key is the claim's path; it
    has `relation`, `status`, `confidence`, `support` (independent sources: a reprint counts with its original),
    `sentences`, `documents` and the claim's qualifiers.
    With `reference`, what the reference data says between these entities is there too.
    """
    querier = Querier(store, base)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges = list(_edges(querier, base))
    nodes = {end for subject, end, _, _ in edges for end in (subject, end)}
    if reference:
        nodes, above = _with_parents(store, base, nodes)
        edges += above
    labels, kinds = _labels(querier, base), _kinds(querier, base)
    for path in sorted(nodes):
        network.add_node(path, label=labels.get(path, path), kind=kinds.get(path, ""))
    for subject, target, key, attributes in sorted(edges, key=lambda edge: edge[:3]):
        network.add_edge(subject, target, key=key, **attributes)
    return network


def write_graphml(network: "nx.MultiDiGraph[str]", path: Path) -> None:
    """Write the network as GraphML; characters that XML cannot hold become U+FFFD."""
    clean: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(network.nodes):
        clean.add_node(node, **_clean(network.nodes[node]))
    for subject, target, key in sorted(network.edges(keys=True)):
        clean.add_edge(subject, target, key=key)
        clean.edges[subject, target, key].update(_clean(network.edges[subject, target, key]))
    path.write_text("\n".join(nx.generate_graphml(clean)) + "\n", encoding="utf-8", newline="\n")


def _edges(querier: Querier, base: str) -> Iterator[tuple[str, str, str, Attributes]]:
    support = {claim: tuple(map(_text, counts)) for claim, *counts in querier.rows(SUPPORT)}
    qualifiers = _qualifiers(querier.store, base)
    for claim, subject, relation, target, status in dict.fromkeys(querier.rows(CLAIMS)):
        sources, proofs, documents = support.get(claim, ("0", "0", "0"))
        attributes: Attributes = {
            "relation": _local(relation),
            "status": _local(status),
            "support": int(sources),
            "sentences": int(proofs),
            "documents": int(documents),
        }
        yield _path(subject, base), _path(target, base), _path(claim, base), attributes | qualifiers.get(claim, {})


def _qualifiers(store: Store, base: str) -> dict[Node | None, Attributes]:
    """Return the qualifiers and the highest confidence of each claim: one scan a property, where OPTIONALs are slow."""
    found: dict[Node | None, Attributes] = {}
    for name in QUALIFIERS:
        for quad in store.quads_for_pattern(None, term(f"pol:{name}"), None, None):
            found.setdefault(quad.subject, {})[name] = _path(quad.object, base)
    for quad in store.quads_for_pattern(None, term("pol:confidence"), None, None):
        values = found.setdefault(quad.subject, {})
        values["confidence"] = max(float(_text(quad.object)), float(values.get("confidence", 0.0)))
    return found


def _with_parents(store: Store, base: str, nodes: set[str]) -> tuple[set[str], list[tuple[str, str, str, Attributes]]]:
    """Return the nodes with all that they lie in or belong to, and those edges."""
    edges = []
    waiting, done = sorted(nodes), set(nodes)
    graph = resource(GRAPH_REFERENCE, base)
    while waiting:
        path = waiting.pop()
        for quad in store.quads_for_pattern(resource(path, base), None, None, graph):
            relation, target = _local(quad.predicate), _path(quad.object, base)
            if relation in BACKGROUND:
                attributes: Attributes = {"relation": relation, "status": REFERENCE}
                edges.append((path, target, f"reference/{relation}", attributes))
                if target not in done:
                    done.add(target)
                    waiting.append(target)
    return done, edges


def _labels(querier: Querier, base: str) -> dict[str, str]:
    rows = querier.rows("SELECT ?entity (MIN(?l) AS ?label) { ?entity a pol:Entity ; rdfs:label ?l } GROUP BY ?entity")
    return {_path(entity, base): _text(label) for entity, label in rows}


def _kinds(querier: Querier, base: str) -> dict[str, str]:
    """Return each entity's most special class: the one below all its other classes."""
    query = """SELECT ?entity (MIN(?class) AS ?kind) WHERE {
      ?entity a pol:Entity , ?class . FILTER(STRSTARTS(STR(?class), STR(pol:)))
      FILTER NOT EXISTS { ?entity a ?below . ?below rdfs:subClassOf ?class . FILTER(?below != ?class) }
    } GROUP BY ?entity"""
    return {_path(entity, base): _local(kind) for entity, kind in querier.rows(query)}


def _clean(data: Attributes) -> Attributes:
    return {
        name: NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value for name, value in sorted(data.items())
    }


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else ""


def _path(node: Node | None, base: str) -> str:
    return _text(node).removeprefix(base)


def _local(node: Node | None) -> str:
    return _text(node).removeprefix(ONTOLOGY_BASE)
