"""Doubtful merges and splits as questions to a person: what `links.jsonl` knows in, rows of a CSV out.

The first columns are those of `seeds/reference/decisions.csv`, so that an answered row can be moved there. The most
influential question comes first: the one whose answer would move the most claims and mentions. Nothing is changed here.
"""

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from kg.link.decisions import COLUMNS, Decisions
from kg.link.families import PERSON, family
from kg.link.ledger import Decided, Form
from kg.link.moving import APART
from kg.link.names import clean
from kg.link.namesakes import Known, namesakes, pairs, people_called
from kg.link.reconcile import JOINED
from kg.records import Candidate

REVIEW_COLUMNS = (
    *COLUMNS,
    "suggested",
    "question",
    "claims",
    "mentions",
    "score",
    "candidates",
    "reasons",
    "sentence",
)
"""Those of the decisions, left open but for `a`, `b` and `document`; then what a person needs to answer."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question: `suggested` is the decision that would change what the build did, about `a` and `b`.

    `b` is empty where nobody else came near. `claims` and `mentions` count what the answer would move.
    """

    suggested: str
    a: str
    b: str
    document: str
    question: str
    claims: int
    mentions: int
    score: float | None
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """One entity over the corpus."""

    type: str
    label: str
    local: bool
    claims: int = 0
    mentions: int = 0
    sentence: str = ""
    documents: set[str] = field(default_factory=set)


def review(links: Iterable[Decided], decisions: Decisions, fixed: Collection[str] = frozenset()) -> list[Doubt]:
    """Return the questions, the most influential first; what a person decided already is not asked again.

    `fixed` are the paths of the reference tables: two of them are two.
    """
    decided = list(links)
    seen = _seen(decided)
    known = [Known(path, one.type, one.label, len(one.documents)) for path, one in seen.items() if not one.local]
    doubts = [
        *_mentions(decided, known, decisions),
        *_joined(decided, seen, decisions),
        *_apart(known, seen, decisions, fixed, _ruled_out(decided)),
    ]
    return sorted(doubts, key=lambda one: (-one.claims - one.mentions, one.suggested, one.a, one.b, one.document))


