"""The entities and claims of a store as plain rows, which the tables and property graphs are written from.

In go a `Querier`, out come frozen records, sorted. Nothing is written here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.graph.network import QUALIFIERS
from kg.graph.query import Querier
from kg.graph.terms import Node
from kg.ids import ONTOLOGY_BASE

IDENTIFIERS = ("uscCitation", "executiveOrderNumber", "fips", "geonamesId", "assistanceListing")


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity: path, most special class, all classes of ours, label, other names, identifiers, place on the map."""

    id: str
    kind: str
    kinds: tuple[str, ...]
    label: str
    alt_labels: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim: paths of both ends, relation, status, confidence, qualifiers, and the evidence's paths."""

    id: str
    subject: str
    relation: str
    object: str
    status: str
    confidence: float
    qualifiers: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A sentence: the document's path, headline, publisher, date and address; offsets, words, who is said to say it.

    `source` is the path of the story: the document's own, or that of the original which it reprints.
    """

    id: str
    document: str
    title: str
    publisher: str
    published: str
    url: str
    start: int
    end: int
    sentence: str
    attributed_to: str
    source: str


def read_entities(querier: Querier) -> list[EntityRow]:
    """Return all entities, sorted by path."""
    above = {
        _local(child): _local(parent)
        for child, parent in querier.rows("SELECT ?c ?p { ?c rdfs:subClassOf ?p . ?c a owl:Class }")
    }
    kinds: dict[str, set[str]] = defaultdict(set)
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entity, predicate, node in querier.rows("SELECT DISTINCT ?e ?p ?o { ?e a pol:Entity ; ?p ?o }"):
        path, name = _path(entity, querier), text(predicate).replace("#", "/").rpartition("/")[2]
        if name == "type" and text(node).startswith(ONTOLOGY_BASE):
            kinds[path].add(_local(node))
        elif isinstance(node, Literal):
            values[path][name].add(node.value)
    return [_entity(path, kinds[path], values[path], above) for path in sorted(kinds)]


def read_claims(querier: Querier) -> list[ClaimRow]:
    """Return all claims, sorted by path."""
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    proofs: dict[str, list[str]] = defaultdict(list)
    for claim, predicate, node in querier.rows("SELECT DISTINCT ?c ?p ?o { ?c a pol:Claim ; ?p ?o } ORDER BY ?c ?p ?o"):
        path, name = _path(claim, querier), text(predicate).replace("#", "/").rpartition("/")[2]
        if name == "wasDerivedFrom":
            proofs[path].append(_path(node, querier))
        elif name != "type":
            parts[path][name] = _path(node, querier)
    return [_claim(path, parts[path], proofs[path]) for path in sorted(parts)]


def read_evidence(querier: Querier) -> Iterator[EvidenceRow]:
    """Yield all pieces of evidence, sorted by path."""
    documents: dict[str, dict[str, str]] = defaultdict(dict)
    for document, predicate, node in querier.rows(
        "SELECT DISTINCT ?d ?p ?o { ?d a pol:Document ; ?p ?o } ORDER BY ?d ?p ?o"
    ):
        documents[text(document)].setdefault(text(predicate).replace("#", "/").rpartition("/")[2], text(node))
    for proof, document, start, end, words, speaker in querier.rows(
        """SELECT DISTINCT ?e ?d ?start ?end ?words ?by { ?e a pol:Evidence ; pol:inDocument ?d ; pol:start ?start ;
        pol:end ?end ; oa:exact ?words OPTIONAL { ?e pol:attributedTo ?by } } ORDER BY ?e"""
    ):
        about = documents[text(document)]
        yield EvidenceRow(
            id=_path(proof, querier),
            document=_path(document, querier),
            title=about.get("headline") or about.get("identifier", ""),
            publisher=about.get("publisher", ""),
            published=about.get("datePublished", ""),
            url=about.get("url", ""),
            start=int(text(start)),
            end=int(text(end)),
            sentence=text(words),
            attributed_to=_path(speaker, querier),
            source=about["reprintOf"].removeprefix(querier.prefixes["id"])
            if "reprintOf" in about
            else _path(document, querier),
        )


def _entity(path: str, kinds: set[str], values: dict[str, set[str]], above: dict[str, str]) -> EntityRow:
    def depth(name: str) -> int:
        return 1 + depth(above[name]) if name in above and above[name] != name else 0

    label = min(values["label"], default=path)
    latitude, longitude = _number(values["lat"]), _number(values["long"])
    return EntityRow(
        id=path,
        kind=max(sorted(kinds), key=depth),
        kinds=tuple(sorted(kinds)),
        label=label,
        alt_labels=tuple(sorted(values["altLabel"] - {label})),
        identifiers=tuple((name, value) for name in IDENTIFIERS for value in sorted(values.get(name, ()))),
        latitude=latitude if longitude is not None else None,
        longitude=longitude if latitude is not None else None,
    )


def _claim(path: str, parts: dict[str, str], proofs: list[str]) -> ClaimRow:
    return ClaimRow(
        id=path,
        subject=parts["subject"],
        relation=parts["predicate"].removeprefix(ONTOLOGY_BASE),
        object=parts["object"],
        status=parts["status"].removeprefix(ONTOLOGY_BASE),
        confidence=float(parts["confidence"]),
        qualifiers=tuple((name, parts[name]) for name in QUALIFIERS if name in parts),
        evidence=tuple(sorted(proofs)),
    )


def text(node: Node | None) -> str:
    """Return the words of a literal or an IRI, "" for what is missing."""
    return node.value if isinstance(node, NamedNode | Literal) else ""


def _path(node: Node | None, querier: Querier) -> str:
    return text(node).removeprefix(querier.prefixes["id"])


def _local(node: Node | None) -> str:
    return text(node).removeprefix(ONTOLOGY_BASE)


def _number(values: set[str]) -> float | None:
    return float(min(values)) if values else None
