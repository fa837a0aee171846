"""Aliases of the reference tables in running text."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from spacy.language import Language

from kg.extract.gazetteer import Gazetteer
from kg.extract.passages import Passage
from kg.records import Extraction
from kg.reference import Reference, ReferenceEntry


def entry(path: str, kind: str, label: str, *aliases: str) -> ReferenceEntry:
    return ReferenceEntry(path, kind, label, aliases, (), (), {}, "test:1")


@pytest.fixture(scope="module")
def gazetteer(reference: Reference, blank: Language) -> Gazetteer:
    rows = [
        entry("agency/us/ox", "Agency", "Office of Oxen", "Ox Office", "OX", "Farmers' Office"),
        entry("agency/us/yak", "Agency", "Bureau of Yaks", "YAK", "the herd"),
        entry("program/yak", "FundingProgram", "Yak Grants", "YAK"),
        entry("person/ana-ruiz", "Person", "Ana Ruiz", "Ruiz", "President Ana Ruiz"),
        entry("organization/twitter", "Organization", "Twitter"),
    ]
    return Gazetteer(replace(reference, entries={row.id: row for row in rows}), blank)


CASES = [
    # (text, what is found, with its key or the candidates)
    ("The Office of Oxen met.", [("Office of Oxen", "agency/us/ox")]),
    ("The OFFICE OF OXEN met.", [("OFFICE OF OXEN", "agency/us/ox")]),
    ("The office of oxen met.", []),
    ("OX met.", [("OX", "agency/us/ox")]),
    ("The ox met Ox.", []),
    ("The Farmers’ Office met.", [("Farmers’ Office", "agency/us/ox")]),
    ("The Farmers' Office met.", [("Farmers' Office", "agency/us/ox")]),
    ("YAK met.", [("YAK", "agency/us/yak|program/yak")]),  # shared: for linking to decide
    ("Ana Ruiz met.", [("Ana Ruiz", "person/ana-ruiz")]),
    ("President Ana Ruiz met.", [("Ana Ruiz", "person/ana-ruiz")]),  # the title is an office
    ("Twitter sued.", [("Twitter", "organization/twitter")]),
    ("He said so on Twitter.", []),
    ("A Twitter post said so.", []),
    ("Facebook Twitter Pinterest Ana Ruiz walks.", [("Ana Ruiz", "person/ana-ruiz")]),
    ("Ana Ruiz Jr. met Ana Ruiz.", [("Ana Ruiz", "person/ana-ruiz")]),  # the father only
    ("Ruiz met.", []),  # a bare surname is no name of one person
    ("OXEN met.", []),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_aliases(
    text: str, found: list[tuple[str, str]], gazetteer: Gazetteer, passage_of: Callable[[str], Passage]
) -> None:
    mentions = list(gazetteer.find(passage_of(text)))
    assert [(mention.text, mention.key or mention.hint("candidates")) for mention in mentions] == found
    assert all(mention.span.of(text) == mention.text and mention.found_by == "gazetteer" for mention in mentions)


def test_committee_goes_without_the_word_before_its_chairman(read_bare: Callable[[str], Extraction]) -> None:
    """The chairman of "Senate Judiciary" is the committee's; the Senate alone is another body."""
    found = {
        text: {m.text for m in read_bare(text).mentions if m.type == "LegislativeBody"}
        for text in ("Senate Judiciary Chairman Ana Ruiz spoke.", "Senate Judiciary rules are old.")
    }
    assert list(found.values()) == [{"Senate Judiciary"}, {"Senate"}]
