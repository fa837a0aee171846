"""What a new build adds, drops and changes against an older one: by entity, by fact, by document, and quad by quad.

In go two output folders, out come plain records and text: for people, as JSON, as RDF Patch. Both are only read. The
quads of the older graph are held in memory as lines, about 200 bytes each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import OutputError
from kg.graph.query import Querier
from kg.graph.store import open_store
from kg.graph.terms import GRAPH_QUARANTINE, Node, resource
from kg.ids import ONTOLOGY_BASE, RESOURCE_BASE, content_hash

QUADS = "graph.nq"
ADDED, DROPPED, CHANGED = "added", "dropped", "changed"
DESCRIBING = frozenset({"label", "prefLabel", "altLabel", "type", "sameAs", "lat", "long"})
"""Local names of the properties that describe an entity; those of the ontology that are no relation come with them."""
DERIVED = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
CLAIM_PARTS = ("rdf:subject", "rdf:predicate", "rdf:object", "pol:status")

Values = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
"""Property, values before, values after; sorted."""


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity that was added, dropped, or described otherwise."""

    how: str
    path: str
    label: str
    values: Values = ()


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that was added or dropped, or whose status, qualifiers or evidence changed.

    `sentences` are those that only the one graph has, each with "+" or "-".
    """

    how: str
    subject: str
    relation: str
    object: str
    values: Values = ()
    sentences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two graphs. `added` and `dropped` are N-Quads lines, sorted."""

    entities: tuple[EntityChange, ...]
    facts: tuple[FactChange, ...]
    documents: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped)


def compare(before: Path, after: Path, base: str = RESOURCE_BASE) -> Difference:
    """Compare the graphs in two output folders. Raises OutputError where one holds no graph."""
    dropped = set(_lines(before))
    added = set()
    for line in _lines(after):
        if line in dropped:
            dropped.remove(line)
        else:
            added.add(line)
    old, new = Querier(open_store(before), base), Querier(open_store(after), base)
    changes = _Changes(old, new, _quads(dropped, base), _quads(added, base), base)
    return Difference(
        tuple(changes.entities()),
        tuple(changes.facts()),
        changes.documents(),
        tuple(sorted(added)),
        tuple(sorted(dropped)),
    )


def write_patch(difference: Difference) -> Iterator[str]:
    """Yield the lines of an RDF Patch (https://afs.github.io/rdf-patch/) that turns the older graph into the newer."""
    yield f"H id <urn:kg:patch:{content_hash(difference.dropped, difference.added)}> ."
    yield "TX ."
    yield from (f"D {line}" for line in difference.dropped)
    yield from (f"A {line}" for line in difference.added)
    yield "TC ."


def write_text(difference: Difference) -> Iterator[str]:
    """Yield the difference as lines for people."""
    signs = {ADDED: "+", DROPPED: "-", CHANGED: "~"}
    for title, changes in (
        ("Documents", difference.documents),
        ("Entities", difference.entities),
        ("Facts", difference.facts),
    ):
        if changes:
            yield f"{title}: {len(changes)}"
        for change in changes:
            if isinstance(change, tuple):
                yield f"  {signs[change[0]]} {change[1]}"
            elif isinstance(change, EntityChange):
                yield f"  {signs[change.how]} {change.label} ({change.path})"
            else:
                yield f"  {signs[change.how]} {change.subject} | {change.relation} | {change.object}"
            if not isinstance(change, tuple):
                yield from _values_text(change.values)
            if isinstance(change, FactChange):
                yield from (f"      {sign} “{sentence}”" for sign, sentence in change.sentences)
    yield f"{len(difference.added):,} quads added, {len(difference.dropped):,} dropped"


def _values_text(values: Values) -> Iterator[str]:
    for name, before, after in values:
        yield f"      {name}: {', '.join(before) or '(nothing)'} → {', '.join(after) or '(nothing)'}"


def _lines(output: Path) -> Iterator[str]:
    path = output / QUADS
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line[:-1]
    except OSError as error:
        raise OutputError(
            "there is no graph to compare", place=str(path), hint=f"Build one first: kg build -o {output}"
        ) from error


def _quads(lines: set[str], base: str) -> list[Quad]:
    """Return the quads, without those of the quarantine: what was rejected is no part of the graph."""
    quarantine = resource(GRAPH_QUARANTINE, base)
    quads = parse("\n".join(sorted(lines)), format=RdfFormat.N_QUADS)
    return [quad for quad in quads if quad.graph_name != quarantine]


