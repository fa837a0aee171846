"""Sentences as strings of codes: one letter for each mention, title or word."""

from collections.abc import Callable

import pytest

from kg.extract.codes import encode_sentence
from kg.extract.passages import MentionIndex, Passage, token_numbers
from kg.extract.titles import TitleMatcher
from kg.records import MentionKind
from tests.extract.conftest import make_mention

TYPES = {"Miami-Dade County": "Jurisdiction", "Chicago": "Jurisdiction", "Open Doors League": "Organization", "Ana Ruiz": "Person",
         "Tom Vance": "Person", "Fair Acts Act": "Statute", "Byrne JAG": "FundingProgram", "Weekly Report": "Publication"}  # fmt: skip

CASES = [
    ("Miami-Dade County Mayor Ana Ruiz", "LTP"),
    ("Chicago's mayor", "LsT"),
    ("former Governor Ana Ruiz, then interim of Chicago", "FTPcFCoL"),
    ("Ana Ruiz, the president of the Open Doors League", "PcdTodG"),
    ("treasurers including Ana Ruiz and Tom Vance", "tuPnP"),
    ("Ana Ruiz (who is mayor)", "PbwiTe"),
    ("Ana Ruiz likes the Fair Acts Act", "PxdW"),
    ("Byrne JAG in the Weekly Report", "ModR"),
    ("“Republican” Chicago: nobody", "qmqLkx"),
]


@pytest.mark.parametrize(("text", "codes"), CASES)
def test_codes_of_a_sentence(text: str, codes: str, passage_of: Callable[[str], Passage], titles: TitleMatcher) -> None:
    passage = passage_of(text)
    mentions = [make_mention(text, name, kind) for name, kind in TYPES.items() if name in text]
    found = titles.find(passage.doc, token_numbers(passage, mentions))
    coded = encode_sentence(next(passage.sentences()), MentionIndex(passage, mentions), found)
    assert coded.text == codes
    assert len(coded.items) == len(coded.text)
    assert [item.start for item in coded.items[1:]] == [item.end for item in coded.items[:-1]], (
        "the items cover every token"
    )


def test_description_is_no_name(passage_of: Callable[[str], Passage]) -> None:
    text = "the department met"
    mention = make_mention(text, "the department", "Agency", "coreference", kind=MentionKind.NOMINAL)
    passage = passage_of(text)
    assert encode_sentence(next(passage.sentences()), MentionIndex(passage, [mention]), []).text == "dxx"
