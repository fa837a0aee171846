"""A linked document as RDF triples, exactly as the graph contract says; and the background graphs.

In go `LinkedDocument`s, entities of the reference data and the ontology; out come sets of `pyoxigraph.Triple` without a
blank node. Nothing is decided here: what is said twice is written once, and nothing that a record holds is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import DocumentError
from kg.graph import terms
from kg.graph.terms import RDF_TYPE, RDFS_LABEL, hashed, resource, term
from kg.ids import RESOURCE_BASE
from kg.ontology import Ontology
from kg.records import (
    Claim,
    Document,
    Entity,
    Evidence,
    Link,
    LinkedDocument,
    Precision,
    Qualifiers,
    Quotation,
    Status,
)

PERSON, OFFICIAL, HOLDS_POST = "Person", "Official", "holdsPost"
PRIVATE_EMPLOYER = "Organization"
"""Whoever works there holds no public office."""

Values = Iterator[tuple[NamedNode, NamedNode | Literal]]
"""Predicates and objects of one subject."""


def claim_path(claim: Claim) -> str:
    """Return the path of a claim: the same for the same fact, whichever document states it."""
    return hashed("claim", *claim_content(claim))


def claim_content(claim: Claim) -> tuple[Any, ...]:
    """Return what makes a claim that claim: subject, relation, object, qualifiers and status."""
    qualifiers = [[node.value, value.value] for node, value in encode_qualifiers(claim.qualifiers)]
    return claim.subject, claim.relation, claim.object, sorted(qualifiers), claim.status.value


def evidence_path(claim: Claim) -> str:
    """Return the path of a claim's piece of evidence: what is claimed, in which document, between which offsets."""
    span = claim.evidence.span
    return hashed("evidence", claim_path(claim), claim.evidence.document, span.start, span.end)


def corpus_confidence(documents: Iterable[LinkedDocument]) -> dict[str, float]:
    """Return how sure the best piece of evidence of each claim is, over all documents, by the claim's path.

    A claim has one confidence, whichever of its documents it is read from; each piece of evidence keeps its own.
    """
    best: dict[str, float] = {}
    for linked in documents:
        for claim in linked.claims:
            path = claim_path(claim)
            best[path] = max(best.get(path, 0.0), claim.evidence.confidence)
    return best


