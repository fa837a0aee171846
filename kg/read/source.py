"""A file as the readers see it, and the checks that every document passes.

A `Source` opens the bytes of one file, wherever it lies; `make_document` turns text into a `Document`.
Whatever goes wrong is UNREADABLE, and `as_failure` turns it into the record that travels on. Nothing here knows a format.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from kg.errors import DocumentError, KgError
from kg.read.metadata import Metadata, check_characters
from kg.records import Document, ReadFailure

BOM = "\ufeff"
BYTES_A_CHARACTER = 4
"""The most bytes that a character takes in UTF-8, UTF-16 and UTF-32."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name, the key of the folder it lies in, its place as printed, and how to open it.

    `stem` is the name without the suffix that chose the reader; `key` is the same however the file was reached.
    """

    name: str
    stem: str
    folder: str
    place: str
    open: Callable[[], BufferedIOBase]

    @property
    def key(self) -> tuple[str, str]:
        """What tells this file from every other."""
        return self.folder, self.name


Read = Iterator[Document | ReadFailure]
Reader = Callable[[Source, Metadata, int], Read]
"""What a format has to offer: a source, what the sidecar says of it, the most characters a text may have."""


def read_bytes(source: Source, max_characters: int, *, bytes_a_character: int = BYTES_A_CHARACTER) -> bytes:
    """Return the bytes of a source, which may not be more than `max_characters` can take. Raises DocumentError."""
    limit = (max_characters + 1) * bytes_a_character
    with source.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(source.place, f"more than {limit} bytes", max_characters)
    if not data:
        raise DocumentError("The file is empty", place=source.place, hint="Remove it, or give it a text")
    return data


def too_large(place: str, found: str, max_characters: int) -> DocumentError:
    """Return the error for a document over the limit."""
    return DocumentError(
        f"The document is larger than the {max_characters} characters allowed",
        place=place,
        value=found,
        hint="Split it, or raise the setting max_characters",
    )


def normalise(text: str) -> str:
    r"""Remove a byte order mark and write every line end as \n; nothing else changes.

    >>> normalise("\ufeffone\r\ntwo\rthree\n")
    'one\ntwo\nthree\n'
    """
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")


def make_document(identifier: str, text: str, place: str, metadata: Metadata, max_characters: int) -> Document:
    """Return the document, with its line ends normalised. Raises DocumentError for a text that cannot be used."""
    text = normalise(text)
    if not text.strip():
        raise DocumentError("The document has no text", place=place, hint="Remove it, or give it a text")
    if len(text) > max_characters:
        raise too_large(place, f"{len(text)} characters", max_characters)
    return Document(
        id=check_characters(identifier, "id", place),
        text=check_characters(text, "text", place),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        place=place,
        title=metadata.title,
        publisher=metadata.publisher,
        author=metadata.author,
        published=metadata.published,
        url=metadata.url,
    )


UNREADABLE = (KgError, OSError, EOFError, zlib.error, zipfile.BadZipFile)
"""What reading a file may raise: our own errors, the system's, and those of packed files that are broken."""


def as_failure(error: Exception, place: str) -> ReadFailure:
    """Turn one of UNREADABLE into the record of it; `place` is where the error does not say it.

    >>> as_failure(DocumentError("The file is empty", place="a.txt", hint="Remove it"), "a.txt")
    ReadFailure(place='a.txt', reason='The file is empty. Remove it.', kind='DocumentError')
    """
    if not isinstance(error, KgError):
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        hint = "Check that it is there, whole, and that you may read it"
        error = DocumentError(f"The file cannot be read: {said}", hint=hint)
    sentence = str(type(error)(error.message, value=error.value, hint=error.hint)).rstrip(".")
    return ReadFailure(place=error.place or place, reason=f"{sentence}.", kind=type(error).__name__)
