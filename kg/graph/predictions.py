"""What a store predicts, indexed as an evaluation needs it: entities mentioned in a document, its claims, quotations.

In goes a store, out come plain sets; names are folded (case, punctuation, accents, a leading article).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph.terms import RDF_TYPE, term
from kg.ids import ONTOLOGY_BASE

ENTITY_TYPES = frozenset(
    {"Person", "Jurisdiction", "Agency", "Court", "Organization", "Law", "FundingProgram", "Publication"}
)
LEVELS = frozenset({"Country", "State", "County", "Municipality"})
NAMES = tuple(
    map(term, ("rdfs:label", "skos:prefLabel", "skos:altLabel", "foaf:name", "schema:name"))
)  # fmt: skip
NOT_STATED = {term("pol:Negated"), term("pol:Hypothetical")}


def fold(text: object) -> str:
    """Fold a name for comparison: ASCII, lower case, no punctuation, no possessive, no leading article.

    >>> fold("The City’s “Válid” U.S. plan")
    'citys valid u s plan'
    """
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9$%]+", " ", plain.replace("'s ", " ")).strip()
    return re.sub(r"^(the|a|an) ", "", plain).strip()


def tokens(text: str) -> list[str]:
    """Return the words of a folded text."""
    return fold(text).split()


@dataclass(frozen=True, slots=True)
class PredictedClaim:
    """A claim that is neither denied nor hypothetical."""

    node: NamedNode
    subject: object
    relation: str
    object: object


@dataclass(frozen=True, slots=True)
class PredictedQuotation:
    """A quotation with its speakers, of whom there should be one at most."""

    node: NamedNode
    speakers: tuple[object, ...]
    text: str


class Predictions:
    """Reads a store, all named graphs together."""

    def __init__(self, store: Store):
        self._store = store
        self._labels: dict[NamedNode, frozenset[str]] = {}
        self._classes: dict[NamedNode, frozenset[str]] = {}

    def documents(self, identifier: str) -> list[NamedNode]:
        """Return the documents with an identifier."""
        return self._subjects("dcterms:identifier", Literal(identifier))

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[object]:
        """Return the objects of a subject and a predicate, each once, sorted."""
        found: Iterable[Quad] = self._store.quads_for_pattern(subject, predicate, None, None)
        return sorted({quad.object for quad in found}, key=str)

    def nodes(self, subject: NamedNode, name: str) -> list[object]:
        """Return the objects of a property of the ontology."""
        return self.objects(subject, term(f"pol:{name}"))

    def texts(self, subject: NamedNode, name: str) -> set[str]:
        """Return the objects of a property of the ontology as text."""
        return {_text(node) for node in self.nodes(subject, name)}

    def labels(self, entity: NamedNode) -> frozenset[str]:
        """Return an entity's names, folded."""
        if entity not in self._labels:
            found = {fold(_text(name)) for predicate in NAMES for name in self.objects(entity, predicate)}
            self._labels[entity] = frozenset(found - {""})
        return self._labels[entity]

    def classes(self, entity: NamedNode) -> frozenset[str]:
        """Return the local names of an entity's classes in the ontology."""
        if entity not in self._classes:
            names = map(_text, self.objects(entity, RDF_TYPE))
            self._classes[entity] = frozenset(
                name.removeprefix(ONTOLOGY_BASE) for name in names if name.startswith(ONTOLOGY_BASE)
            ) - {"Entity"}
        return self._classes[entity]

    def states(self, entity: NamedNode) -> set[str]:
        """Return the folded names of the states among what an entity lies in, itself included."""
        found: set[str] = set()
        waiting, done = [entity], {entity}
        while waiting:
            place = waiting.pop()
            if "State" in self.classes(place):
                found |= self.labels(place)
            for above in self.nodes(place, "within"):
                if isinstance(above, NamedNode) and above not in done:
                    done.add(above)
                    waiting.append(above)
        return found

    def mentioned(self, documents: Iterable[NamedNode]) -> set[NamedNode]:
        """Return the entities that some documents mention."""
        return {
            entity
            for passage in self._passages(documents, "pol:Mention")
            for entity in self.nodes(passage, "refersTo")
            if isinstance(entity, NamedNode)
        }

    def claims(self, documents: Iterable[NamedNode]) -> list[PredictedClaim]:
        """Return the claims with evidence from some documents, sorted."""
        found = []
        derived = term("prov:wasDerivedFrom")
        passages = [passage for document in documents for passage in self._subjects("pol:inDocument", document)]
        for claim in sorted({c for p in passages for c in self._subjects(derived, p)}, key=str):
            if not self._is(claim, "pol:Claim") or NOT_STATED & set(self.nodes(claim, "status")):
                continue
            parts = (self.objects(claim, term(f"rdf:{part}")) for part in ("subject", "predicate", "object"))
            subject, relation, target = (next(iter(part), None) for part in parts)
            if subject is not None and _text(relation).startswith(ONTOLOGY_BASE):
                name = _text(relation).removeprefix(ONTOLOGY_BASE)
                found.append(PredictedClaim(claim, subject, name, target))
        return found

    def quotations(self, documents: Iterable[NamedNode]) -> list[PredictedQuotation]:
        """Return the quotations of some documents, sorted."""
        return [
            PredictedQuotation(
                passage, tuple(self.nodes(passage, "speaker")), " ".join(sorted(self.texts(passage, "text")))
            )
            for passage in self._passages(documents, "pol:Quotation")
        ]

    def show(self, node: object) -> str:
        """Return a name of an entity, for people."""
        names = sorted(self.labels(node)) if isinstance(node, NamedNode) else []
        return names[0] if names else _text(node)

    def _passages(self, documents: Iterable[NamedNode], kind: str) -> list[NamedNode]:
        found = {passage for document in documents for passage in self._subjects("pol:inDocument", document)}
        return sorted((passage for passage in found if self._is(passage, kind)), key=str)

    def _is(self, node: NamedNode, kind: str) -> bool:
        return any(True for _ in self._store.quads_for_pattern(node, RDF_TYPE, term(kind), None))

    def _subjects(self, predicate: str | NamedNode, value: NamedNode | Literal) -> list[NamedNode]:
        name = term(predicate) if isinstance(predicate, str) else predicate
        found = self._store.quads_for_pattern(None, name, value, None)
        return sorted({quad.subject for quad in found if isinstance(quad.subject, NamedNode)}, key=str)


def _text(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else ""