def write_review(doubts: Iterable[Doubt], file: TextIO) -> None:
    """Write questions as CSV."""
    writer = csv.DictWriter(file, REVIEW_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for doubt in doubts:
        writer.writerow(
            {
                "a": doubt.a,
                "b": doubt.b,
                "document": doubt.document,
                "suggested": doubt.suggested,
                "question": doubt.question,
                "claims": doubt.claims,
                "mentions": doubt.mentions,
                "score": "" if doubt.score is None else f"{doubt.score:.2f}",
                "candidates": " | ".join(map(in_words, doubt.candidates)),
                "reasons": " · ".join(doubt.reasons),
                "sentence": " | ".join(doubt.sentences),
            }
        )


def in_words(candidate: Candidate) -> str:
    """Write a candidate on one line: path, score, reasons."""
    reasons = f": {', '.join(candidate.reasons)}" if candidate.reasons else ""
    return f"{candidate.entity} {candidate.score:.2f}{reasons}"


def _seen(decided: Iterable[Decided]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for one in decided:
        if one.entity is None:
            continue
        found = seen.setdefault(one.entity, _Seen(one.type, one.label, one.local))
        found.claims += one.claims
        found.mentions += one.mentions
        found.documents.add(one.document)
        found.sentence = found.sentence or next((form.sentence for form in one.forms if form.sentence), "")
    return dict(sorted(seen.items()))


def _mentions(decided: Iterable[Decided], known: list[Known], decisions: Decisions) -> Iterator[Doubt]:
    """Ask what a printed name means: unresolved ones that somebody fits, narrow decisions, people known locally only."""
    called = people_called(known)
    for one in decided:
        for printed, forms in _by_text(one.forms).items():
            if decisions.mention(printed, one.document) is not None:
                continue
            form = min(forms, key=lambda form: form.score)
            others = _others(one, form, called)
            unsettled = one.entity is None or one.local
            if not (others if unsettled else form.doubtful(one.entity)):
                continue
            yield Doubt(
                "is",
                printed,
                others[0].entity if others else "",
                one.document,
                _question(one, printed, others),
                one.claims,
                sum(form.mentions for form in forms),
                form.score,
                others,
                form.reasons,
                (form.sentence,) if form.sentence else (),
            )


def _by_text(forms: Iterable[Form]) -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for form in forms:
        if form.named:
            found.setdefault(clean(form.text), []).append(form)
    return found


def _others(one: Decided, form: Form, called: dict[str, list[Known]]) -> tuple[Candidate, ...]:
    """Return whom a form may mean instead, the best first; a surname that stayed open is looked for in the corpus."""
    others = form.runners_up
    if others or (one.entity is not None and not one.local) or family(form.type) != PERSON:
        return tuple(sorted(others, key=lambda candidate: (-candidate.score, candidate.entity)))
    reason = "bears that surname in {} of the other documents"
    return tuple(
        Candidate(person.path, 0.0, (reason.format(person.documents),)) for person in namesakes(form.text, called)
    )


def _question(one: Decided, printed: str, others: tuple[Candidate, ...]) -> str:
    fitting = " or ".join(candidate.entity for candidate in others)
    if one.entity is None:
        return f"{printed!r} was left open: is it {fitting}?"
    if one.local:
        return f"{printed!r} is known in this document only: is it {fitting}?"
    if others:
        return f"{printed!r} was taken for {one.entity}: is it rather {fitting}?"
    return f"{printed!r} was taken for {one.entity}, on little evidence: is it somebody else?"


def _joined(decided: Iterable[Decided], seen: dict[str, _Seen], decisions: Decisions) -> Iterator[Doubt]:
    """Ask whether people who were joined over the corpus are different."""
    mentions: Counter[tuple[str, str]] = Counter()
    claims: Counter[tuple[str, str]] = Counter()
    sentences: dict[tuple[str, str], str] = {}
    for one in decided:
        if one.entity is None:
            continue
        before = {path: form for form in one.forms for path in _before(form)}
        for path, form in before.items():
            pair = path, one.entity
            mentions[pair] += sum(other.mentions for other in one.forms if path in _before(other))
            claims[pair] += one.claims
            sentences.setdefault(pair, form.sentence)
    for (path, kept), count in mentions.items():
        if decisions.same(path) is None:
            yield Doubt(
                "different",
                path,
                kept,
                "",
                f"{path} was joined with {kept} ({seen[kept].label}): are they two people?",
                claims[path, kept],
                count,
                None,
                (),
                ("one person over the corpus",),
                tuple(filter(None, (sentences[path, kept], seen[kept].sentence))),
            )


def _before(form: Form) -> set[str]:
    return {one.entity for one in form.candidates if one.reasons[:1] == (JOINED,)}


def _ruled_out(decided: Iterable[Decided]) -> dict[frozenset[str], str]:
    """Return why namesakes were kept apart over the corpus, by their two paths."""
    return {
        frozenset((one.entity, candidate.entity)): candidate.reasons[-1]
        for one in decided
        if one.entity is not None and not one.local
        for form in one.forms
        for candidate in form.candidates
        if candidate.reasons[:1] == (APART,)
    }


def _apart(
    known: list[Known],
    seen: dict[str, _Seen],
    decisions: Decisions,
    fixed: Collection[str],
    ruled_out: dict[frozenset[str], str],
) -> Iterator[Doubt]:
    """Ask whether entities of all but one name, which were kept apart, are the same."""
    for one, other, reason in pairs(known):
        if decisions.different(one, other) or (one in fixed and other in fixed):
            continue
        rank = {path: (seen[path].claims + seen[path].mentions, path) for path in (one, other)}
        moved, kept = sorted((one, other), key=lambda path: rank[path])
        yield Doubt(
            "same",
            moved,
            kept,
            "",
            f"{moved} ({seen[moved].label}) was kept apart from {kept} ({seen[kept].label}): are they the same?",
            seen[moved].claims,
            seen[moved].mentions,
            None,
            (),
            tuple(filter(None, (reason, ruled_out.get(frozenset((one, other)))))),
            tuple(filter(None, (seen[moved].sentence, seen[kept].sentence))),
        )
