"""The sidecar `metadata.jsonl`: an object a line about a file beside it. Never documents itself.

`{"file": "000.txt", "date": "2017-03-28", "publisher": …, "author": …, "title": …, "url": …}`
"""

from dataclasses import dataclass, field

from kg.errors import DocumentError, KgError
from kg.read.json_lines import Line, read_objects
from kg.read.metadata import Metadata, metadata_from
from kg.read.source import UNREADABLE, Source, as_failure
from kg.records import ReadFailure

LARGEST_LINE = 1_000_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says of a file, or the error that keeps the file from being read; and where the line stands."""

    place: str
    metadata: Metadata
    error: KgError | None = None


@dataclass(slots=True)
class Sidecar:
    """The entries by file name, and the lines that could not be used."""

    entries: dict[str, Entry] = field(default_factory=dict)
    failures: list[ReadFailure] = field(default_factory=list)


def read_sidecar(source: Source) -> Sidecar:
    """Read a sidecar. A line that names no file is a failure; one that is wrong about its file fails that file."""
    sidecar = Sidecar()
    try:
        with source.open() as stream:
            for line in read_objects(stream, source, LARGEST_LINE):
                if isinstance(line, ReadFailure):
                    sidecar.failures.append(line)
                else:
                    _add(line, sidecar)
    except UNREADABLE as error:
        sidecar.failures.append(as_failure(error, source.place))
    return sidecar


def _add(line: Line, sidecar: Sidecar) -> None:
    try:
        sidecar.entries[_file_name(line, sidecar)] = _entry(line)
    except DocumentError as error:
        sidecar.failures.append(as_failure(error, line.place))


def absent_files(sidecar: Sidecar, present: set[str]) -> list[ReadFailure]:
    """Return a failure for each line about a file that is not there."""
    return [
        as_failure(
            DocumentError(
                "The line is about a file that is not among the documents beside it",
                place=entry.place,
                value=name,
                hint="Mend the name, or remove the line",
            ),
            entry.place,
        )
        for name, entry in sidecar.entries.items()
        if name not in present
    ]


def _file_name(line: Line, sidecar: Sidecar) -> str:
    name = line.values.get("file")
    if not isinstance(name, str) or not name or "/" in name:
        raise DocumentError(
            "The line does not name a file beside it",
            place=line.place,
            value=None if name is None else str(name)[:80],
            hint='Write {"file": "000.txt", …}',
        )
    if name in sidecar.entries:
        raise DocumentError(
            f"The line is the second about a file; the first is {sidecar.entries[name].place}",
            place=line.place,
            value=name,
            hint="Keep one of them",
        )
    return name


def _entry(line: Line) -> Entry:
    try:
        return Entry(line.place, metadata_from(line.values, line.place))
    except DocumentError as error:
        return Entry(line.place, Metadata(), error)
