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
    # where a body is, or whose it is, is no part of its name
    ("Oxford-based Open Doors Bank closed.", [("Open Doors Bank", "Organization")]),
    (
        "The FBI's Open Doors Foundations closed.",
        [("FBI", "LawEnforcementAgency"), ("Open Doors Foundations", "Organization")],
    ),
    (
        "The Open Doors Foundations and the FBI answered.",
        [("Open Doors Foundations", "Organization"), ("FBI", "LawEnforcementAgency")],
    ),
    # broadcasters
    ("She told KQBB that it rained.", [("KQBB", "Organization")]),
    ("She told KQBB-TV so, and WQB reported it.", [("KQBB-TV", "Organization"), ("WQB", "Organization")]),
    ("She told WHO officials so, and they KEEP it.", []),
    # branches
    ("The ACLU of Oregon sued.", [("ACLU of Oregon", "Organization")]),
    ("The Oregon NAACP sued.", [("Oregon NAACP", "Organization")]),
    ("The Republicans of Oregon met.", [("Republicans", "Organization")]),
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


PLACED = [
    ("the Chicago Quibbers", [("Chicago Quibbers", "Organization")]),
    ("the Chicago Unified School District", [("Chicago Unified School District", "Agency")]),
    ("the Chicago Area", []),
    ("Chicago's Metropolitan Ox Department", [("Metropolitan Ox Department", "Agency")]),
    ("the Quibb Tower", []),
    ("the OXO's Center for Birds", [("Center for Birds", "Organization")]),
]


@pytest.mark.parametrize(("name", "found"), PLACED)
def test_names_with_a_place_or_an_owner_in_front(name: str, found: list[tuple[str, str]]) -> None:
    doc = blank_pipeline()(f"They met {name} today")
    doc.ents = [TokenSpan(doc, 2, len(doc) - 1, "ORG")]
    known = [make_mention(doc.text, "Chicago", "Jurisdiction")] if "Chicago" in name else []
    guesses = OrganizationFinder().find(make_passage(doc), known)
    assert sorted({(mention.text, mention.type) for mention in guesses}) == found
