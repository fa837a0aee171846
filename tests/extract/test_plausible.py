"""Drafts that the article's own words speak against: orders of another signer, one place's share, the nation's own money, one's own administration."""

from collections.abc import Callable

import pytest

from kg.records import Extraction
from tests.extract.conftest import drafts

CASES = [
    # an order that the sentence gives to a president is signed by nobody else
    ("President Donald Trump signed an executive order on visas.", "signed", ["Donald Trump"]),
    ("Gov. Jane Roe issued an executive order on visas.", "issued", ["Jane Roe"]),
    ("President Donald Trump thanked Mayor Tom Hale, who signed an executive order on visas.", "signed", []),
    # what one place got is not the size of the pool
    ("The Justice Department spent $165 million on SCAAP in 2015.", "hasFunding", ["SCAAP"]),
    ("The Justice Department gave Cook County $2 million through SCAAP.", "hasFunding", []),
    # the United States lose no money of their own
    ("The Justice Department is withholding grants from Chicago.", "threatensFundingOf", ["Justice Department"]),
    ("The Justice Department is withholding grants from the United States.", "threatensFundingOf", []),
    # nobody blames the administration that is his own
    ("Gov. Tom Hale ripped into the Obama administration for its raids.", "criticizes", ["Tom Hale"]),
    ("President Barack Obama spoke first. He ripped into the Obama administration for its raids.", "criticizes", []),
    ("President Barack Obama spoke first. The mayors wrote to Obama to condemn the administration.", "criticizes", []),
    ("The Trump administration acted. “The administration is a disgrace,” said Tom Hale.", "criticizes", ["Tom Hale"]),
    ("The Trump administration acted. “The administration is a disgrace,” said Donald Trump.", "criticizes", []),
]


@pytest.mark.parametrize(("text", "relation", "subjects"), CASES)
def test_only_what_nothing_refutes(
    text: str, relation: str, subjects: list[str], extract: Callable[[str], Extraction]
) -> None:
    assert [subject for subject, _, _ in drafts(extract(text), relation)] == subjects
