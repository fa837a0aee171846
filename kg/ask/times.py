"""The time that a question speaks of: a year, a month, a day, before, after or between.

In goes the text of a question, out comes the text without it and a `Period`. The first one counts.
"""

import re
from dataclasses import dataclass

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
FIRST, LAST = "0000", "9999"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d\d|\d{{1,2}}\s+{_MONTH}\s+(?:19|20)\d\d|{_MONTH},?\s+(?:of\s+)?(?:19|20)\d\d|(?:19|20)\d\d)\b"
BETWEEN = re.compile(rf"\b(?:between|from)\s+({_DATE})\s+(?:and|to|until)\s+({_DATE})", re.IGNORECASE)
SIDE = re.compile(rf"\b(since|after|before|until|till)\s+({_DATE})", re.IGNORECASE)
WITHIN = re.compile(rf"(?:\b(?:in|during|of|on|for|from)\s+)?(?:(?:fiscal\s+)?year\s+)?({_DATE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to and without `end`, each the beginning of an ISO date; `words` as people say it."""

    words: str
    start: str
    end: str

    @property
    def year(self) -> str | None:
        """The one whole year that this is, if any."""
        return self.start if len(self.start) == 4 and self.words == f"in {self.start}" else None


def read_period(text: str) -> tuple[str, Period | None]:
    """Return a text without the time that it speaks of, and that time.

    >>> read_period("who sued in march 2017")
    ('who sued ', Period(words='in March 2017', start='2017-03', end='2017-04'))
    """
    if match := BETWEEN.search(text):
        period = Period(f"from {_shown(match[1])} to {_shown(match[2])}", _iso(match[1]), _after(_iso(match[2])))
    elif match := SIDE.search(text):
        word, day = match[1].lower(), _iso(match[2])
        start = day if word == "since" else _after(day) if word == "after" else FIRST
        end = LAST if word in {"since", "after"} else day if word == "before" else _after(day)
        period = Period(f"{word} {_shown(match[2])}", start, end)
    elif match := WITHIN.search(text):
        day = _iso(match[1])
        period = Period(f"{'on' if len(day) > 7 else 'in'} {_shown(match[1])}", day, _after(day))
    else:
        return text, None
    return text[: match.start()] + text[match.end() :], period


def _iso(words: str) -> str:
    """Return a date as the beginning of an ISO date: a year, a month or a day.

    >>> _iso("March 2017"), _iso("24 January 2018"), _iso("2018")
    ('2017-03', '2018-01-24', '2018')
    """
    parts = re.findall(r"[a-z]+|\d+", words.lower())
    year = next(part for part in parts if len(part) == 4 and part.isdigit())
    month = next((f"-{MONTHS.index(part) + 1:02}" for part in parts if part in MONTHS), "")
    day = next((f"-{int(part):02}" for part in parts if part.isdigit() and len(part) < 3), "")
    return f"{year}{month}{day}"


def _after(iso: str) -> str:
    """Return what comes after all dates that begin so.

    >>> _after("2017"), _after("2017-12"), _after("2017-03-31")
    ('2018', '2018', '2017-03-32')
    """
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 2 and parts[1] == 12:
        return str(parts[0] + 1)
    parts[-1] += 1
    return "-".join(f"{part:02}" for part in parts)


def _shown(words: str) -> str:
    return " ".join(word.capitalize() for word in words.split())
