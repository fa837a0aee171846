"""Executive orders that are described, not cited: "an executive order Trump signed in January", "the president's order".

What leaves are mentions without key, with hints for linking: who signed it ("signed_by", a surname) and when ("date",
as much of an ISO date as the text gives).
"""

import datetime
import re
from collections.abc import Iterator, Sequence

from kg.extract.dates import find_dates
from kg.extract.passages import Passage
from kg.records import Mention, MentionKind, Precision, Span
from kg.reference import Reference

FOUND_BY = "pattern"
ORDER = re.compile(
    r"\b(?:executive order|Executive Order|EXECUTIVE ORDER|executive action)\b(?!s)(?!\s*(?:No\.?\s*)?\d)"
)
BY_ANOTHER = re.compile(
    r"\b(?:Gov(?:\.|ernor)|Mayor|Mrs?\.|Ms\.|[A-Z][a-z]+) (?P<who>[A-Z][\w’'-]+) (?:(?:has|had|also|then|recently|last \w+|on \w+day) )*"
    r"(?:issued|signed|issues|signs) (?:an?|the|his|her|another|two) (?:[a-z-]+ ){0,2}(?:executive order|Executive Order)"
)
"""Who else issues orders: "Gov. Jane Roe issued an executive order". The name must be that of no president."""
SIGNING = re.compile(r"\bsign(?:ed|s|ing)?\b|\bissued?\b|\bsigned into\b")


class OrderFinder:
    """Finds described executive orders; the reference tables tell who has been president."""

    def __init__(self, reference: Reference):
        self._presidents = {
            reference.entries[holder.person].label.split()[-1]
            for holder in reference.holders
            if holder.title == "President"
            and holder.organization == "jurisdiction/us"
            and holder.person in reference.entries
        }
        self._reference = reference

    def find(self, passage: Passage, known: Sequence[Mention], published: datetime.date | None) -> Iterator[Mention]:
        """Yield the described orders of a passage that no other mention covers."""
        text = passage.text
        owners = "|".join(map(re.escape, sorted(self._presidents)))
        owned = re.compile(rf"(?:\b(?:{owners})|\b[Pp]resident)['’]s (?:[\w“”\"-]+ ){{0,3}}?(?P<it>[Oo]rder)\b(?!s)")
        found = [match.span() for match in ORDER.finditer(text)]
        found += [match.span("it") for match in owned.finditer(text)]
        for start, end in sorted(found):
            span = Span(passage.start + start, passage.start + end)
            if any(span.overlaps(other.span) for other in known):
                continue
            sentence = _sentence_around(passage, start)
            hints = {}
            day = self._date(sentence, published)
            signer = self._signer(sentence, _day_within(day) if day else published)
            if signer:
                hints["signed_by"] = signer
            if day:
                hints["date"] = day
            yield Mention(
                span,
                text[start:end],
                "ExecutiveOrder",
                FOUND_BY,
                MentionKind.NOMINAL,
                hints=tuple(sorted(hints.items())),
            )

    def _signer(self, sentence: str, published: datetime.date | None) -> str | None:
        named = [name for name in sorted(self._presidents) if re.search(rf"\b{re.escape(name)}\b", sentence)]
        if len(named) == 1:
            return named[0]
        another = BY_ANOTHER.search(sentence)
        if another:
            return another["who"]
        if published is None or named:
            return None
        person = self._reference.holder_at("President", "jurisdiction/us", published)
        entry = self._reference.entries.get(person) if person else None
        return entry.label.split()[-1] if entry else None

    @staticmethod
    def _date(sentence: str, published: datetime.date | None) -> str | None:
        if not SIGNING.search(sentence):
            return None
        found = [
            date
            for date in find_dates(sentence, published)
            if date.role is None and (published is None or date.value <= published)
        ]
        if len(found) != 1:
            return None
        iso = found[0].value.isoformat()
        return {Precision.DAY: iso, Precision.MONTH: iso[:7], Precision.YEAR: iso[:4]}[found[0].precision]


def _day_within(iso: str) -> datetime.date:
    """Return a day in the middle of what an ISO date tells: who was president in 2012, or in March 2012."""
    parts = [int(part) for part in iso.split("-")]
    return datetime.date(parts[0], parts[1] if len(parts) > 1 else 6, parts[2] if len(parts) > 2 else 15)


def _sentence_around(passage: Passage, offset: int) -> str:
    for sentence in passage.sentences():
        if sentence.start_char <= offset < sentence.end_char:
            return str(sentence.text)
    return passage.text