class _Changes:
    """Sorts the quads of one graph alone by what they are about."""

    def __init__(self, old: Querier, new: Querier, dropped: list[Quad], added: list[Quad], base: str):
        self.sides = ((old, dropped), (new, added))
        self.base = base
        self.labels = [_labels(querier) for querier in (old, new)]
        self.kinds = [_entities(querier) for querier in (old, new)]

    def documents(self) -> tuple[tuple[str, str], ...]:
        """Return the documents that were added, dropped or changed: those whose graphs differ."""
        touched = {_text(quad.graph_name) for _, quads in self.sides for quad in quads}
        found = []
        for iri in sorted(iri for iri in touched if iri.startswith(f"{self.base}document/")):
            here = [querier.store.contains_named_graph(NamedNode(iri)) for querier, _ in self.sides]
            found.append((_how(here), iri.removeprefix(self.base)))
        return tuple(found)

    def entities(self) -> Iterator[EntityChange]:
        """Yield the changes of entities, sorted by path."""
        values: dict[str, dict[str, list[set[str]]]] = defaultdict(lambda: defaultdict(lambda: [set(), set()]))
        for side, (_, quads) in enumerate(self.sides):
            for quad in quads:
                iri, name = _text(quad.subject), _local(quad.predicate)
                describes = name in DESCRIBING or not isinstance(quad.object, NamedNode)
                if describes and any(iri in kinds for kinds in self.kinds):
                    values[iri][name][side].add(_shown(quad.object, self.base))
        for iri in sorted(values):
            how = _how([iri in kinds for kinds in self.kinds])
            label = self.labels[how != DROPPED].get(iri, iri.removeprefix(self.base))
            yield EntityChange(how, iri.removeprefix(self.base), label, _changed(values[iri]) if how == CHANGED else ())

    def facts(self) -> Iterator[FactChange]:
        """Yield the changes of facts, sorted; a claim that was replaced by one between the same two is one change."""
        claims = [self._claims(side) for side in (0, 1)]
        sentences = self._sentences()
        keys = sorted({key for side in claims for key in side})
        for key in keys:
            here = [side.get(key, {}) for side in claims]
            alone = [sorted(set(here[side]) - set(here[1 - side])) for side in (0, 1)]
            said = tuple(sorted({pair for claim in {*here[0], *here[1]} for pair in sentences.get(claim, ())}))
            subject, relation, thing = (self._label(part) for part in key)
            if alone[0] and alone[1]:
                values = _qualified([here[side][claim] for claim in alone[side]] for side in (0, 1))
                yield FactChange(CHANGED, subject, relation, thing, values, said)
            elif alone[0] or alone[1]:
                side = 1 if alone[1] else 0
                other = bool(here[1 - side])
                qualifiers = _qualified([here[s][claim] for claim in alone[s]] for s in (0, 1))
                yield FactChange(
                    CHANGED if other else (DROPPED, ADDED)[side], subject, relation, thing, qualifiers, said
                )
            elif said:
                yield FactChange(CHANGED, subject, relation, thing, (), said)

    def _claims(self, side: int) -> dict[tuple[str, str, str], dict[str, dict[str, str]]]:
        """Return the claims of one graph that a differing quad of either touches, by what they link."""
        touched = sorted(
            {
                _text(quad.subject)
                for _, quads in self.sides
                for quad in quads
                if f"{self.base}claim/" in _text(quad.subject)
            }
        )
        found: dict[tuple[str, str, str], dict[str, dict[str, str]]] = defaultdict(dict)
        parts: dict[str, dict[str, str]] = defaultdict(dict)
        querier = self.sides[side][0]
        for start in range(0, len(touched), 500):
            values = " ".join(f"<{iri}>" for iri in touched[start : start + 500])
            for claim, predicate, node in querier.rows(
                f"SELECT DISTINCT ?c ?p ?o {{ VALUES ?c {{ {values} }} ?c ?p ?o }} ORDER BY ?c ?p ?o"
            ):
                if _local(predicate) not in {"type", "wasDerivedFrom", "confidence"}:
                    parts[_text(claim)][_local(predicate)] = _text(node)
        for path, about in parts.items():
            if {"subject", "predicate", "object"} <= about.keys():
                key = about.pop("subject"), about.pop("predicate"), about.pop("object")
                found[key][path] = {name: self._label(value) for name, value in sorted(about.items())}
        return found

    def _sentences(self) -> dict[str, list[tuple[str, str]]]:
        """Return the sentences that only one graph gives as evidence, by claim."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for sign, (querier, quads) in zip("-+", self.sides, strict=True):
            pairs = {(_text(q.subject), _text(q.object)) for q in quads if q.predicate == DERIVED}
            proofs = sorted({proof for _, proof in pairs})
            words: dict[str, str] = {}
            for start in range(0, len(proofs), 500):
                values = " ".join(f"<{iri}>" for iri in proofs[start : start + 500])
                rows = querier.rows(f"SELECT ?e ?w {{ VALUES ?e {{ {values} }} ?e oa:exact ?w }}")
                words.update((_text(proof), _text(sentence)) for proof, sentence in rows)
            for claim, proof in sorted(pairs):
                found[claim].append((sign, words.get(proof, "")))
        return found

    def _label(self, value: str) -> str:
        known = self.labels[1].get(value) or self.labels[0].get(value)
        return known or value.removeprefix(ONTOLOGY_BASE).removeprefix(self.base)


def _how(here: list[bool]) -> str:
    return CHANGED if all(here) else ADDED if here[1] else DROPPED


def _changed(values: dict[str, list[set[str]]]) -> Values:
    return tuple((name, tuple(sorted(old)), tuple(sorted(new))) for name, (old, new) in sorted(values.items()))


def _qualified(sides: Iterable[list[dict[str, str]]]) -> Values:
    """Return the qualifiers that differ between the claims of the two graphs."""
    before, after = [_set(claims) for claims in sides]
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return tuple((name, tuple(sorted(before.get(name, ()))), tuple(sorted(after.get(name, ())))) for name in names)


def _set(claims: list[dict[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for name, value in claim.items():
            found[name].add(value)
    return found


def _labels(querier: Querier) -> dict[str, str]:
    rows = querier.rows("SELECT ?x (MIN(?l) AS ?label) { ?x rdfs:label ?l } GROUP BY ?x")
    return {_text(node): _text(label) for node, label in rows}


def _entities(querier: Querier) -> set[str]:
    return {_text(node) for (node,) in querier.rows("SELECT DISTINCT ?x { ?x a pol:Entity }")}


def _shown(node: Node | None, base: str) -> str:
    return _text(node).removeprefix(ONTOLOGY_BASE).removeprefix(base)


def _text(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


def _local(node: Node | None) -> str:
    return _text(node).replace("#", "/").rpartition("/")[2]
