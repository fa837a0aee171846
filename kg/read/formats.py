"""The table of formats: which reader takes which suffix. A new format is one module and one row here."""

from collections.abc import Mapping
from types import MappingProxyType

from kg.errors import DocumentError
from kg.read.html_page import read_html_page
from kg.read.json_lines import read_gzipped_json_lines, read_json_lines
from kg.read.markdown import read_markdown
from kg.read.pdf import read_pdf
from kg.read.plain_text import read_plain_text
from kg.read.source import Reader, Source

ARCHIVE = ".zip"
"""Read as a folder is."""


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".htm": read_html_page,
        ".html": read_html_page,
        ".jsonl": read_json_lines,
        ".jsonl.gz": read_gzipped_json_lines,
        ".markdown": read_markdown,
        ".md": read_markdown,
        ".pdf": read_pdf,
        ".txt": read_plain_text,
    }
)


def find_suffix(name: str) -> str:
    """Return the suffix of a file name, as printed: the longest that has a reader, or else the last.

    >>> find_suffix("news.JSONL.gz"), find_suffix("3.28.txt"), find_suffix("a.tar.gz"), find_suffix("LICENSE")
    ('.JSONL.gz', '.txt', '.gz', '')
    """
    known = max((suffix for suffix in (*READERS, ARCHIVE) if name.lower().endswith(suffix)), key=len, default="")
    if known:
        return name[-len(known) :]
    dot = name.rfind(".")
    return name[dot:] if dot > 0 else ""


def find_reader(source: Source) -> Reader:
    """Return who reads the source. Raises DocumentError where nobody does."""
    suffix = source.name[len(source.stem) :].lower()
    if suffix in READERS:
        return READERS[suffix]
    raise DocumentError(
        "This is an unsupported format",
        place=source.place,
        value=suffix or "no suffix",
        hint=f"Save it as text, or take it out; supported: {', '.join(sorted((*READERS, ARCHIVE)))}",
    )
