"""Markdown with front matter in YAML: the document's text is the body, unchanged; offsets refer to the body."""

import re

import yaml
from frontmatter.default_handlers import YAMLHandler

from kg.errors import DocumentError
from kg.read.decode import decode
from kg.read.metadata import Metadata, metadata_from
from kg.read.source import Read, Source, make_document, normalise, read_bytes

FENCE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
"""A line that opens or closes front matter, with its line end and no more: the library's own takes blank lines along."""


def read_markdown(source: Source, sidecar: Metadata, max_characters: int) -> Read:
    """Yield the one document of a Markdown file; the sidecar wins over the front matter. Raises DocumentError."""
    text = normalise(decode(read_bytes(source, max_characters), source.place))
    values, body = split_front_matter(text, source.place)
    metadata = sidecar.over(metadata_from(values, source.place))
    yield make_document(source.stem, body, source.place, metadata, max_characters)


def split_front_matter(text: str, place: str) -> tuple[dict[str, object], str]:
    r"""Return the front matter ({} where there is none) and the body. Raises DocumentError.

    >>> split_front_matter("---\ntitle: A\n---\n\nBody\n", "a.md")
    ({'title': 'A'}, '\nBody\n')
    """
    handler = YAMLHandler(fm_boundary=FENCE)
    if not handler.detect(text):
        return {}, text
    try:
        block, body = handler.split(text)
    except ValueError as error:
        raise DocumentError(
            "The front matter that line 1 opens is never closed", place=f"{place}:1", hint='Close it with a line "---"'
        ) from error
    values = _load(handler, block, place)
    if values is None:
        return {}, body
    if not isinstance(values, dict):
        raise DocumentError(
            "The front matter is not a list of names and values",
            place=f"{place}:1",
            value=str(values)[:80],
            hint='Write lines such as "title: …", or put a blank line before a rule that opens the text',
        )
    return {str(key): value for key, value in values.items()}, body


def _load(handler: YAMLHandler, block: str, place: str) -> object:
    hint = "Mend the YAML between the two lines ---"
    try:
        loaded: object = handler.load(block)
    except yaml.MarkedYAMLError as error:
        # The block begins in line 2 of the file, and YAML counts lines from 0.
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise DocumentError(
            f"The front matter is not YAML: {error.problem}", place=f"{place}:{line}", hint=hint
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: a date such as 2017-13-45, which YAML takes for a date and Python does not.
        raise DocumentError(f"The front matter cannot be read: {error}", place=f"{place}:1", hint=hint) from error
    return loaded
