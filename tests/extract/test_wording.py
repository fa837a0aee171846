"""Wordings: what their slots match, what a denial does, and that wrong templates are told."""

import re
from collections.abc import Callable

import pytest

from kg.extract.wording_patterns import FIRST, compile_wording
from kg.records import Extraction
from tests.extract.conftest import facts_of

ONE, TWO, THREE = (chr(FIRST + number) for number in range(3))
CASES = [
    ("{subjects}, author of {object}", f"{ONE}, author of {TWO}", True),
    ("{subjects}, author of {object}", f"{ONE} (R-Utah) and Sen. {TWO}, author of {THREE}", True),
    ("{object}, sponsored by {subjects}", f"{ONE}, sponsored by Republican Sens. {TWO} and {THREE}", True),
    ("the city of {subject}", f"The City of {ONE}", True),
    ("the city of {subject}", "the city of Anytown", False),
    ("the city of {subject}", f"the cityof {ONE}", False),
    ("led by {object}", f"led by the {ONE} {TWO}", True),
    ("{subject} said", f"{ONE} Sheriff {TWO} said", True),
    ("{subject} said", f"{ONE} and the sheriff said", False),
    ("{subject} law", f"{ONE} lawyers", False),
]


@pytest.mark.parametrize(("template", "text", "matches"), CASES)
def test_slots_match_mentions(template: str, text: str, matches: bool) -> None:
    assert bool(compile_wording(template).search(text)) is matches


@pytest.mark.parametrize("template", ["{author} of {object}", "{subject} and {subject}", "({subject}"])
def test_wrong_template_is_told(template: str) -> None:
    with pytest.raises(ValueError, match=r"slots|regular expression"):
        compile_wording(template)


PLACES = [
    ("ICE went to two sanctuary cities: Chicago and Boston.", ["Boston", "Chicago"]),
    ("ICE went to Chicago and Boston, both sanctuary cities.", ["Boston", "Chicago"]),
    ("ICE says that Chicago is a sanctuary city.", ["Chicago"]),
    ("ICE says that Chicago is not a sanctuary city.", []),
    ("If Chicago were a sanctuary city, ICE would know.", []),
    ("Chicago is a sanctuary city.", []),
]


@pytest.mark.parametrize(("text", "subjects"), PLACES)
def test_object_is_what_the_article_names_elsewhere(
    text: str, subjects: list[str], extract: Callable[[str], Extraction]
) -> None:
    extraction = extract(text)
    drafts = [d for d in facts_of(extraction, "limitsCooperationWith") if "sanctuary" in d.evidence.rule]
    printed = {(draft.subject.of(text), draft.object.of(text)) for draft in drafts}  # type: ignore[union-attr]
    assert sorted(printed) == [(subject, "ICE") for subject in subjects]


def test_state_behind_its_city_is_no_member(extract: Callable[[str], Extraction]) -> None:
    text = "ICE went to sanctuary cities such as Oakland, Calif., and Chicago."
    drafts = facts_of(extract(text), "limitsCooperationWith")
    assert {re.sub(r"\W", "", draft.subject.of(text)) for draft in drafts} == {"Oakland", "Chicago"}  # type: ignore[union-attr]
