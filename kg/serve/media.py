"""Content negotiation: which of the formats that suit an answer a client wants most.

In go an Accept header and the formats on offer, out comes one of them, or None for 406. Nothing is sent here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 500
"""Characters of an Accept header whose meaning is worth keeping."""


@dataclass(frozen=True, slots=True, eq=False)
class Media:
    """A format: its short name (also the file extension), its media type, other types that mean it."""

    name: str
    type: str
    others: tuple[str, ...] = ()
    text: bool = False

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.type}; charset=utf-8" if self.text else self.type


TABLE_MEDIA = (
    Media("json", "application/sparql-results+json", ("application/json",)),
    Media("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Media("csv", "text/csv", text=True),
    Media("tsv", "text/tab-separated-values", text=True),
)
"""What SELECT and ASK give; the first is the default."""

GRAPH_MEDIA = (
    Media("ttl", "text/turtle", ("application/x-turtle", "application/turtle"), text=True),
    Media("nt", "application/n-triples", ("text/plain",)),
    Media("jsonld", "application/ld+json", ("application/json",)),
    Media("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
)
"""What CONSTRUCT and DESCRIBE give; the first is the default."""

ALIASES = {"turtle": "ttl", "n3": "ttl", "n-triples": "nt", "ntriples": "nt", "json-ld": "jsonld", "rdf+xml": "rdf"}
"""Names of formats in the addresses that stock clients send."""

HTML = Media("html", "text/html", ("application/xhtml+xml",), text=True)


def choose(accept: str | None, offered: Sequence[Media]) -> Media | None:
    """Return the format that the client wants most; of several alike, the first that is offered.

    A type itself counts more than its other names, so that a client that takes both gets the precise one; a range
    such as text/* means the type itself.

    >>> choose("text/csv;q=0.5, application/json", TABLE_MEDIA).name
    'json'
    >>> choose("image/png", TABLE_MEDIA) is None
    True
    """
    if accept is None or not accept.strip():
        return offered[0]
    return _weigh(accept, offered) if len(accept) > LONGEST else _choose_known(accept, tuple(offered))


def _weigh(accept: str, offered: Sequence[Media]) -> Media | None:
    ranges = _ranges(accept)
    best: tuple[float, bool, int] = (0.0, False, 0)
    chosen = None
    for position, media in enumerate(offered):
        for name in (media.type, *media.others):
            quality, exact = _quality(name, ranges)
            rank = (quality, exact and name == media.type, -position)
            meant = exact or name == media.type
            if quality > 0 and meant and (chosen is None or rank > best):
                best, chosen = rank, media
    return chosen


_choose_known = lru_cache(512)(_weigh)
"""Clients send one of a few headers again and again."""


def named(name: str, offered: Sequence[Media]) -> Media | None:
    """Return the format of a short name, a media type or a name that other endpoints use for it, or None."""
    name = ALIASES.get(name.lower(), name.lower())
    return next((media for media in offered if name in {media.name, media.type, *media.others}), None)


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.lower().split(","):
        name, *parameters = [piece.strip() for piece in part.split(";")]
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if name:
            found.append((name, quality))
    return found


def _quality(name: str, ranges: list[tuple[str, float]]) -> tuple[float, bool]:
    """Return the quality of a media type, that of its most specific range, and whether it is named itself."""
    for wanted, exact in ((name, True), (f"{name.partition('/')[0]}/*", False), ("*/*", False)):
        qualities = [quality for range_, quality in ranges if range_ == wanted]
        if qualities:
            return max(qualities), exact
    return 0.0, False
