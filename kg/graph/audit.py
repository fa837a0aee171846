"""A finished graph against the shapes and the ontology: what `kg validate` checks.

In goes a store, out come problems in words, one named graph after the other. Nothing is changed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store, Triple

from kg.graph.query import Querier
from kg.graph.results import show
from kg.graph.shapes import Shapes
from kg.graph.terms import GRAPH_ONTOLOGY, resource
from kg.ids import ONTOLOGY_BASE
from kg.ontology import Ontology

FITS = """
SELECT ?claim ?relation ?subjectType ?objectType ?graph WHERE {
  GRAPH ?graph { ?claim a pol:Claim ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
                 ?subject a ?subjectType . ?object a ?objectType . }
  FILTER(STRSTARTS(STR(?subjectType), STR(pol:)) && STRSTARTS(STR(?objectType), STR(pol:)))
}"""
LABELS = """
SELECT ?entity (COUNT(DISTINCT ?label) AS ?labels) (SAMPLE(?label) AS ?one) WHERE { ?entity a pol:Entity ; rdfs:label ?label }
GROUP BY ?entity HAVING (COUNT(DISTINCT ?label) > 1) ORDER BY ?entity"""
NO_DIRECT = """
SELECT ?claim WHERE {
  ?claim a pol:Claim ; pol:status pol:Asserted ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
  FILTER NOT EXISTS { ?s ?p ?o }
} ORDER BY ?claim"""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong: in which named graph, with which node, and why; `warning` marks what is odd and not wrong."""

    graph: str
    node: str
    message: str
    warning: bool = False


def audit(
    store: Store, ontology: Ontology, shapes: Shapes, base: str, progress: Callable[[int, int], None] | None = None
) -> Iterator[Problem]:
    """Yield the problems of a store. `progress` is called with the named graphs that are done, and all of them."""
    querier = Querier(store, base)
    names = sorted((n for n in store.named_graphs() if isinstance(n, NamedNode)), key=str)
    yield from _misfits(querier, ontology, base)
    yield from _contradictions(querier, base)
    for done, name in enumerate(names, 1):
        if name != resource(GRAPH_ONTOLOGY, base):
            triples = [
                Triple(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, name)
            ]
            for finding in shapes.check(triples):
                found = f" Found: {finding.value}." if finding.value else ""
                node = finding.node.removeprefix(base)
                yield Problem(show(name, base), node, finding.message + found, finding.warning)
        if progress:
            progress(done, len(names))


def _misfits(querier: Querier, ontology: Ontology, base: str) -> Iterator[Problem]:
    """Yield claims, denied ones too, whose ends do not fit their relation."""
    fits: dict[tuple[str, str, str], bool] = {}
    for claim, relation, subject, target, graph in querier.rows(FITS):
        key = (show(graph, base), show(claim, base), show(relation, base))
        types = (_local(subject), _local(target))
        fits[key] = fits.get(key, False) or ontology.allows(_local(relation), *types)
    for (graph_name, claim_name, relation_name), fit in sorted(fits.items()):
        if not fit:
            yield Problem(graph_name, claim_name, f"The subject or the object does not fit {relation_name}.")


def _contradictions(querier: Querier, base: str) -> Iterator[Problem]:
    """Yield what is wrong only when the named graphs are taken together."""
    for entity, labels, one in querier.rows(LABELS):
        message = f"The documents give {show(labels)} canonical names, one of them {show(one)!r}."
        yield Problem("union", show(entity, base), message)
    for (claim,) in querier.rows(NO_DIRECT):
        yield Problem("union", show(claim, base), "The claim is asserted and has no direct triple.")


def _local(node: object) -> str:
    return node.value.removeprefix(ONTOLOGY_BASE) if isinstance(node, NamedNode) else ""
