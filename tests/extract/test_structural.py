"""Facts that names and their order state: what lies in what, whose a body is, whose grants these are and how large."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from kg.records import Extraction
from tests.extract.conftest import drafts, facts_of

CASES = [
    ("He moved to Sacramento, Calif.", [("Sacramento", "within", "Calif.")]),
    ("Travis County in Texas answered.", [("Travis County", "within", "Texas")]),
    ("Springfield, Illinois, answered.", [("Springfield", "within", "Illinois")]),
    ("Chicago, Texas and Ohio answered.", []),
    ("Chicago answered Texas.", []),
    ("Washington, D.C., answered.", []),
    ("Sacramento Police Department answered.", [("Sacramento Police Department", "partOf", "Sacramento")]),
    ("Police answered in Sacramento.", []),
    ("The Oregon corrections department answered.", [("corrections department", "partOf", "Oregon")]),
    ("Lane County, Ore., Sheriff's Office answered.",
     [("Lane County", "within", "Ore."), ("Sheriff's Office", "partOf", "Lane County")]),
    ("The House Judiciary Committee voted.", [("House Judiciary Committee", "partOf", "agency/us/house-of-representatives")]),
    ("The Senate Health, Education, Labor and Pensions Committee voted.",
     [("Senate Health, Education, Labor and Pensions Committee", "partOf", "agency/us/senate")]),
    ("The Senate voted with the Judiciary Committee.", []),
    ("Homeland Security's Border Patrol answered.", [("Border Patrol", "partOf", "Homeland Security")]),
    ("In Chicago, the FBI's spokesman was Chicago's FBI man.", []),
    ("The Trump administration's Justice Department answered.", []),
    ("The FBI asked the Civil Rights Division.", []),
    ("Cities want FBI grants.", [("FBI", "administers", "grants")]),
    ("The FBI likes cities.", []),
    ("Cities share $4.1 billion in FBI grants.", [("FBI", "administers", "grants"), ("grants", "hasFunding", "FBI")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), CASES)
def test_structure(text: str, facts: list[tuple[str, str, str]], read_bare: Callable[[str], Extraction]) -> None:
    assert drafts(read_bare(text), "within", "partOf", "administers", "hasFunding") == facts


def test_size_of_a_pool(read_bare: Callable[[str], Extraction]) -> None:
    for words, bound in [("", None), ("more than ", "atLeast"), ("about ", "about")]:
        (draft,) = facts_of(read_bare(f"Cities share {words}$4.1 billion in FBI grants."), "hasFunding")
        assert (draft.qualifiers.amount, draft.qualifiers.bound) == (Decimal("4.1e9"), bound)
