"""Ordinary words with a capital are nobody: what is dropped, and what stays."""

from collections.abc import Callable

import pytest

from kg.extract.ordinary import drop_ordinary, is_ordinary
from kg.extract.passages import Passage
from kg.records import Mention, Span

WORDS = frozenset({"amnesty", "law", "heartbroken", "deport", "send", "booker"})


@pytest.mark.parametrize(
    ("word", "ordinary"),
    [("Laws", True), ("Deported", True), ("Heartbroken", True), ("Everyone", True), ("Quibby", False), ("Ruiz", False)],
)
def test_forms_of_words_are_ordinary(word: str, ordinary: bool) -> None:
    assert is_ordinary(word, WORDS) is ordinary


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("Heartbroken to hear it. Ruiz wept.", ["Heartbroken", "Ruiz"], ["Ruiz"]),
        ("Laws matter, and Laws too.", ["Laws"], ["Laws"]),  # it stands with a capital within a sentence
        ("Booker left.", ["Booker"], ["Booker"]),  # a surname of the tables
        ("Cory Booker spoke. Booker left.", ["Cory Booker", "Booker"], ["Cory Booker", "Booker"]),
    ],
)
def test_only_a_sentence_opening_word_is_dropped(
    text: str, names: list[str], kept: list[str], passage_of: Callable[[str], Passage]
) -> None:
    passage = passage_of(text)
    mentions = []
    for name in names:
        starts = [i for i in range(len(text)) if text.startswith(name, i)]
        mentions += [Mention(Span(i, i + len(name)), name, "Person", "ner") for i in starts[:1]]
    if "Laws too" in text:
        mentions.append(Mention(Span(17, 21), "Laws", "Person", "ner"))
    surnames = frozenset({"Booker"} if text == "Booker left." else set())
    assert sorted({m.text for m in drop_ordinary([passage], mentions, WORDS, surnames)}) == sorted(kept)


def test_shouted_word_is_no_organisation(passage_of: Callable[[str], Passage]) -> None:
    passage = passage_of("Please SEND money.")
    shouted = Mention(Span(7, 11), "SEND", "Organization", "ner")
    assert drop_ordinary([passage], [shouted], WORDS, frozenset()) == []


def test_initials_stay(passage_of: Callable[[str], Passage]) -> None:
    passage = passage_of("The LAPD answered.")
    initials = Mention(Span(4, 8), "LAPD", "Organization", "ner")
    assert drop_ordinary([passage], [initials], WORDS | {"lap"}, frozenset()) == [initials]
