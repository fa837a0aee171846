"""How every mention was decided, kept beside the graph: linked documents in, lines of `links.jsonl` out, and back.

A line is one entity in one document (or all that stayed unresolved there, with `entity` null), with the printed forms
that mean it: how often, with what score, for which reasons, and who else was weighed. Sorted, the same bytes for the
same input. Nothing is decided here, and offsets are left to the graph.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import OutputError
from kg.link.names import clean
from kg.link.reconcile import JOINED
from kg.records import Candidate, Link, LinkedDocument, MentionKind

LINKS = "links.jsonl"
"""The file's name in the output folder."""

UNSURE = 0.65
"""Below this score a decision is doubtful, whoever else was weighed."""
MARGIN = 0.25
"""A decision is doubtful where somebody else came as near as this."""
FAINT = 0.01
"""A candidate with less is not kept, nor the one that was chosen: its score and reasons are the form's."""
SENTENCE = 320
"""Characters kept of a sentence, the mention in the middle."""

_SHORT = ("Mr", "Ms", "Mrs", "Dr", "Jr", "St", "Sen", "Rep", "Gov", "Lt", "Gen", "No", "[A-Z]")
"""Words with a period that end no sentence."""
_END = re.compile(
    r"(?<=[.!?])" + "".join(rf"(?<!\b{word}\.)" for word in _SHORT) + r"[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n+"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form with one decision; `sentence` stands where the first one is doubtful, or opens the entity."""

    text: str
    type: str
    named: bool
    mentions: int
    score: float
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    sentence: str = ""

    @property
    def runners_up(self) -> tuple[Candidate, ...]:
        """Return who else was weighed, the best first; not the paths that were joined into the chosen one."""
        return tuple(one for one in self.candidates if one.reasons[:1] != (JOINED,))

    def doubtful(self, entity: str | None) -> bool:
        """Tell whether a person should look at the decision that this means `entity`."""
        if entity is None:
            return bool(self.runners_up)
        return self.score < UNSURE or any(one.score >= self.score - MARGIN for one in self.runners_up)


@dataclass(frozen=True, slots=True)
class Decided:
    """One entity in one document, or None for what stayed unresolved; `claims` counts those that speak of it."""

    document: str
    entity: str | None
    type: str
    label: str
    local: bool
    claims: int
    forms: tuple[Form, ...]

    @property
    def mentions(self) -> int:
        """Return how often the document mentions it."""
        return sum(form.mentions for form in self.forms)


def link_lines(linked: LinkedDocument) -> list[str]:
    """Return the lines of one document, each with its line end."""
    entities = {entity.id: entity for entity in linked.entities}
    claims: Counter[str | None] = Counter()
    for claim in linked.claims:
        claims.update({claim.subject, claim.object})
    by_entity: dict[str, list[Link]] = {}
    for link in linked.links:
        by_entity.setdefault(link.entity or "", []).append(link)
    lines = []
    for path in sorted(by_entity):
        entity = entities.get(path)
        line: dict[str, Any] = {"document": linked.document.id, "entity": path or None}
        if entity is not None:
            line |= {"type": entity.type, "label": entity.label, "local": entity.local, "claims": claims[path]}
        line["forms"] = [_form_json(form) for form in _forms(linked.document.text, path or None, by_entity[path])]
        lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return lines


def read_links(output: Path) -> Iterator[Decided]:
    """Read the lines of an output folder.

    Raises OutputError where there is no such file, or a line in it is not one that a build writes.
    """
    path = output / LINKS
    try:
        file = path.open(encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError("how mentions were decided is not kept here", place=str(path), hint="Build again") from error
    with file:
        for number, line in enumerate(file, 1):
            try:
                yield _decided(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise OutputError("this line is damaged", place=f"{path}:{number}", hint="Build again") from error


def _forms(text: str, entity: str | None, links: Iterable[Link]) -> list[Form]:
    """Group the mentions of one entity by printed form and decision, in the order of the text."""
    groups: dict[tuple[Any, ...], list[Link]] = {}
    for link in sorted(links, key=lambda link: link.mention.span):
        mention = link.mention
        kept = tuple(one for one in link.candidates if one.entity and one.entity != entity and one.score >= FAINT)
        key = (clean(mention.text), mention.type, mention.kind, link.score, link.reasons, kept)
        groups.setdefault(key, []).append(link)
    forms = []
    for n, ((printed, type_name, kind, score, reasons, candidates), group) in enumerate(groups.items()):
        named = kind is MentionKind.NAME
        form = Form(printed, type_name, named, len(group), score, reasons, candidates)
        if named and (n == 0 or form.doubtful(entity)):
            span = group[0].mention.span
            sentence = sentence_around(text, span.start, span.end)
            form = Form(printed, type_name, named, len(group), score, reasons, candidates, sentence)
        forms.append(form)
    return forms


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that holds some characters, on one line; of a long one the part around them.

    >>> sentence_around("It rained. Mayor Lee spoke. It stopped.", 11, 20)
    'Mayor Lee spoke.'
    """
    low, high = max(0, start - SENTENCE), min(len(text), end + SENTENCE)
    cuts = [(match.start(), match.end()) for match in _END.finditer(text, low, high)]
    first = max((after for _, after in cuts if after <= start), default=low)
    last = min((before for before, _ in cuts if before >= end), default=high)
    if last - first > SENTENCE:
        room = max(0, SENTENCE - (end - start)) // 2
        first, last = max(first, start - room), min(last, end + room)
    return " ".join(text[first:last].split())


def _form_json(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = {"text": form.text, "type": form.type, "mentions": form.mentions, "score": form.score}
    if not form.named:
        found["named"] = False
    if form.reasons:
        found["reasons"] = form.reasons
    if form.candidates:
        found["candidates"] = [
            {"entity": one.entity, "score": one.score, "reasons": one.reasons} for one in form.candidates
        ]
    if form.sentence:
        found["sentence"] = form.sentence
    return found


def _decided(line: dict[str, Any]) -> Decided:
    forms = tuple(
        Form(
            form["text"],
            form["type"],
            form.get("named", True),
            form["mentions"],
            form["score"],
            tuple(form.get("reasons", ())),
            tuple(Candidate(one["entity"], one["score"], tuple(one["reasons"])) for one in form.get("candidates", ())),
            form.get("sentence", ""),
        )
        for form in line["forms"]
    )
    return Decided(
        line["document"],
        line["entity"],
        line.get("type", ""),
        line.get("label", ""),
        line.get("local", False),
        line.get("claims", 0),
        forms,
    )
