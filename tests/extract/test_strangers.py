"""Speakers that no finder of names marks: which names become mentions, and which words never do."""

import pytest

from kg.extract.article import split_article
from kg.extract.strangers import find_strangers
from kg.records import Document, Mention, Span

SAID = "“We will keep every door open,” said {who}."
TOLD = "“We will keep every door open,” {who} says on its website."

POSTED = "We will keep every door of this town open! — {who} (@doors) March 7, 2018"

CASES = [
    (SAID, "Channel7", ["Organization Channel7"]),
    (SAID, "Openness.com", ["Organization Openness.com"]),
    (TOLD, "Anytown Doors & Windows PAC", ["Organization Anytown Doors & Windows PAC"]),
    (SAID, "Open Nurses United’s statement", ["Organization Open Nurses United"]),
    (SAID, "Susan Poe", ["Person Susan Poe"]),
    (POSTED, "Anytown Bay Doormen", ["Organization Anytown Bay Doormen"]),
    (POSTED, "Oak Pine", []),
    (POSTED, "Oak J. Pine", []),
    (SAID, "Anytown Bay Doormen", []),
    (SAID, "Oak Pine", []),
    (SAID, "Critics", []),
    (SAID, "a lawyer", []),
    (SAID, "the Anytown Police Department", []),
    (SAID, "Anytown officials", []),
]


@pytest.mark.parametrize(("sentence", "who", "wanted"), CASES)
def test_strangers(sentence: str, who: str, wanted: list[str]) -> None:
    text = sentence.replace("{who}", who)
    found = find_strangers(Document("d", text, "", ""), split_article(text), [])
    assert [f"{m.type} {m.text}" for m in found] == wanted
    assert all(m.span.of(text) == m.text for m in found)


def test_every_occurrence_but_inside_another_name() -> None:
    text = "Friends of Channel7 Fund met. “We will keep every door open,” said Channel7. Channel7 left."
    whole = "Friends of Channel7 Fund"
    found = find_strangers(
        Document("d", text, "", ""), split_article(text), [Mention(Span(0, len(whole)), whole, "Organization", "test")]
    )
    assert [m.span.start for m in found] == [text.index("Channel7. "), text.index("Channel7 left")]
