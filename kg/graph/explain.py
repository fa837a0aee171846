"""Facts about an entity, or between two, with the sentences that state them.

In go a store and names as people write them, out come plain records. A name that fits nobody, or several, is an error
that lists who is near.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx
from pyoxigraph import Literal, NamedNode
from rapidfuzz import process

from kg.errors import InputError
from kg.graph.network import QUALIFIERS, read_network
from kg.graph.query import Querier
from kg.graph.terms import FORBIDDEN_IN_IRI, Node
from kg.ids import ONTOLOGY_BASE

SHOWN = 8
"""How many names an error lists."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that states a fact, and where it stands; what is not known is ""."""

    document: str
    headline: str
    published: str
    publisher: str
    sentence: str
    attributed_to: str
    rule: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim in words: paths and labels of both ends, the relation's local name and label, status, qualifiers."""

    subject: str
    subject_label: str
    relation: str
    relation_label: str
    object: str
    object_label: str
    status: str
    confidence: float
    qualifiers: tuple[tuple[str, str], ...]
    evidence: tuple[Proof, ...]


class Explainer:
    """Answers who does what to whom, from one store."""

    def __init__(self, querier: Querier, base: str):
        self.querier, self.base = querier, base

    def find(self, name: str) -> str:
        """Return the path of the entity of a name, a path or an IRI.

        The canonical name goes before other names, the exact spelling before another case. Raises InputError where
        nobody, or more than one, has that name.
        """
        path = name.strip("<>").removeprefix(self.base)
        if "/" in path and not FORBIDDEN_IN_IRI.search(path):
            rows = self.querier.rows(f"SELECT ?kind {{ <{self.base}{path}> a ?kind FILTER(?kind = pol:Entity) }}")
            if any(True for _ in rows):
                return path
        by_name: dict[str, set[str]] = {}
        for rank, labels in enumerate(("rdfs:label", "skos:altLabel")):
            found: dict[str, set[str]] = {}
            for entity, label in self.querier.rows(f"SELECT ?e ?l {{ ?e a pol:Entity ; {labels} ?l }}"):
                found.setdefault(_text(label).casefold(), set()).add(self._path(entity))
            if name.casefold() in found:
                return self._only(name, found[name.casefold()])
            by_name = found if rank == 0 else by_name | found
        near = [
            match for match, _, _ in process.extract(name.casefold(), sorted(by_name), limit=SHOWN, score_cutoff=60)
        ]
        raise InputError(
            "nobody and nothing here has this name",
            value=name,
            hint="Near are " + "; ".join(self._named(path) for match in near for path in sorted(by_name[match]))
            if near
            else "Look for it with kg query",
        )

    def facts(self, entity: str) -> list[Fact]:
        """Return the facts in which an entity is the subject or the object."""
        return self._facts(
            f"{{ ?claim rdf:subject {self._iri(entity)} }} UNION {{ ?claim rdf:object {self._iri(entity)} }}"
        )

    def between(self, first: str, second: str) -> list[Fact]:
        """Return the facts that link two entities directly, in either direction."""
        one, other = self._iri(first), self._iri(second)
        return self._facts(
            f"{{ ?claim rdf:subject {one} ; rdf:object {other} }} UNION {{ ?claim rdf:subject {other} ; rdf:object {one} }}"
        )

    def chain(self, first: str, second: str) -> list[str]:
        """Return the shortest chain of entities from one to the other over asserted facts; empty where there is none.

        Of several of the same length it is the one whose paths sort first.
        """
        network = read_network(self.querier.store, self.base)
        simple: nx.Graph[str] = nx.Graph()
        simple.add_edges_from(
            (subject, target)
            for subject, target, key in network.edges(keys=True)
            if network.edges[subject, target, key]["status"] in {"Asserted", "Reference"}
        )
        if first not in simple or second not in simple or not nx.has_path(simple, first, second):
            return []
        return min(nx.all_shortest_paths(simple, first, second))

    def label(self, entity: str) -> str:
        """Return an entity's name."""
        rows = self.querier.rows(f"SELECT (MIN(?l) AS ?label) {{ {self._iri(entity)} rdfs:label ?l }}")
        return next((_text(label) for (label,) in rows if label is not None), entity)

    def _facts(self, which: str) -> list[Fact]:
        query = f"""
        SELECT DISTINCT ?claim ?subject ?relation ?object ?status ?confidence {" ".join(f"?{q}" for q in QUALIFIERS)}
        WHERE {{ {which}
          ?claim a pol:Claim ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
                 pol:status ?status ; pol:confidence ?confidence .
          {" ".join(f"OPTIONAL {{ ?claim pol:{q} ?{q} }}" for q in QUALIFIERS)} }}
        ORDER BY ?relation ?subject ?object ?claim"""
        return [self._fact(row) for row in self.querier.rows(query)]

    def _fact(self, row: tuple[Node | None, ...]) -> Fact:
        claim, subject, relation, target, status, confidence, *values = row
        qualifiers = tuple(
            (name, self.label(self._path(value)) if isinstance(value, NamedNode) else _text(value))
            for name, value in zip(QUALIFIERS, values, strict=True)
            if value is not None
        )
        start, end = self._path(subject), self._path(target)
        name = _text(relation).removeprefix(ONTOLOGY_BASE)
        return Fact(
            subject=start,
            subject_label=self.label(start),
            relation=name,
            relation_label=self._relation_label(relation) or name,
            object=end,
            object_label=self.label(end),
            status=_text(status).removeprefix(ONTOLOGY_BASE),
            confidence=float(_text(confidence)),
            qualifiers=qualifiers,
            evidence=tuple(self._proofs(str(claim))),
        )

    def _proofs(self, claim: str) -> Iterator[Proof]:
        query = f"""
        SELECT ?document ?headline ?published ?publisher ?sentence ?speaker ?rule WHERE {{
          {claim} prov:wasDerivedFrom ?proof .
          ?proof pol:inDocument ?in ; oa:exact ?sentence ; pol:start ?start .
          ?in dcterms:identifier ?document .
          OPTIONAL {{ ?in schema:headline ?headline }} OPTIONAL {{ ?in schema:datePublished ?published }}
          OPTIONAL {{ ?in schema:publisher ?publisher }}
          OPTIONAL {{ ?proof pol:attributedTo/rdfs:label ?speaker }}
          OPTIONAL {{ ?proof prov:wasGeneratedBy/rdfs:label ?rule }}
        }} ORDER BY ?published ?document ?start ?rule"""
        for row in dict.fromkeys(self.querier.rows(query)):
            yield Proof(*map(_text, row))

    def _relation_label(self, relation: Node | None) -> str:
        rows = self.querier.rows(f"SELECT ?l {{ {relation} rdfs:label ?l }} ORDER BY ?l LIMIT 1")
        return next((_text(label) for (label,) in rows), "")

    def _only(self, name: str, paths: Iterable[str]) -> str:
        found = sorted(paths)
        if len(found) > 1:
            raise InputError(
                "several have this name",
                value=name,
                hint="Give the path: " + "; ".join(map(self._named, found[:SHOWN])),
            )
        return found[0]

    def _named(self, path: str) -> str:
        return f"{self.label(path)} ({path})"

    def _iri(self, path: str) -> str:
        return f"<{self.base}{path}>"

    def _path(self, node: Node | None) -> str:
        return _text(node).removeprefix(self.base)


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else ""
