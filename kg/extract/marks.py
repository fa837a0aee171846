"""Quotation marks: the stretches of a block that marks enclose, straight or curly, nested or left open.

In: the text and the extent of a block. Out: `Piece`s in order. It pairs marks and knows nothing of who speaks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Span

_OPEN = re.compile(r"[“\"](?=[^\s])|(?<=\s)”(?=\w)")
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Quoted words between two marks. `outer` covers the marks; `open_end` says that no mark closes them."""

    outer: Span
    inner: Span
    block: int
    open_end: bool = False


def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(find_words(text))


def find_words(text: str) -> list[str]:
    """Return the words of a text, as printed."""
    return _WORD.findall(text)


def find_pieces(text: str, number: int, span: Span, goes_on: bool) -> Iterator[Piece]:
    """Pair the quotation marks of one block; marks inside a quotation that open another are matched and skipped.

    A mark that is never closed counts where the block begins with it, or where the next block opens another.
    """
    position = span.start
    while (opening := _OPEN.search(text, position, span.end)) is not None:
        start = opening.start()
        if start > span.start and text[start - 1].isalnum() and text[start] == '"':
            position = start + 1
            continue
        end = _closing(text, start, span.end)
        if end is None:
            if goes_on or start == span.start:
                yield Piece(Span(start, span.end), Span(start + 1, span.end), number, open_end=True)
            return
        if end > start + 1:
            yield Piece(Span(start, end + 1), Span(start + 1, end), number)
        position = end + 1


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
