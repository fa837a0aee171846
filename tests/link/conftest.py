"""Linkers and documents for the tests of linking: built from the shipped tables, and from a compact notation."""

import datetime
import hashlib
import re
import shlex
from collections.abc import Callable

import pytest

from kg.link import Linker
from kg.records import (
    ClaimDraft,
    Document,
    Evidence,
    Extraction,
    LinkedDocument,
    Mention,
    MentionKind,
    Qualifiers,
    Quotation,
    Span,
)
from kg.reference import read_reference
from kg.settings import Settings

MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")


@pytest.fixture(scope="session")
def linker() -> Linker:
    """The linker over the shipped tables; reading the places takes some seconds, so all tests share it."""
    settings = Settings()
    return Linker(settings, read_reference(settings.reference))


def read_extraction(marked: str, day: datetime.date | None = None, identifier: str = "case") -> Extraction:
    """Build an extraction from a text with marks: "{Albany|Jurisdiction within=NY}".

    After the type stand the hints; `key=`, `kind=`, `found=`, `of=N` (the antecedent, by position) and the flag
    `speaks` are not hints but the mention's own fields. `post=PATH as=TITLE` has the text say that the person holds
    that office, `was=TITLE` that he held it.
    """
    text, spans, details = "", [], []
    end = 0
    for match in MARK.finditer(marked):
        text += marked[end : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1])))
        details.append(shlex.split(match[2]))
        text += match[1]
        end = match.end()
    text += marked[end:]
    mentions, quotations, claims = [], [], []
    for span, (type_name, *rest) in zip(spans, details, strict=True):
        values = dict(part.split("=", 1) for part in rest if "=" in part)
        antecedent, post = values.pop("of", None), values.pop("post", None)
        held, former = values.pop("as", None), values.pop("was", None)
        if post is not None:
            evidence = Evidence(identifier, Span(0, len(text)), text, "test#post", "1", 0.9)
            office = Qualifiers(title=held or former, former=True if former else None)
            claims.append(ClaimDraft(span, "holdsPost", post, evidence, office))
        kind = MentionKind(values.pop("kind", "nominal" if antecedent else "name"))
        mention = Mention(
            span,
            span.of(text),
            type_name,
            values.pop("found", "ner"),
            kind,
            values.pop("key", None),
            tuple(sorted(values.items())),
            spans[int(antecedent)] if antecedent else None,
        )
        mentions.append(mention)
        if "speaks" in rest:
            quotations.append(Quotation(identifier, Span(0, 1), "words that somebody said aloud", span))
    document = Document(identifier, text, hashlib.sha256(text.encode()).hexdigest(), identifier, published=day)
    return Extraction(document, tuple(mentions), tuple(claims), tuple(quotations))


@pytest.fixture(scope="session", name="read_extraction")
def _read_extraction() -> Callable[..., Extraction]:
    """Give the tests the reader of marked texts."""
    return read_extraction


@pytest.fixture(scope="session")
def link(linker: Linker) -> Callable[..., LinkedDocument]:
    """Link a marked text: `link("{Albany|Jurisdiction}", day, "document-id")`."""

    def linked(marked: str, day: datetime.date | None = None, identifier: str = "case") -> LinkedDocument:
        return linker.link(read_extraction(marked, day, identifier))

    return linked
