"""Groups that a sentence lists behind a colon, a dash or in brackets: each member is meant, and nobody else."""

from collections.abc import Callable

import pytest

from kg.records import Extraction
from tests.extract.conftest import facts_of, printed

CASES = [
    ("Three states sued the Justice Department: Oregon, Hawaii and Maine.", ["Hawaii", "Maine", "Oregon"]),
    ("Two states — Oregon and Hawaii — sued the Justice Department.", ["Hawaii", "Oregon"]),
    ("Three cities (Chicago, Seattle and Boston) sued the Justice Department.", ["Boston", "Chicago", "Seattle"]),
    ("Some states sued the Justice Department: Oregon is not among them.", []),
    ("Some lawyers sued the Justice Department over two places: Oregon and Hawaii.", []),
]


@pytest.mark.parametrize(("text", "plaintiffs"), CASES, ids=[text[:30] for text, _ in CASES])
def test_members_behind_a_colon(text: str, plaintiffs: list[str], extract: Callable[[str], Extraction]) -> None:
    found = extract(text)
    assert sorted({printed(draft.subject, found.document) for draft in facts_of(found, "sued")}) == plaintiffs


def test_a_state_and_its_city_are_two_places(extract: Callable[[str], Extraction]) -> None:
    found = extract(
        "The Supreme Court barred the Justice Department from enforcing the rule on New York, New York City and Ohio."
    )
    won = {printed(draft.object, found.document) for draft in facts_of(found, "ruledFor")}
    assert {"New York City", "Ohio"} <= won
