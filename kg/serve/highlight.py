"""Text cut where marks begin and end, so that overlapping marks can be shown.

In go a text, its offset and marks with offsets into the document; out come pieces, each with the marks that cover it.
"""

from itertools import pairwise
from typing import Any, NamedTuple


class Mark(NamedTuple):
    """Half-open offsets into the document, what the mark is, and what it refers to."""

    start: int
    end: int
    kind: str
    about: dict[str, Any]


class Piece(NamedTuple):
    """A piece of text, the marks that cover it, and those of them that begin with it."""

    text: str
    marks: list[Mark]
    starting: list[Mark]


def cut(words: str, start: int, marks: list[Mark]) -> list[Piece]:
    """Cut a text that begins at offset `start` of the document; joined, the pieces are the text again.

    >>> [piece.text for piece in cut("Ann met Bo.", 0, [Mark(0, 3, "mention", {}), Mark(0, 11, "fact", {})])]
    ['Ann', ' met Bo.']
    """
    end = start + len(words)
    inside = [mark for mark in marks if mark.start < end and start < mark.end and mark.start < mark.end]
    places = sorted({start, end} | {min(max(p, start), end) for mark in inside for p in (mark.start, mark.end)})
    opening: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(max(mark.start, start), []).append(mark)
    pieces: list[Piece] = []
    open_: list[Mark] = []
    for here, there in pairwise(places):
        starting = opening.get(here, [])
        open_ = [mark for mark in open_ if mark.end > here] + starting
        pieces.append(Piece(words[here - start : there - start], list(open_), starting))
    return pieces
