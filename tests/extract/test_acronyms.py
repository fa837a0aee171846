"""Initials stand for what the article spells out, and for the tables' body where it spells out nothing else."""

import pytest

from kg.extract.acronyms import settle_acronyms
from kg.records import Mention
from tests.extract.conftest import find_span, make_document

BUREAU = "agency/us/bureau-of-lost-mittens"


@pytest.mark.parametrize(
    ("text", "whole", "stands_for"),
    [
        ("Blue Lamps Matter met. Later BLM met.", "Blue Lamps Matter", "Blue Lamps Matter"),
        ("The Boston League of Mayors met. Later BLM met.", "Boston League of Mayors", "Boston League of Mayors"),
        ("The Big Union for Lamps (BLM) met. Later BLM met.", "Big Union for Lamps", "Big Union for Lamps"),
        ("The Lamp League met. Later BLM met.", "Lamp League", None),
    ],
)
def test_initials_stand_for_the_body_in_the_article(text: str, whole: str, stands_for: str | None) -> None:
    long = Mention(find_span(text, whole), whole, "Organization", "ner")
    at = text.rindex("BLM")
    short = Mention(type(long.span)(at, at + 3), "BLM", "Agency", "gazetteer", key=BUREAU)
    found = settle_acronyms(make_document(text), [long, short])[1]
    assert (found.antecedent, found.key) == ((long.span, None) if stands_for else (None, BUREAU))
    assert found.type == ("Organization" if stands_for else "Agency")


def test_the_body_of_the_tables_named_in_full_keeps_its_initials() -> None:
    text = "The Bureau of Lost Mittens and Blue Lamps Matter met. Later BLM met."
    names = [
        Mention(find_span(text, "Bureau of Lost Mittens"), "Bureau of Lost Mittens", "Agency", "gazetteer", key=BUREAU),
        Mention(find_span(text, "Blue Lamps Matter"), "Blue Lamps Matter", "Organization", "ner"),
        Mention(find_span(text, "BLM"), "BLM", "Agency", "gazetteer", key=BUREAU),
    ]
    assert settle_acronyms(make_document(text), names) == names
