"""Quotation marks: the stretches of a block that marks enclose, straight or curly, nested or left open.

In: the text and the extent of a block. Out: `Piece`s in order. It pairs marks and knows nothing of who speaks.
`even_marks` first turns what some papers print for marks (two apostrophes, a mark doubled or turned the wrong way) into
plain ones, character for character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Span

_OPEN = re.compile(r"[“\"](?=[^\s])|“(?=[ \u00a0\u2009\u202f][‘'\[])|(?<=\s)”(?=\w)|(?<=\s)”(?= ‘\w)")
_TWO_APOSTROPHES = re.compile(r"(?<![‘’'`\w])(?:``|‘‘|''|’’)(?=\w)|(?<=[\w,.!?;…])(?:''|’’)(?![‘’'\w])")
_DOUBLED = re.compile(r"(?<!\S)(?:“”|““|\"\"|””)(?=\w)")
_TURNED = re.compile(r"(?<=[\w.,!?’'])[ \u00a0]?“(?=[ \t]*$)", re.MULTILINE)
FILLER = "\u2060"
"""Stands, without width, for the second of two characters that were printed for one mark."""
_CLAUSE_BEFORE = re.compile(r"[,?!][”\"] [^“”\".;:]{4,60}\. \Z")
LONG = 5
"""A quotation whose closing mark was forgotten has at least so many words."""
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Quoted words between two marks. `outer` covers the marks; `open_end` says that no mark closes them."""

    outer: Span
    inner: Span
    block: int
    open_end: bool = False


def even_marks(text: str) -> str:
    """Print every quotation mark as one character that opens or closes, a filler beside it; the text keeps its length.

    >>> even_marks("“Not us,’’ she said. ``Never,'' he said.").replace(FILLER, "*")
    '“Not us,”* she said. “*Never,”* he said.'
    """
    text = _TWO_APOSTROPHES.sub(lambda match: ("“" if _opens(match) else "”") + FILLER, text)
    text = _DOUBLED.sub("“" + FILLER, text)
    return _TURNED.sub(lambda match: "”".ljust(len(match[0])), text)


def _opens(match: re.Match[str]) -> bool:
    before = match.string[match.start() - 1 : match.start()]
    return not before or before.isspace() or before in "([—–"


def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(find_words(text))


def find_words(text: str) -> list[str]:
    """Return the words of a text, as printed."""
    return _WORD.findall(text)


def find_pieces(text: str, number: int, span: Span, goes_on: bool) -> Iterator[Piece]:
    """Pair the quotation marks of one block; marks inside a quotation that open another are matched and skipped.

    A mark that is never closed counts where the block begins with it, where the next block opens another, or where only
    a reporting clause stands before it: “We won,” Ruiz said. “We will go on.
    """
    position = span.start
    while (opening := _OPEN.search(text, position, span.end)) is not None:
        start = opening.start()
        first = start + 1 + (text[start + 1 : start + 2] == FILLER)
        if start > span.start and text[start - 1].isalnum() and text[start] == '"':
            position = start + 1
            continue
        end = _closing(text, start, span.end)
        if end is None:
            if goes_on or start == span.start or _forgotten(text[span.start : start], text[first : span.end]):
                yield Piece(Span(start, span.end), Span(first, span.end), number, open_end=True)
            return
        behind = end + 1 + (text[end + 1 : end + 2] == FILLER)
        if end > first:
            yield Piece(Span(start, behind), Span(first, end), number)
        position = behind


def _forgotten(before: str, words: str) -> bool:
    """Tell whether a last mark only lacks its fellow: a quotation that a short clause reports goes on behind it."""
    return bool(_CLAUSE_BEFORE.search(before)) and words[:1].isupper() and count_words(words) >= LONG


def _closing(text: str, start: int, limit: int) -> int | None:
    depth, latest = 0, None
    for match in re.finditer(r"[“”\"]", text[start + 1 : limit]):
        at = start + 1 + match.start()
        before, after = text[at - 1], text[at + 1] if at + 1 < limit else " "
        opens = match[0] == "“" or (match[0] in '"”' and (before.isspace() or before in "([—–") and not after.isspace())
        if opens and at > start + 1:
            depth += 1
        elif depth:
            depth, latest = depth - 1, at
        else:
            return at
    return latest
