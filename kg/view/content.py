"""Reader of a graph into the records of the page: entities, documents, facts with their evidence, quotations.

An RDF graph that follows the graph contract goes in, `Content` leaves. Must not lay out, fold or decide what is
shown. What is missing (a label, a date, a document's title) is left out, never guessed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.ids import ONTOLOGY_BASE
from kg.view.statements import Graph, Pairs, Term, read_pairs
from kg.view.vocabulary import Vocabulary

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
SCHEMA = ("https://schema.org/", "http://schema.org/")
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"

IDENTIFIERS = ("uscCitation", "executiveOrderNumber", "fips", "geonamesId", "assistanceListing")
QUALIFIERS = (
    "title", "former", "amount", "bound", "fiscalYear", "date", "datePrecision", "deadline", "program", "court",
)  # fmt: skip

Mark = tuple[int, int, str]
"""Offsets into a sentence, and the IRI of the entity that the words mean."""


@dataclass(frozen=True, slots=True)
class SeenEntity:
    """An entity: most specific class (local name), labels, identifiers, coordinates, documents that mention it."""

    iri: str
    kind: str
    label: str
    alt_labels: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    point: tuple[float, float] | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A document's description; empty text where the graph does not say. `original` is the IRI of what it reprints."""

    iri: str
    identifier: str
    title: str
    publisher: str
    date: str
    url: str
    original: str = ""

    @property
    def source(self) -> str:
        """Return the IRI of the story that it prints: a reprint is no source of its own."""
        return self.original or self.iri


@dataclass(frozen=True, slots=True)
class SeenEvidence:
    """A sentence that states a fact, the words in it that name its two ends, and how it was read."""

    document: str
    sentence: str
    start: int
    end: int
    marks: tuple[Mark, ...]
    attributed_to: str
    rule: str
    confidence: str


@dataclass(frozen=True, slots=True)
class SeenFact:
    """A claim with its qualifiers (sorted pairs; values as text, IRIs for entities) and its evidence."""

    iri: str
    subject: str
    relation: str
    object: str
    status: str
    qualifiers: tuple[tuple[str, str], ...]
    evidence: tuple[SeenEvidence, ...]


