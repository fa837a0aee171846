"""Paths → the files to read, sorted by place, each once; sidecars apart. Reads no document.

Hidden files, README files and what macOS leaves in archives are passed over in folders and archives, not when they
are named. Whatever cannot be listed is a failure with its reason.
"""

import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from io import BufferedIOBase
from pathlib import Path, PurePosixPath
from typing import cast

from kg.errors import DocumentError, InputError
from kg.read.formats import ARCHIVE, find_suffix
from kg.read.source import UNREADABLE, Source, as_failure
from kg.records import ReadFailure

SIDECAR = "metadata.jsonl"
ENCRYPTED = 0x1


@dataclass(slots=True)
class Gathered:
    """The files found. `sidecars` are by the key of their folder; `whole` has the folders read in full."""

    sources: list[Source] = field(default_factory=list)
    sidecars: dict[str, Source] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    failures: list[ReadFailure] = field(default_factory=list)


def gather_sources(paths: Sequence[Path], archives: ExitStack) -> Gathered:
    """List the files that the paths (files, folders, ZIP archives) name. Archives stay open as long as `archives`."""
    gathered = Gathered()
    for path in sorted(set(paths)):
        try:
            _gather(path, gathered, archives)
        except UNREADABLE as error:
            gathered.failures.append(as_failure(error, path.as_posix()))
    # A file reached twice ("docs" and "docs/a.txt") is read once, whatever the order of the paths.
    kept: dict[tuple[str, str], Source] = {}
    for source in sorted(gathered.sources, key=lambda source: source.place):
        kept.setdefault(source.key, source)
    gathered.sources = list(kept.values())
    return gathered


def _gather(path: Path, gathered: Gathered, archives: ExitStack) -> None:
    place = path.as_posix()
    if path.is_dir():
        _gather_folder(path, gathered, archives)
        return
    if not path.exists():
        raise InputError("There is no such file or folder", place=place, hint="Check the spelling of the path")
    if path.name == SIDECAR:
        raise InputError(
            "This file is the metadata of the documents beside it, not documents",
            place=place,
            hint="Name the folder, or rename the file",
        )
    _add_file(path, gathered, archives)
    sidecar = path.parent / SIDECAR
    if sidecar.is_file():
        source = _file_source(sidecar)
        gathered.sidecars.setdefault(source.folder, source)


def _gather_folder(folder: Path, gathered: Gathered, archives: ExitStack) -> None:
    before = len(gathered.sources) + len(gathered.failures)

    def note(error: OSError) -> None:
        gathered.failures.append(as_failure(error, Path(error.filename or folder).as_posix()))

    for name, folders, files in os.walk(folder, onerror=note):
        folders[:] = [inner for inner in folders if not _is_hidden(inner)]
        gathered.whole.add(Path(name).resolve().as_posix())
        for file in files:
            path = Path(name) / file
            if file == SIDECAR:
                source = _file_source(path)
                gathered.sidecars.setdefault(source.folder, source)
            elif not _is_passed_over(file):
                _add_file(path, gathered, archives)
    if len(gathered.sources) + len(gathered.failures) == before:
        raise _nothing_in("folder", folder.as_posix())


def _add_file(path: Path, gathered: Gathered, archives: ExitStack) -> None:
    if find_suffix(path.name).lower() != ARCHIVE:
        gathered.sources.append(_file_source(path))
        return
    try:
        _gather_archive(path, gathered, archives)
    except UNREADABLE as error:
        gathered.failures.append(as_failure(error, path.as_posix()))


def _gather_archive(path: Path, gathered: Gathered, archives: ExitStack) -> None:
    _check_regular(path)
    sources = list(_members(archives.enter_context(zipfile.ZipFile(path)), path))
    if not sources:
        raise _nothing_in("archive", path.as_posix())
    for source in sources:
        gathered.whole.add(source.folder)
        if source.name == SIDECAR:
            gathered.sidecars.setdefault(source.folder, source)
        else:
            gathered.sources.append(source)


def _members(archive: zipfile.ZipFile, path: Path) -> Iterator[Source]:
    key = path.parent.resolve() / path.name
    for member in archive.infolist():
        inner = PurePosixPath(member.filename)
        if member.is_dir() or _is_passed_over(inner.name) or any(map(_is_hidden, inner.parts)):
            continue
        yield Source(
            name=inner.name,
            stem=inner.name.removesuffix(find_suffix(inner.name)),
            folder=(key / inner.parent).as_posix(),
            place=f"{path.as_posix()}/{member.filename}",
            open=partial(_open_member, archive, member),
        )


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BufferedIOBase:
    if member.flag_bits & ENCRYPTED:
        raise DocumentError("The file is encrypted", hint="Unpack the archive with its password")
    try:
        return cast(BufferedIOBase, archive.open(member))
    except NotImplementedError as error:
        raise DocumentError(f"The file is packed in an unknown way: {error}", hint="Pack it again") from error


def _file_source(path: Path) -> Source:
    return Source(
        name=path.name,
        stem=path.name.removesuffix(find_suffix(path.name)),
        folder=path.parent.resolve().as_posix(),
        place=path.as_posix(),
        open=partial(_open_file, path),
    )


def _open_file(path: Path) -> BufferedIOBase:
    _check_regular(path)
    return path.open("rb")


def _check_regular(path: Path) -> None:
    """Refuse pipes and devices, which would keep the build waiting for ever; what is absent fails when it is opened."""
    if path.exists() and not path.is_file():
        raise DocumentError("This is no regular file", hint="Take it out of the folder, or copy what it holds")


def _is_passed_over(name: str) -> bool:
    return _is_hidden(name) or name.split(".", maxsplit=1)[0].lower() == "readme"


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _nothing_in(what: str, place: str) -> InputError:
    return InputError(f"The {what} holds no document", place=place, hint=f"Name a {what} that does")