class Encoder:
    """Turns records into triples; `base` is the IRI that resource paths are appended to."""

    def __init__(self, ontology: Ontology, base: str = RESOURCE_BASE):
        self.ontology, self.base = ontology, base
        self._types: dict[str, tuple[NamedNode, ...]] = {}

    def iri(self, path: str) -> NamedNode:
        """Return the IRI of a path."""
        return resource(path, self.base)

    def document_graph(self, document: Document) -> NamedNode:
        """Return the name of a document's graph, which is the document's IRI."""
        return self.iri(terms.document_path(document.id))

    def encode_document(self, linked: LinkedDocument, confidence: Mapping[str, float] | None = None) -> set[Triple]:
        """Return all that one document says.

        `confidence` gives each claim's over the corpus (see `corpus_confidence`); without it, the document's own
        evidence settles it. Raises DocumentError where a text holds what RDF cannot (a lone surrogate).
        """
        best = confidence if confidence is not None else corpus_confidence([linked])
        try:
            return set(self._triples(linked, best))
        except (ValueError, UnicodeError) as error:
            raise DocumentError(
                f"the document cannot be written as RDF: {error}",
                place=linked.document.place,
                hint="Its text or its metadata holds characters that no file of text can hold",
            ) from error

    def encode_entity(self, entity: Entity) -> Iterator[Triple]:
        """Yield the entity's classes, labels and identifiers."""
        subject = self.iri(entity.id)
        for node in self.types(entity.type):
            yield Triple(subject, RDF_TYPE, node)
        label = terms.text(entity.label)
        yield Triple(subject, RDFS_LABEL, label)
        yield Triple(subject, term("skos:prefLabel"), label)
        for name in entity.alt_labels:
            if name and name != entity.label:
                yield Triple(subject, term("skos:altLabel"), terms.text(name))
        for name, value in entity.identifiers:
            yield Triple(subject, *_identifier(name, value))

    def types(self, name: str) -> tuple[NamedNode, ...]:
        """Return a class with its superclasses up to the root, those of other vocabularies too."""
        if name not in self._types:
            classes = [name, *self.ontology.ancestors(name)]
            outside = {iri for found in classes for iri in self.ontology.classes[found].external}
            self._types[name] = (*(term(f"pol:{found}") for found in classes), *map(NamedNode, sorted(outside)))
        return self._types[name]

    def encode_claim(self, claim: Claim, confidence: float, kind: str = "pol:Claim") -> Iterator[Triple]:
        """Yield the claim and its piece of evidence, without the direct triple."""
        subject, proof = self.iri(claim_path(claim)), self.iri(evidence_path(claim))
        yield Triple(subject, RDF_TYPE, term(kind))
        yield Triple(subject, RDF_TYPE, term("rdf:Statement"))
        yield Triple(subject, term("rdf:subject"), self.iri(claim.subject))
        yield Triple(subject, term("rdf:predicate"), term(f"pol:{claim.relation}"))
        yield Triple(subject, term("rdf:object"), self.iri(claim.object))
        for predicate, value in encode_qualifiers(claim.qualifiers, self.base):
            yield Triple(subject, predicate, value)
        yield Triple(subject, term("pol:status"), term(f"pol:{claim.status.value}"))
        yield Triple(subject, term("pol:confidence"), terms.share(confidence))
        yield Triple(subject, term("prov:wasDerivedFrom"), proof)
        yield from self._evidence(proof, claim.evidence)

    def direct(self, claim: Claim) -> Triple:
        """Return the direct triple of a fact."""
        return Triple(self.iri(claim.subject), term(f"pol:{claim.relation}"), self.iri(claim.object))

    def encode_rejection(self, claim: Claim, reason: str) -> Iterator[Triple]:
        """Yield what the quarantine graph keeps of a claim that was refused."""
        yield from self.encode_claim(claim, claim.evidence.confidence, kind="pol:RejectedClaim")
        yield Triple(self.iri(claim_path(claim)), term("pol:rejectionReason"), terms.text(reason))

    def encode_reference(self, entities: Iterable[Entity], find: Callable[[str], Entity | None]) -> set[Triple]:
        """Return what the reference data says of these entities and of all that they lie in or belong to.

        A fact that the ontology does not allow (a party that is part of a movement) has no place in the graph.
        `find` returns the entity of a path, or None where the reference data has none.
        """
        triples: set[Triple] = set()
        waiting = {entity.id: entity for entity in entities if not entity.local}
        done: set[str] = set()
        while waiting:
            path, mentioned = waiting.popitem()
            done.add(path)
            known = find(path)
            if known is None and not mentioned.facts:
                continue
            entity = replace(known, label=mentioned.label, type=mentioned.type) if known else mentioned
            triples.update(self.encode_entity(entity))
            for relation, target in entity.facts:
                above = find(target)
                if above is None or not self.ontology.allows(relation, entity.type, above.type):
                    continue
                triples.add(Triple(self.iri(path), term(f"pol:{relation}"), self.iri(target)))
                if target not in done:
                    waiting[target] = above
        return triples

    def _triples(self, linked: LinkedDocument, confidence: Mapping[str, float]) -> Iterator[Triple]:
        yield from self._document(linked.document)
        for entity in linked.entities:
            yield from self.encode_entity(entity)
        for link in linked.links:
            yield from self._mention(linked.document, link)
        for claim in self.best_evidence(linked.claims):
            yield from self.encode_claim(claim, confidence[claim_path(claim)])
            if claim.status is Status.ASSERTED:
                yield self.direct(claim)
        for path in officials(linked):
            for node in self.types(OFFICIAL):
                yield Triple(self.iri(path), RDF_TYPE, node)
        for quotation in linked.quotations:
            yield from self._quotation(quotation)

    @staticmethod
    def best_evidence(claims: Iterable[Claim]) -> list[Claim]:
        """Return one claim for each piece of evidence: where two rules read the same, the surer one."""
        best: dict[str, Claim] = {}
        for claim in claims:
            path = evidence_path(claim)
            if path not in best or _rank(claim.evidence) < _rank(best[path].evidence):
                best[path] = claim
        return list(best.values())

    def _document(self, document: Document) -> Iterator[Triple]:
        subject = self.document_graph(document)
        yield Triple(subject, RDF_TYPE, term("pol:Document"))
        yield Triple(subject, RDF_TYPE, term("schema:NewsArticle"))
        yield Triple(subject, term("dcterms:identifier"), terms.text(document.id))
        for name, text in (
            ("schema:headline", document.title),
            ("schema:publisher", document.publisher),
            ("schema:author", document.author),
        ):
            if text:
                yield Triple(subject, term(name), terms.text(text))
        if document.url:
            yield Triple(subject, term("schema:url"), terms.address(document.url))
        if document.published:
            yield Triple(subject, term("schema:datePublished"), terms.date(document.published))
        if document.reprint_of:
            yield Triple(subject, term("pol:reprintOf"), self.iri(terms.document_path(document.reprint_of)))

    def _mention(self, document: Document, link: Link) -> Iterator[Triple]:
        if link.entity is None:
            return
        span, words = link.mention.span, link.mention.text
        subject = self.iri(hashed("mention", document.id, span.start, span.end, link.entity))
        yield Triple(subject, RDF_TYPE, term("pol:Mention"))
        yield Triple(subject, term("pol:refersTo"), self.iri(link.entity))
        yield from self._passage(subject, document.id, span.start, span.end)
        yield Triple(subject, term("oa:exact"), terms.text(words))
        if link.decision:
            yield Triple(subject, term("pol:decision"), terms.text(link.decision))

    def _passage(self, subject: NamedNode, document: str, start: int, end: int) -> Iterator[Triple]:
        yield Triple(subject, term("pol:inDocument"), self.iri(terms.document_path(document)))
        yield Triple(subject, term("pol:start"), terms.integer(start))
        yield Triple(subject, term("pol:end"), terms.integer(end))

    def _evidence(self, subject: NamedNode, evidence: Evidence) -> Iterator[Triple]:
        yield Triple(subject, RDF_TYPE, term("pol:Evidence"))
        yield from self._passage(subject, evidence.document, evidence.span.start, evidence.span.end)
        yield Triple(subject, term("oa:exact"), terms.text(evidence.sentence))
        yield Triple(subject, term("pol:confidence"), terms.share(evidence.confidence))
        if isinstance(evidence.attributed_to, str):
            yield Triple(subject, term("pol:attributedTo"), self.iri(evidence.attributed_to))
        rule = self.iri(terms.rule_path(evidence.rule, evidence.version))
        yield Triple(subject, term("prov:wasGeneratedBy"), rule)
        yield Triple(rule, RDF_TYPE, term("pol:Rule"))
        yield Triple(rule, RDF_TYPE, term("prov:Activity"))
        yield Triple(rule, RDFS_LABEL, terms.text(evidence.rule))
        yield Triple(rule, term("pol:version"), terms.text(evidence.version))

    @staticmethod
    def quotation_path(quotation: Quotation) -> str:
        """Return the path of a quotation: what was said, by whom, between which offsets of which document."""
        span, speaker = quotation.span, quotation.speaker
        return hashed(
            "quotation", quotation.document, span.start, span.end, quotation.text, speaker, quotation.described
        )

    def _quotation(self, quotation: Quotation) -> Iterator[Triple]:
        span, speaker = quotation.span, quotation.speaker
        subject = self.iri(self.quotation_path(quotation))
        yield Triple(subject, RDF_TYPE, term("pol:Quotation"))
        yield from self._passage(subject, quotation.document, span.start, span.end)
        yield Triple(subject, term("pol:text"), terms.text(quotation.text))
        if isinstance(speaker, str):
            yield Triple(subject, term("pol:speaker"), self.iri(speaker))
        elif quotation.described:
            yield Triple(subject, term("pol:describedAs"), terms.text(quotation.described))


