"""Descriptions and pronouns: whom they stand for, and when nobody is better than somebody wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ConfigurationError
from kg.extract.coreference import read_nominals
from kg.records import Extraction
from tests.extract.conftest import Found, named

FEDERAL = {"organization": "agency/us/department-of-justice", "title": "Attorney General"}

CASES: list[tuple[str, list[Found]]] = [
    ("Mayor Ana Ruiz answered. The mayor left. She was tired.", [("The mayor", "Person", {"for": "Ana Ruiz"}), ("She", "Person", {"for": "Ana Ruiz"})]),
    ("Gov. Ana Ruiz answered Mayor Tom Vance. The governor left.", [("The governor", "Person", {"for": "Ana Ruiz"})]),
    ("Gov. Ana Ruiz answered. The mayor left.", []),
    ("The Justice Department answered. The department left.", [("The department", "Agency", {"for": "Justice Department"})]),
    ("The FBI answered. The department left.", []),
    ("The department left.", []),
    ("The Cato Institute answered. The institute left.", [("The institute", "Organization", {"for": "Cato Institute"})]),
    ("The Cato Institute answered. The foundation left.", []),
    ("The American Civil Liberties Union answered. Ana Ruiz heard the State of the Union.", []),
    ("Chicago sued. The city won.", [("The city", "Jurisdiction", {"for": "Chicago"})]),
    ("Cook County sued. The county won. The city lost.", [("The county", "Jurisdiction", {"for": "Cook County"})]),
    ("Oregon sued. The state won.", [("The state", "Jurisdiction", {"for": "Oregon"})]),
    ("SB 54 passed. The bill helps.", [("The bill", "Bill", {"for": "SB 54"})]),
    ("The bill helps.", []),
    ("The bill helps. Lawyers read SB 54.", [("The bill", "Bill", {"for": "SB 54"})]),
    ("The bill helps. Lawyers read SB 54 and AB 4.", []),
    ("The Affordable Care Act passed. The bill helps.", []),  # long a law
    ("The Clean Power Plan passed. The plan helps. The plan to stay helps.", [("The plan", "Law", {"for": "Clean Power Plan"})]),
    ("DACA passed. The plan helps. The proposal helps.", []),
    ("DACA passed. The program helps. The policy hurts.", [("The program", "Law", {"for": "DACA"}), ("The policy", "Law", {"for": "DACA"})]),
    ("The Graham-Cassidy bill failed. Critics read the proposal.", [("the proposal", "Bill", {"for": "Graham-Cassidy bill"})]),
    ("The Graham-Cassidy bill failed. Others wrote a bipartisan bill. Critics read the proposal.", []),  # the other one
    # the law of the state that the article is about, not one that it compares it with
    ("Texas met. Texas voted. Texas waited. SB 4 passed. Lawyers looked at the Arizona immigration law. The lawyers took a long time to read it from one end to the other, and "
     "then they all went home. The law helps.", [("The law", "Bill", {"for": "SB 4"})]),
    ("Texas met. Texas voted. Texas waited. SB 4 passed. Lawyers looked at the Arizona immigration law. The law helps.", [("The law", "Statute", {"for": "Arizona immigration law"})]),
    # nobody is named, and the office tells: linking looks up who held it
    ("The attorney general left.", [("The attorney general", "Person", FEDERAL)]),
    ("The president left.", [("The president", "Person", {"organization": "jurisdiction/us", "title": "President"})]),
    # always the same entity
    ("The federal government left.", [("The federal government", "Jurisdiction", {"key": "jurisdiction/us"})]),
    # pronouns
    ("She was tired.", []),
    ("Mrs. Ruiz left. Mayor Tom Vance left. She was tired.", [("She", "Person", {"for": "Ruiz"})]),
    ("The FBI left. He was tired.", []),
    ("Mayor Ana Ruiz left. IT IS HIS.", []),
    ("Mayor Ana Ruiz met Gov. Tom Vance. He was tired. She was not.", [("He", "Person", {"for": "Tom Vance"}), ("She", "Person", {"for": "Ana Ruiz"})]),
    # who speaks the quotation is meant, whoever is named in it or before it
    ("Mayor Tom Vance met Paul Doe. “Bill Roe is a bully and we all know it,” Vance said. “We will not go there again,” he said.", [("he", "Person", {"for": "Vance"})]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CASES)
def test_descriptions_and_pronouns(text: str, found: list[Found], read_bare: Callable[[str], Extraction]) -> None:
    assert named(read_bare(text), "coreference") == found


def test_pronoun_inside_a_quotation_is_left_alone(read_bare: Callable[[str], Extraction]) -> None:
    """Who "he" is in somebody else's mouth is not told by the article's own order of names."""
    text = "Mayor Ana Ruiz left. “Everybody knew that she was very tired by then,” Ruiz said."
    assert named(read_bare(text), "coreference") == []


def test_shipped_descriptions_are_readable() -> None:
    assert len(read_nominals()) > 10


@pytest.mark.parametrize("wrong", ["- {word: the ox, type: Agency}", "- {words: the ox}", "- {type: Agency}"])
def test_wrong_description_is_an_error_that_says_what_is_allowed(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "nominals.yaml"
    path.write_text("- {words: the yak, type: Agency}\n" + wrong, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"entry 2.*Allowed are .*label.*words"):
        read_nominals(path)
