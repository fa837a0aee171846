"""Citations of laws, in the forms of courts and in those of news, with the law that they settle."""

from collections.abc import Callable

import pytest

from kg.records import Extraction
from tests.extract.conftest import Found, named


def usc(words: str, section: str = "1373") -> Found:
    return (words, "Statute", {"key": f"law/us/usc/8/{section}"})


CASES: list[tuple[str, list[Found]]] = [
    ("8 U.S.C. 1373 applies.", [usc("8 U.S.C. 1373")]),
    ("8 USC 1373 applies.", [usc("8 USC 1373")]),
    ("8 U.S.C. § 1373 applies.", [usc("8 U.S.C. § 1373")]),
    ("8 U.S.C. § 1373(a) applies.", [usc("8 U.S.C. § 1373(a)")]),
    ("8 U.S. Code Section 1373 applies.", [usc("8 U.S. Code Section 1373")]),
    ("8 USC 1373 and 1644 apply.", [usc("8 USC 1373"), usc("1644", "1644")]),
    ("Title 8, Section 1373 applies.", [usc("Title 8, Section 1373")]),
    ("Section 1373 of Title 8 applies.", [usc("Section 1373 of Title 8")]),
    ("Section 1373 applies.", [("Section 1373", "Statute", {"key": "law/us/usc/8/1373", "section": "1373"})]),
    ("Section 98765 applies.", [("Section 98765", "Statute", {"section": "98765"})]),  # no table has it
    ("Section 8 housing is scarce.", []),
    ("He lives in apartment 1373 on page 8.", []),
    ("Executive Order 13768 applies.", [("Executive Order 13768", "ExecutiveOrder", {"key": "law/us/eo/13768"})]),
    ("E.O. 12866 applies.", [("E.O. 12866", "ExecutiveOrder", {"key": "law/us/eo/12866"})]),
    ("They order 13768 pizzas.", []),
    (
        "Article I, Section 8, Clause 4 applies.",
        [
            (
                "Article I, Section 8, Clause 4",
                "ConstitutionalProvision",
                {"key": "law/us/const/article/1/section/8/clause/4"},
            )
        ],
    ),
    ("Article I of the journal applies.", []),
    ("Proclamation 9844 applies.", [("Proclamation 9844", "ExecutiveOrder", {"key": "law/us/proclamation/9844"})]),
    (
        "The Tenth Amendment applies.",
        [("Tenth Amendment", "ConstitutionalProvision", {"key": "law/us/const/amendment/10"})],
    ),
    (
        "The 14th Amendment applies.",
        [("14th Amendment", "ConstitutionalProvision", {"key": "law/us/const/amendment/14"})],
    ),
    ("The tenth amendment to the bill failed.", []),
    ("SB 54 passed.", [("SB 54", "Bill", {"bill": "SB 54"})]),
    ("A.B. 4 passed.", [("A.B. 4", "Bill", {"bill": "AB 4"})]),
    ("H.R. 3003 passed.", [("H.R. 3003", "Bill", {"bill": "HR 3003"})]),
    ("Assembly Bill 4 passed.", [("Assembly Bill 4", "Bill", {"bill": "AB 4"})]),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_citations(text: str, found: list[Found], read_bare: Callable[[str], Extraction]) -> None:
    for place in ("", "They met. ", "“Well,” "):  # wherever it stands, with right offsets
        whole = place + text
        extraction = read_bare(whole)
        assert named(extraction, "citation") == found
        assert all(mention.span.of(whole) == mention.text for mention in extraction.mentions)
