"""Plain text: the file is the text, and only the sidecar knows anything else of it."""

from kg.read.decode import decode
from kg.read.metadata import Metadata
from kg.read.source import Read, Source, make_document, read_bytes


def read_plain_text(source: Source, sidecar: Metadata, max_characters: int) -> Read:
    """Yield the one document of a text file. Raises DocumentError."""
    text = decode(read_bytes(source, max_characters), source.place)
    yield make_document(source.stem, text, source.place, sidecar, max_characters)
