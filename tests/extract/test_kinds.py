"""One kind for a guessed name in an article: what the words around its mentions make of it, and what they leave alone."""

import re
from collections.abc import Callable

import pytest

from kg.extract.kinds import settle_kinds
from kg.extract.passages import Passage
from kg.records import Mention, Span

WORDS = frozenset({"branch", "pine"})


def guess(text: str, name: str, kind: str, found_by: str = "ner") -> list[Mention]:
    return [
        Mention(Span(*match.span()), name, kind, found_by) for match in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]


@pytest.mark.parametrize(
    ("text", "name", "taken_for", "kind"),
    [
        ("said Ilsa Quibb, president of the Roe Fund.", "Ilsa Quibb", "Organization", "Person"),
        ("Ilsa Quibb, a longtime housing activist, wept.", "Ilsa Quibb", "Organization", "Person"),
        ("It was Ilsa Quibb. “No,” Quibb said.", "Ilsa Quibb", "Organization", "Person"),
        ("It was Ilsa Quibb. “No,” said Quibb.", "Ilsa Quibb", "Organization", "Person"),
        ("It was Ilsa Quibb. Ms. Quibb wept.", "Ilsa Quibb", "Organization", "Person"),
        ("said Quibb Ratings, a credit agency.", "Quibb Ratings", "Person", "Organization"),
        ("said Oak Pine, a nonpartisan research group.", "Oak Pine", "Person", "Organization"),
        # the words say nothing, or what stands beside the name is somebody else
        ("We met Ilsa Quibb there.", "Ilsa Quibb", "Organization", "Organization"),
        ("We met Ilsa Quibb there.", "Ilsa Quibb", "Person", "Person"),
        ("At Oak Pine, whose president resigned, all is well.", "Oak Pine", "Organization", "Organization"),
        ("At Quibb Partners, president Ann Roe resigned.", "Quibb Partners", "Organization", "Organization"),
        ("The Quibb Group met. “No,” Ann Group said.", "Quibb Group", "Organization", "Organization"),
        ("said Oak Pine, a group leader.", "Oak Pine", "Person", "Person"),
    ],
)
def test_a_name_is_what_the_article_says(
    text: str, name: str, taken_for: str, kind: str, passage_of: Callable[[str], Passage]
) -> None:
    found = settle_kinds([passage_of(text)], guess(text, name, taken_for), WORDS, frozenset({"Pine"}))
    assert {m.type for m in found} == {kind}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He called the Pentagon's Joint Quibb Staff. The Joint Quibb Staff wept.", "Joint Quibb Staff", "Agency"),
        ("He called the Pentagon's Quibb Friends.", "Quibb Friends", "Organization"),
        ("He called the Pentagon and the Joint Quibb Staff.", "Joint Quibb Staff", "Organization"),
    ],
)
def test_a_unit_of_a_public_body_is_public(
    text: str, name: str, kind: str, passage_of: Callable[[str], Passage]
) -> None:
    mentions = [*guess(text, "Pentagon", "Agency", "gazetteer"), *guess(text, name, "Organization")]
    found = settle_kinds([passage_of(text)], mentions, WORDS, frozenset())
    assert {m.type for m in found if m.text == name} == {kind}


def test_what_a_table_or_a_title_has_found_stays(passage_of: Callable[[str], Passage]) -> None:
    text = "said Quibb Ratings, a credit agency."
    found = settle_kinds(
        [passage_of(text)], guess(text, "Quibb Ratings", "Person", "office"), WORDS, frozenset({"Pine"})
    )
    assert [m.type for m in found] == ["Person"]


@pytest.mark.parametrize(
    ("text", "name", "others", "stays"),
    [
        ("They fear the Executive Branch.", "Branch", [], False),
        ("They asked President Branch.", "Branch", [], True),
        ("They asked Senate Pine.", "Pine", [], True),  # a surname of the tables
        ("Ann Branch spoke. “No,” Branch said.", "Branch", [("Ann Branch", "Person")], True),
        ("So Paris was bad. We met in Paris.", "Paris", [], True),
        ("They crossed the Ann Roe Bridge.", "Ann Roe Bridge", [], False),
        ("We met Ann Bridge.", "Ann Bridge", [], True),
    ],
)
def test_a_part_of_another_name_is_nobody(
    text: str, name: str, others: list[tuple[str, str]], stays: bool, passage_of: Callable[[str], Passage]
) -> None:
    mentions = [m for other, kind in others for m in guess(text, other, kind)]
    covered = [m.span for m in mentions]
    mentions += [m for m in guess(text, name, "Person") if not any(span.covers(m.span) for span in covered)]
    found = settle_kinds([passage_of(text)], mentions, WORDS, frozenset({"Pine"}))
    assert (name in [m.text for m in found]) is stays


def test_a_name_that_is_a_place_elsewhere_is_nobody(passage_of: Callable[[str], Passage]) -> None:
    text = "They met in Quibb. So Quibb was a bad deal."
    place, person = guess(text, "Quibb", "Person")
    place = Mention(place.span, "Quibb", "Jurisdiction", "place")
    assert settle_kinds([passage_of(text)], [place, person], WORDS, frozenset({"Pine"})) == [place]


def test_the_first_word_of_a_body_is_the_body(passage_of: Callable[[str], Passage]) -> None:
    text = "The Quibb Group inspects jails. Quibb inspections are slow."
    mentions = [*guess(text, "Quibb Group", "Organization"), *guess(text, "Quibb", "Person")[1:]]
    assert {m.type for m in settle_kinds([passage_of(text)], mentions, WORDS, frozenset({"Pine"}))} == {"Organization"}