@dataclass(frozen=True, slots=True)
class SeenQuotation:
    """Words quoted directly and who said them (an IRI, or empty)."""

    document: str
    start: int
    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that the page may show. `background` are facts of the reference data: they have no claim."""

    entities: dict[str, SeenEntity]
    documents: dict[str, SeenDocument]
    facts: tuple[SeenFact, ...]
    background: tuple[tuple[str, str, str], ...]
    quotations: tuple[SeenQuotation, ...]

    def sources(self, fact: SeenFact) -> set[str]:
        """Return the independent sources that state a fact: its documents, a reprint counted with its original."""
        found = {item.document for item in fact.evidence if item.document}
        return {self.documents[iri].source if iri in self.documents else iri for iri in found}


def read_content(graph: Graph, vocabulary: Vocabulary) -> Content:
    """Read what the page may show from a graph that follows the graph contract."""
    pairs = read_pairs(graph)
    types = _types(pairs)
    mentions = _mentions(pairs)
    entities = _entities(pairs, types, mentions, vocabulary)
    documents = _documents(pairs, types)
    facts = tuple(_facts(pairs, entities, vocabulary, _evidence(pairs, mentions)))
    stated = {(fact.subject, fact.relation, fact.object) for fact in facts}
    background = tuple(
        sorted(
            (subject, name, thing.text)
            for name in vocabulary.relations
            for subject, thing in pairs(ONTOLOGY_BASE + name)
            if subject in entities and thing.text in entities and (subject, name, thing.text) not in stated
        )
    )
    return Content(entities, documents, facts, background, tuple(_quotations(pairs)))


def _first(pairs: Pairs, predicate: str) -> dict[str, str]:
    """Return one value for each subject: the first in sorted order."""
    found: dict[str, str] = {}
    for subject, thing in pairs(predicate):
        found.setdefault(subject, thing.text)
    return found


def _first_of(pairs: Pairs, *predicates: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for predicate in reversed(predicates):
        found.update(_first(pairs, predicate))
    return found


def _iris(pairs: Pairs, predicate: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for subject, thing in pairs(predicate):
        if thing.is_iri:
            found.setdefault(subject, thing.text)
    return found


def _all(pairs: Pairs, predicate: str) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = defaultdict(list)
    for subject, thing in pairs(predicate):
        found[subject].append(thing)
    return found


def _types(pairs: Pairs) -> dict[str, set[str]]:
    """Return the local names of the classes of ours that each resource has."""
    types: dict[str, set[str]] = defaultdict(set)
    for subject, thing in pairs(RDF + "type"):
        if thing.is_iri and thing.text.startswith(ONTOLOGY_BASE):
            types[subject].add(thing.text.removeprefix(ONTOLOGY_BASE))
    return types


@dataclass(frozen=True, slots=True)
class _Place:
    entity: str
    start: int
    end: int
    words: str


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else -1


def _mentions(pairs: Pairs) -> dict[str, list[_Place]]:
    """Return the mentions in each document, in the order of the text."""
    refers, documents = _iris(pairs, ONTOLOGY_BASE + "refersTo"), _iris(pairs, ONTOLOGY_BASE + "inDocument")
    words = _first(pairs, OA + "exact")
    starts, ends = _first(pairs, ONTOLOGY_BASE + "start"), _first(pairs, ONTOLOGY_BASE + "end")
    found: dict[str, list[_Place]] = defaultdict(list)
    for mention, entity in refers.items():
        if mention in documents:
            place = _Place(entity, _number(starts.get(mention)), _number(ends.get(mention)), words.get(mention, ""))
            found[documents[mention]].append(place)
    for places in found.values():
        places.sort(key=lambda place: (place.start, place.end, place.entity))
    return found


def _entities(
    pairs: Pairs, types: dict[str, set[str]], mentions: dict[str, list[_Place]], vocabulary: Vocabulary
) -> dict[str, SeenEntity]:
    labels = _first_of(pairs, SKOS + "prefLabel", RDFS + "label")
    alternatives = _all(pairs, SKOS + "altLabel")
    identifiers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in IDENTIFIERS:
        for subject, thing in pairs(ONTOLOGY_BASE + name):
            identifiers[subject].append((name, thing.text))
    points = _points(pairs)
    seen_in: dict[str, set[str]] = defaultdict(set)
    for document, places in mentions.items():
        for place in places:
            seen_in[place.entity].add(document)
    entities = {}
    for iri in sorted(types):
        known = [name for name in types[iri] if name in vocabulary.kinds]
        if not known:
            continue
        kind = max(known, key=lambda name: (vocabulary.depth(name), name))
        label = labels.get(iri) or iri.rsplit("/", 1)[-1]
        entities[iri] = SeenEntity(
            iri,
            kind,
            label,
            tuple(term.text for term in alternatives.get(iri, ()) if term.text != label),
            tuple(identifiers.get(iri, ())),
            points.get(iri),
            tuple(sorted(seen_in.get(iri, ()))),
        )
    return entities


def _points(pairs: Pairs) -> dict[str, tuple[float, float]]:
    """Return latitude and longitude where both are numbers on the globe."""
    latitudes, longitudes = _first(pairs, GEO + "lat"), _first(pairs, GEO + "long")
    points = {}
    for iri in latitudes.keys() & longitudes.keys():
        try:
            point = float(latitudes[iri]), float(longitudes[iri])
        except ValueError:
            continue
        if abs(point[0]) <= 90 and abs(point[1]) <= 180:
            points[iri] = point
    return points


def _documents(pairs: Pairs, types: dict[str, set[str]]) -> dict[str, SeenDocument]:
    names = _first(pairs, DCTERMS + "identifier")
    titles = _first_of(pairs, *(base + "headline" for base in SCHEMA), DCTERMS + "title")
    publishers = _first_of(pairs, *(base + "publisher" for base in SCHEMA), DCTERMS + "publisher")
    dates = _first_of(pairs, *(base + "datePublished" for base in SCHEMA), DCTERMS + "issued")
    urls = _first_of(pairs, *(base + "url" for base in SCHEMA))
    originals = _iris(pairs, ONTOLOGY_BASE + "reprintOf")
    labels = _first_of(pairs, *(base + "name" for base in SCHEMA), RDFS + "label", SKOS + "prefLabel")
    documents = {}
    for iri in sorted(types):
        if "Document" in types[iri]:
            publisher = publishers.get(iri, "")
            documents[iri] = SeenDocument(
                iri,
                names.get(iri, iri.rsplit("/", 1)[-1]),
                titles.get(iri, ""),
                labels.get(publisher, publisher),
                dates.get(iri, ""),
                urls.get(iri, ""),
                originals.get(iri, ""),
            )
    return documents


_Bare = tuple[SeenEvidence, list[_Place]]


def _evidence(pairs: Pairs, mentions: dict[str, list[_Place]]) -> dict[str, _Bare]:
    """Return each evidence with the mentions inside its sentence; which of them to mark depends on the fact."""
    documents, sentences = _iris(pairs, ONTOLOGY_BASE + "inDocument"), _first(pairs, OA + "exact")
    starts, ends = _first(pairs, ONTOLOGY_BASE + "start"), _first(pairs, ONTOLOGY_BASE + "end")
    speakers = _iris(pairs, ONTOLOGY_BASE + "attributedTo")
    rules = _first(pairs, PROV + "wasGeneratedBy")
    rule_names = _first(pairs, RDFS + "label")
    confidences = _first(pairs, ONTOLOGY_BASE + "confidence")
    found = {}
    for iri in {thing.text for _, thing in pairs(PROV + "wasDerivedFrom") if thing.is_iri}:
        document, sentence = documents.get(iri, ""), sentences.get(iri, "")
        start, end = _number(starts.get(iri)), _number(ends.get(iri))
        inside = [place for place in mentions.get(document, ()) if start <= place.start and place.end <= end]
        rule = rules.get(iri, "")
        bare = SeenEvidence(
            document, sentence, start, end, (), speakers.get(iri, ""), rule_names.get(rule, rule),
            confidences.get(iri, ""),
        )  # fmt: skip
        found[iri] = bare, inside
    return found


def _marked(bare: _Bare, ends: tuple[str, str]) -> SeenEvidence:
    evidence, inside = bare
    marks: list[Mark] = []
    for place in inside:
        start, end = place.start - evidence.start, place.end - evidence.start
        printed = evidence.sentence[start:end]
        if place.entity in ends and printed and printed == place.words and (not marks or start >= marks[-1][1]):
            marks.append((start, end, place.entity))
    return SeenEvidence(
        evidence.document, evidence.sentence, evidence.start, evidence.end, tuple(marks), evidence.attributed_to,
        evidence.rule, evidence.confidence,
    )  # fmt: skip


def _facts(
    pairs: Pairs, entities: dict[str, SeenEntity], vocabulary: Vocabulary, evidence: dict[str, _Bare]
) -> Iterator[SeenFact]:
    subjects, predicates = _iris(pairs, RDF + "subject"), _iris(pairs, RDF + "predicate")
    objects, statuses = _iris(pairs, RDF + "object"), _iris(pairs, ONTOLOGY_BASE + "status")
    derived = _all(pairs, PROV + "wasDerivedFrom")
    qualifiers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in QUALIFIERS:
        for claim, thing in pairs(ONTOLOGY_BASE + name):
            qualifiers[claim].append((name, thing.text))
    for claim in sorted(subjects):
        subject, object_ = subjects[claim], objects.get(claim, "")
        relation = predicates.get(claim, "").removeprefix(ONTOLOGY_BASE)
        if subject not in entities or object_ not in entities or relation not in vocabulary.relations:
            continue
        found = [_marked(evidence[term.text], (subject, object_)) for term in derived[claim] if term.text in evidence]
        found.sort(key=lambda item: (item.document, item.start, item.sentence))
        status = statuses.get(claim, ONTOLOGY_BASE + "Asserted").removeprefix(ONTOLOGY_BASE)
        yield SeenFact(claim, subject, relation, object_, status, tuple(qualifiers.get(claim, ())), tuple(found))


def _quotations(pairs: Pairs) -> Iterator[SeenQuotation]:
    documents, speakers = _iris(pairs, ONTOLOGY_BASE + "inDocument"), _iris(pairs, ONTOLOGY_BASE + "speaker")
    starts = _first(pairs, ONTOLOGY_BASE + "start")
    for iri, text in sorted(_first(pairs, ONTOLOGY_BASE + "text").items()):
        yield SeenQuotation(documents.get(iri, ""), _number(starts.get(iri)), text, speakers.get(iri, ""))
