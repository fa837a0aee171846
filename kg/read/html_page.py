"""HTML: the running text of a page and what the page says of itself, both found by trafilatura."""

import datetime

from trafilatura import bare_extraction
from trafilatura.settings import Document as Page

from kg.errors import DocumentError
from kg.read.decode import decode
from kg.read.metadata import Metadata, parse_date
from kg.read.source import Read, Source, make_document, read_bytes

DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": datetime.datetime.max}
"""The day of publication from the page's metadata. `max_date` is given so that the library does not read the clock."""


def read_html_page(source: Source, sidecar: Metadata, max_characters: int) -> Read:
    """Yield the one document of a page; the sidecar wins over what the page says of itself. Raises DocumentError."""
    page = decode(read_bytes(source, max_characters), source.place, declared=True)
    found = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=DATE_SEARCH)
    if not isinstance(found, Page) or not found.text:
        raise DocumentError(
            "The page has no running text", place=source.place, hint="Save the article itself, or its text as .txt"
        )
    metadata = Metadata(
        title=found.title or None,
        publisher=found.sitename or None,
        author=found.author or None,
        published=parse_date(found.date) if found.date else None,
        url=found.url or None,
    )
    yield make_document(source.stem, found.text, source.place, sidecar.over(metadata), max_characters)