def officials(linked: LinkedDocument) -> set[str]:
    """Return the people whom the document says hold, or held, a public office."""
    types = {entity.id: entity.type for entity in linked.entities}
    return {
        claim.subject
        for claim in linked.claims
        if claim.relation == HOLDS_POST
        and claim.status is Status.ASSERTED
        and types.get(claim.subject) in {PERSON, OFFICIAL}
        and types.get(claim.object) not in {PRIVATE_EMPLOYER, None}
    }


def encode_qualifiers(qualifiers: Qualifiers, base: str = RESOURCE_BASE) -> Values:
    """Yield the qualifiers of a claim as predicates and objects; the precision of a date only where it is not the day."""
    if qualifiers.title:
        yield term("pol:title"), terms.text(qualifiers.title)
    if qualifiers.former is not None:
        yield term("pol:former"), terms.boolean(qualifiers.former)
    if qualifiers.amount is not None:
        yield term("pol:amount"), terms.decimal(qualifiers.amount)
    if qualifiers.fiscal_year is not None:
        yield term("pol:fiscalYear"), terms.year(qualifiers.fiscal_year)
    if qualifiers.bound:
        yield term("pol:bound"), terms.text(qualifiers.bound)
    if qualifiers.date is not None:
        yield term("pol:date"), terms.date(qualifiers.date)
        if qualifiers.date_precision not in {None, Precision.DAY}:
            yield term("pol:datePrecision"), terms.text(str(qualifiers.date_precision))
    if qualifiers.deadline is not None:
        yield term("pol:deadline"), terms.date(qualifiers.deadline)
    for name, path in (("program", qualifiers.program), ("court", qualifiers.court)):
        if isinstance(path, str):
            yield term(f"pol:{name}"), resource(path, base)


def _identifier(name: str, value: str) -> tuple[NamedNode, NamedNode | Literal]:
    """Return an identifier's property and value: a place's position is in degrees, and the same thing elsewhere an IRI."""
    if name == "sameAs":
        return term("owl:sameAs"), NamedNode(value)
    if name in {"lat", "long"}:
        return term(f"geo:{name}"), terms.decimal(Decimal(value))
    return term(f"pol:{name}"), terms.text(value)


def _rank(evidence: Evidence) -> tuple[float, str, str, str]:
    return -evidence.confidence, evidence.rule, evidence.version, str(evidence.attributed_to)
