"""JSON Lines, plain or gzipped: an object a line, with `text` and any of id, title, date, publisher, author, url.

A broken line fails alone, at "file:line". Files are read a line at a time, so their size does not matter.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from kg.errors import DocumentError
from kg.read.metadata import Metadata, metadata_from
from kg.read.source import Read, Source, as_failure, make_document, too_large
from kg.records import Document, ReadFailure

ESCAPED_CHARACTER = 12
"""The most bytes that a character takes in JSON: a surrogate pair, each half six bytes."""
ROOM_FOR_METADATA = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One object, and where it stands."""

    number: int
    place: str
    values: dict[str, object]


def read_json_lines(source: Source, sidecar: Metadata, max_characters: int) -> Read:
    """Yield the document of each line, or why there is none; what a line says wins over the sidecar."""
    with source.open() as stream:
        yield from _read_lines(stream, source, sidecar, max_characters)


def read_gzipped_json_lines(source: Source, sidecar: Metadata, max_characters: int) -> Read:
    """Yield the documents of a gzipped file; where the file breaks off, the lines before are still read."""
    with source.open() as packed, gzip.GzipFile(fileobj=packed) as stream:
        yield from _read_lines(stream, source, sidecar, max_characters)


def _read_lines(stream: BufferedIOBase, source: Source, sidecar: Metadata, max_characters: int) -> Read:
    for line in read_objects(stream, source, max_characters):
        if isinstance(line, ReadFailure):
            yield line
            continue
        try:
            yield _read_line(line, source, sidecar, max_characters)
        except DocumentError as error:
            yield as_failure(error, line.place)


def read_objects(stream: BufferedIOBase, source: Source, max_characters: int) -> Iterator[Line | ReadFailure]:
    """Yield every line that holds an object, and a failure for each that does not; blank lines are passed over."""
    empty = True
    for number, data in enumerate(_lines(stream, max_characters), start=1):
        if data is not None and not data.strip():
            continue
        empty = False
        place = f"{source.place}:{number}"
        try:
            if data is None:
                raise too_large(place, "a line that takes more bytes", max_characters)
            yield Line(number, place, _parse(data, place))
        except DocumentError as error:
            yield as_failure(error, place)
    if empty:
        raise DocumentError("The file is empty", place=source.place, hint="Remove it, or give it a line")


def _lines(stream: BufferedIOBase, max_characters: int) -> Iterator[bytes | None]:
    """Yield the lines, and None for one that is longer than any text allowed."""
    limit = max_characters * ESCAPED_CHARACTER + ROOM_FOR_METADATA
    while data := stream.readline(limit):
        if len(data) < limit or data.endswith(b"\n"):
            yield data
            continue
        while data and not data.endswith(b"\n"):
            data = stream.readline(limit)
        yield None


def _parse(data: bytes, place: str) -> dict[str, object]:
    try:
        values: object = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"The line is not valid UTF-8 at byte {error.start}", place=place, hint="Save the file as UTF-8"
        ) from error
    except (ValueError, RecursionError) as error:
        # Beside what is not JSON: numbers too long for Python, brackets too deep for it.
        raise DocumentError(
            f"The line is not JSON: {error}", place=place, hint="Write one object, whole, in each line"
        ) from error
    if not isinstance(values, dict):
        raise DocumentError(
            "The line is not an object", place=place, value=str(values)[:80], hint='Write {"text": "…"} in each line'
        )
    return values


def _read_line(line: Line, source: Source, sidecar: Metadata, max_characters: int) -> Document:
    text = line.values.get("text")
    if not isinstance(text, str):
        raise DocumentError(
            'The line has no "text"' if text is None else '"text" is not a text',
            place=line.place,
            value=None if text is None else str(text)[:80],
            hint='Write {"text": "…"} in each line',
        )
    metadata = metadata_from(line.values, line.place).over(sidecar)
    return make_document(_identifier(line, source), text, line.place, metadata, max_characters)


def _identifier(line: Line, source: Source) -> str:
    value = line.values.get("id")
    if value is None or value == "":
        return f"{source.stem}-{line.number}"
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise DocumentError(
            'The "id" is neither a text nor a whole number',
            place=line.place,
            value=str(value)[:80],
            hint="Write a text",
        )
    return str(value)
