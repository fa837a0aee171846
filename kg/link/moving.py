"""One entity of a document under another path: a linked document and a move in, the same with the new path out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.records import Argument, Candidate, Claim, Link, LinkedDocument

APART = "kept apart from a namesake"
"""The first reason of a candidate whom the corpus ruled out."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a document called `old` is `new`, for a reason; `rivals` are the other paths, scores and reasons.

    `score` replaces that of its links. `local` says that the new path stays in the document.
    """

    old: str
    new: str
    why: str
    score: float | None = None
    rivals: tuple[tuple[str, float, str], ...] = ()
    local: bool = False


def move(document: LinkedDocument, moves: Iterable[Move]) -> LinkedDocument:
    """Apply moves to everything that a document says."""
    for one in moves:
        document = _move(document, one)
    return document


def _move(document: LinkedDocument, one: Move) -> LinkedDocument:
    renamed = {one.old: one.new}
    rivals = tuple(Candidate(path, score, (APART, why)) for path, score, why in one.rivals if path != one.new)
    return replace(
        document,
        links=tuple(_link(link, one, rivals) if link.entity == one.old else link for link in document.links),
        entities=tuple(
            replace(entity, id=one.new, local=one.local) if entity.id == one.old else entity
            for entity in document.entities
        ),
        claims=rename_claims(document.claims, renamed),
        quotations=tuple(
            replace(quotation, speaker=kept(quotation.speaker, renamed)) for quotation in document.quotations
        ),
    )


def _link(link: Link, one: Move, rivals: tuple[Candidate, ...]) -> Link:
    score = link.score if one.score is None else min(link.score, one.score)
    return replace(
        link, entity=one.new, score=score, reasons=(*link.reasons, one.why), candidates=(*link.candidates, *rivals)
    )


def rename_claims(claims: Iterable[Claim], renamed: dict[str, str]) -> tuple[Claim, ...]:
    """Return claims with new paths for subjects, objects and those whom evidence is attributed to."""
    return tuple(
        replace(
            claim,
            subject=renamed.get(claim.subject, claim.subject),
            object=renamed.get(claim.object, claim.object),
            evidence=replace(claim.evidence, attributed_to=kept(claim.evidence.attributed_to, renamed)),
        )
        for claim in claims
    )


def kept(argument: Argument | None, renamed: dict[str, str]) -> Argument | None:
    """Return the path that takes another's place; spans and what nothing replaces stay."""
    return renamed.get(argument, argument) if isinstance(argument, str) else argument
