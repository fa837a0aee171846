"""Organisations outside the tables, and public bodies told from private ones by their head word."""

from collections.abc import Callable

import pytest
from spacy.tokens import Span as TokenSpan

from kg.extract.organizations import OrganizationFinder
from kg.extract.pipeline import blank_pipeline
from kg.records import Extraction
from tests.extract.conftest import make_mention, make_passage, named

PATTERN = [
    ("The Open Doors League answered.", [("Open Doors League", "Organization")]),
    ("The Anytown Alliance for Better Roads answered.", [("Anytown Alliance for Better Roads", "Organization")]),
    ("The Coalition met.", []),
    ("The league of nations met.", []),
]


@pytest.mark.parametrize(("text", "found"), PATTERN)
def test_capitalised_names_with_a_telling_head(
    text: str, found: list[tuple[str, str]], read_bare: Callable[[str], Extraction]
) -> None:
    assert [(words, kind) for words, kind, _ in named(read_bare(text)) if kind != "Jurisdiction"] == found


KINDS = [
    ("Bureau of Oxen", "Agency"),
    ("Ox Department", "Agency"),
    ("Ox Task Force", "Agency"),
    ("Ox Court", "Court"),
    ("Ox Caucus", "Organization"),
    ("Ox Committee", "LegislativeBody"),
    ("Committee for Ox Rights", "Organization"),
    ("Committee on the Ox", "LegislativeBody"),
    ("Ox National Committee", "Organization"),
    ("Ox Corp.", "Organization"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_kind_of_what_the_recogniser_marks(name: str, kind: str) -> None:
    doc = blank_pipeline()(f"They met the {name} today")
    doc.ents = [TokenSpan(doc, 2, len(doc) - 1, "ORG")]
    passage = make_passage(doc)
    found = next(iter(OrganizationFinder().find(passage, [])))
    assert (found.text, found.type, found.found_by) == (name, kind, "ner")
    assert list(OrganizationFinder().find(passage, [make_mention(doc.text, name, "Agency")])) == []
