"""Titles of offices in running text."""

from collections.abc import Callable

import pytest

from kg.extract.passages import Passage
from kg.extract.titles import TitleMatcher

CASES = [
    # (text, title as printed, office, whether a name may follow, plural)
    ("Mayor Ana Ruiz answered.", [("Mayor", "Mayor", True, False)]),
    ("The mayor answered.", [("mayor", "Mayor", False, False)]),
    ("Gov. Ana Ruiz answered.", [("Gov.", "Governor", True, False)]),
    ("Attorney General Ana Ruiz answered.", [("Attorney General", "Attorney General", True, False)]),
    ("The treasurers answered.", [("treasurers", "State Treasurer", False, True)]),
    ("He led the way.", []),
    ("In general, they rep the head.", []),
    ("Ana Ruiz answered.", []),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_titles(
    text: str, found: list[tuple[str, str, bool, bool]], passage_of: Callable[[str], Passage], titles: TitleMatcher
) -> None:
    doc = passage_of(text).doc
    assert [
        (doc[title.start : title.end].text, title.office.title, title.prenominal, title.plural)
        for title in titles.find(doc, set())
    ] == found


def test_modifiers_belong_to_the_title(passage_of: Callable[[str], Passage], titles: TitleMatcher) -> None:
    doc = passage_of("The senior state treasurer answered.").doc
    assert [doc[title.start : title.end].text for title in titles.find(doc, set())] == ["senior state treasurer"]


def test_words_of_mentions_are_no_titles(passage_of: Callable[[str], Passage], titles: TitleMatcher) -> None:
    doc = passage_of("The Mayor answered.").doc
    assert titles.find(doc, {1}) == []
