"""Paths → documents: gather the files, read their sidecars, hand each file to the reader of its format.

What enters are paths; what leaves are `Document`s and, for whatever could not be used, `ReadFailure`s. One file's
failure never stops the others, and nothing here knows what is in a format.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from kg.errors import DocumentError
from kg.read.formats import find_reader
from kg.read.gather import Gathered, gather_sources
from kg.read.metadata import Metadata
from kg.read.sidecar import Entry, absent_files, read_sidecar
from kg.read.source import UNREADABLE, Read, Source, as_failure
from kg.records import Document, ReadFailure

NOTHING_SAID = Entry("", Metadata())


def read_documents(paths: Sequence[Path], *, max_characters: int) -> Iterator[Document | ReadFailure]:
    """Yield the documents of files, folders (with all below them) and ZIP archives, and why the others cannot be used.

    The order depends on the places of the files alone, not on the order of the paths: failures of paths and sidecars
    first, then files sorted by place. A second document of the same id is a failure. A path that cannot be used at
    all is a failure of kind "InputError". Raises nothing for bad input.
    """
    with ExitStack() as archives:
        gathered = gather_sources(paths, archives)
        yield from sorted(set(gathered.failures), key=lambda failure: failure.place)
        entries: dict[tuple[str, str], Entry] = {}
        for folder in sorted(gathered.sidecars):
            yield from _read_sidecar(folder, gathered, entries)
        places: dict[str, str] = {}
        for source in gathered.sources:
            for read in _read(source, entries.get(source.key, NOTHING_SAID), max_characters):
                yield _only_once(read, places) if isinstance(read, Document) else read


def _read_sidecar(folder: str, gathered: Gathered, entries: dict[tuple[str, str], Entry]) -> Iterator[ReadFailure]:
    """Add the entries of a folder's sidecar; yield what is wrong with it."""
    sidecar = read_sidecar(gathered.sidecars[folder])
    entries.update(((folder, name), entry) for name, entry in sidecar.entries.items())
    yield from sidecar.failures
    if folder in gathered.whole:
        yield from absent_files(sidecar, {other.name for other in gathered.sources if other.folder == folder})


def _read(source: Source, entry: Entry, max_characters: int) -> Read:
    """Yield what a file holds; an error ends this file alone."""
    try:
        if entry.error is not None:
            raise entry.error
        yield from find_reader(source)(source, entry.metadata, max_characters)
    except UNREADABLE as error:
        yield as_failure(error, source.place)


def _only_once(document: Document, places: dict[str, str]) -> Document | ReadFailure:
    first = places.setdefault(document.id, document.place)
    if first == document.place:
        return document
    error = DocumentError(
        f"Another document has the same id: {first}",
        place=document.place,
        value=document.id,
        hint='Rename the file, or give the line another "id"',
    )
    return as_failure(error, document.place)
