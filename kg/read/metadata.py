"""What is known of a document beside its text: title, publisher, author, date, address.

Values come in as YAML, JSON or a page's own metadata give them and leave as text and `datetime.date`. Nothing is
guessed from the text of the document, and the clock is never read: "yesterday" is no date here.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

import dateparser

from kg.errors import DocumentError

LONGEST_DATE = 60
"""Characters; a longer text is not a date, and dateparser takes seconds over it."""

UNWRITABLE = re.compile("[\0\ud800-\udfff]")

DATE_LANGUAGES = ["en", "de", "es", "fr", "it", "nl", "pt"]
"""English first; with no list given, dateparser loads every language it knows over each text that is no date."""

DATE_SETTINGS = {
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RELATIVE_BASE": datetime.datetime(2000, 1, 1),
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document; None where nothing is."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: datetime.date | None = None
    url: str | None = None

    def over(self, other: "Metadata") -> "Metadata":
        """Return these values, and those of `other` where these are missing.

        >>> Metadata(title="A").over(Metadata(title="B", author="C"))
        Metadata(title='A', publisher=None, author='C', published=None, url=None)
        """
        values = {}
        for field in fields(self):
            own = getattr(self, field.name)
            values[field.name] = getattr(other, field.name) if own is None else own
        return Metadata(**values)


def metadata_from(values: Mapping[str, object], place: str) -> Metadata:
    """Read `title`, `publisher`, `author`, `date` and `url`; other keys are ignored. Raises DocumentError."""
    return Metadata(
        title=_text(values, "title", place),
        publisher=_text(values, "publisher", place),
        author=_text(values, "author", place),
        published=_date(values.get("date"), place),
        url=_text(values, "url", place),
    )


def check_characters(text: str, what: str, place: str) -> str:
    """Return the text if it can be written; raises DocumentError for a NUL or half a surrogate pair, which cannot."""
    found = UNWRITABLE.search(text)
    if found is None:
        return text
    raise DocumentError(
        f"The {what} is no text at character {found.start()}",
        place=place,
        value=f"U+{ord(found[0]):04X}",
        hint="Write whole characters, without NUL",
    )


def _text(values: Mapping[str, object], key: str, place: str) -> str | None:
    """Return a value as text. A list (of authors) is joined by "; "; a number or a date in YAML is taken as text."""
    value = values.get(key)
    parts = value if isinstance(value, list) else [value]
    texts = []
    for part in parts:
        if part is None:
            continue
        if isinstance(part, bool) or not isinstance(part, (str, int, float, datetime.date)):
            raise DocumentError(f"The {key} is not a text", place=place, value=str(part), hint=f'Write {key} as "…"')
        texts.append(check_characters(" ".join(str(part).split()), key, place))
    return "; ".join(text for text in texts if text) or None


def _date(value: object, place: str) -> datetime.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    found = parse_date(value) if isinstance(value, str) else None
    if found is None:
        raise DocumentError(
            "The date cannot be read", place=place, value=str(value), hint='Write it as YYYY-MM-DD, or "March 28, 2017"'
        )
    return found


@lru_cache(maxsize=4096)
def parse_date(text: str) -> datetime.date | None:
    """Read an ISO date (or date and time), or any form dateparser knows in DATE_LANGUAGES that gives day, month and year.

    An ambiguous "3/4/2017" is read in the American order. The day is the one printed, whatever the time zone.

    >>> parse_date("March 28, 2017")
    datetime.date(2017, 3, 28)
    >>> parse_date("March 2017") is None
    True
    """
    text = text.strip()
    if len(text) > LONGEST_DATE:
        return None
    try:
        return datetime.datetime.fromisoformat(text).date()
    except ValueError:
        found = dateparser.parse(text, languages=DATE_LANGUAGES, settings=DATE_SETTINGS)
    return found.date() if isinstance(found, datetime.datetime) else None
