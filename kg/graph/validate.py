"""What a document says against the ontology and the shapes: what fails is taken out, with its reason.

In goes a `LinkedDocument`, out comes the part of it that conforms and the rejections. A claim whose subject or object
does not fit its relation, words that do not stand where the offsets say, and whatever violates a shape are rejected;
nothing is repaired, and nothing vanishes silently.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Triple

from kg.errors import DocumentError
from kg.graph.encode import Encoder, claim_path, evidence_path
from kg.graph.shapes import Finding, Shapes
from kg.graph.terms import hashed
from kg.ids import ONTOLOGY_BASE
from kg.ontology import Ontology
from kg.records import Claim, Entity, Link, LinkedDocument, Quotation

ROUNDS = 5
"""How often a document is checked anew after something was taken out of it, before it fails as a whole."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """What was taken out of a document: "claim", "mention", "quotation" or "entity", in words, and why.

    `claim` is the record of a rejected claim, which the quarantine graph keeps.
    """

    document: str
    kind: str
    what: str
    reason: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A document after validation: what remains of it, its triples, and what was taken out."""

    linked: LinkedDocument
    triples: frozenset[Triple]
    rejections: tuple[Rejection, ...]


def check_document(
    linked: LinkedDocument, encoder: Encoder, shapes: Shapes, confidence: Mapping[str, float] | None = None
) -> Checked:
    """Validate a document. Raises DocumentError where the document itself violates a shape."""
    rejections: list[Rejection] = []
    linked = _reject(linked, dict(_misfits(linked, encoder.ontology)), rejections)
    for _ in range(ROUNDS):
        triples = encoder.encode_document(linked, confidence)
        findings = [finding for finding in shapes.check(triples) if not finding.warning]
        if not findings:
            return Checked(linked, frozenset(triples), tuple(rejections))
        linked = _reject(linked, dict(_violations(linked, encoder, findings)), rejections)
    raise _hopeless(linked, findings)


Reasons = Mapping[Claim | Link | Quotation | Entity, str]
"""What is to be taken out of a document, and why."""


def _misfits(linked: LinkedDocument, ontology: Ontology) -> Iterator[tuple[Claim | Link | Quotation, str]]:
    """Yield what the shapes cannot see: the types of denied claims, and words against offsets."""
    types = {entity.id: entity.type for entity in linked.entities}
    text = linked.document.text
    for claim in linked.claims:
        missing = [path for path in _named(claim) if path not in types]
        if missing:
            yield claim, f"The document describes no entity {missing[0]}."
        elif claim.relation not in ontology.relations:
            yield claim, f"The ontology has no relation {claim.relation!r}."
        elif not ontology.allows(claim.relation, types[claim.subject], types[claim.object]):
            relation = ontology.relations[claim.relation]
            yield (
                claim,
                f"pol:{claim.relation} goes from {' or '.join(relation.domain)} to {' or '.join(relation.range)}, "
                f"not from {types[claim.subject]} to {types[claim.object]}.",
            )
        elif claim.evidence.span.of(text) != claim.evidence.sentence:
            yield claim, "The sentence does not stand at its offsets in the document."
    for link in linked.links:
        if link.mention.span.of(text) != link.mention.text:
            yield link, "The words do not stand at their offsets in the document."
    for quotation in linked.quotations:
        if not 0 <= quotation.span.start < quotation.span.end <= len(text):
            yield quotation, "The offsets lie outside the document."


def _violations(
    linked: LinkedDocument, encoder: Encoder, findings: list[Finding]
) -> Iterator[tuple[Claim | Link | Quotation | Entity, str]]:
    """Yield the records that the findings are about."""
    reasons: dict[str, str] = {}
    for finding in findings:
        words = finding.message + (f" Found: {finding.value}." if finding.value else "")
        reasons[finding.node.removeprefix(encoder.base)] = words
    if reasons.keys() & {encoder.document_graph(linked.document).value.removeprefix(encoder.base)}:
        raise _hopeless(linked, findings)
    for claim in linked.claims:
        for path in (claim_path(claim), evidence_path(claim)):
            if path in reasons:
                yield claim, reasons[path]
    for link in linked.links:
        span = link.mention.span
        path = hashed("mention", linked.document.id, span.start, span.end, link.entity)
        if path in reasons:
            yield link, reasons[path]
    for quotation in linked.quotations:
        if encoder.quotation_path(quotation) in reasons:
            yield quotation, reasons[encoder.quotation_path(quotation)]
    for entity in linked.entities:
        if entity.id in reasons:
            yield entity, reasons[entity.id]


def _reject(linked: LinkedDocument, reasons: Reasons, rejections: list[Rejection]) -> LinkedDocument:
    """Take records out, and with an entity all that names it."""
    if not reasons:
        return linked
    entities = {record.id: reason for record, reason in reasons.items() if isinstance(record, Entity)}

    def why(record: Claim | Link | Quotation, named: list[str]) -> str | None:
        return reasons.get(record) or next((entities[path] for path in named if path in entities), None)

    def kept(record: Claim | Link | Quotation, kind: str, what: str, named: list[str]) -> bool:
        reason = why(record, named)
        if reason is not None:
            claim = record if isinstance(record, Claim) else None
            rejections.append(Rejection(linked.document.id, kind, what, reason, claim))
        return reason is None

    rejections.extend(
        Rejection(linked.document.id, "entity", path, reason) for path, reason in sorted(entities.items())
    )
    return replace(
        linked,
        claims=tuple(c for c in linked.claims if kept(c, "claim", f"{c.subject} {c.relation} {c.object}", _named(c))),
        links=tuple(k for k in linked.links if kept(k, "mention", k.mention.text, [k.entity] if k.entity else [])),
        quotations=tuple(
            q
            for q in linked.quotations
            if kept(q, "quotation", q.text, [q.speaker] if isinstance(q.speaker, str) else [])
        ),
        entities=tuple(entity for entity in linked.entities if entity.id not in entities),
    )


def _named(claim: Claim) -> list[str]:
    """Return the paths of the entities that a claim names."""
    paths = [
        claim.subject,
        claim.object,
        claim.qualifiers.program,
        claim.qualifiers.court,
        claim.evidence.attributed_to,
    ]
    return [path for path in paths if isinstance(path, str)]


def _hopeless(linked: LinkedDocument, findings: list[Finding]) -> DocumentError:
    first = findings[0]
    return DocumentError(
        f"the document violates the shapes: {first.message} ({first.node.removeprefix(ONTOLOGY_BASE)})",
        place=linked.document.place,
        value=first.value or None,
        hint="Mend its metadata, or the shapes in ontology/shapes.ttl",
    )
