"""Executive orders that are described: who signed them and when, for linking to find their number."""

from collections.abc import Callable

import pytest

from kg.records import Extraction
from tests.extract.conftest import named

CASES = [
    ("President Trump signed an executive order in January.", [("executive order", {"signed_by": "Trump", "date": "2018-01"})]),
    ("The executive order was signed by Obama on May 3, 2016.", [("executive order", {"signed_by": "Obama", "date": "2016-05-03"})]),
    ("In 2012 he signed the executive order.", [("executive order", {"signed_by": "Obama", "date": "2012"})]),  # of the president then
    ("The executive order is old.", [("executive order", {"signed_by": "Trump"})]),  # of whoever was president at the time
    ("Obama and Trump spoke of the executive order.", [("executive order", {})]),
    ("The executive order was debated on Monday.", [("executive order", {"signed_by": "Trump"})]),
    ("Executive orders are common.", []),
    ("They must execute orders.", []),
    ("Executive Order 13768 is old.", []),  # a citation, which says more
]  # fmt: skip


@pytest.mark.parametrize(("text", "orders"), CASES)
def test_described_orders(
    text: str, orders: list[tuple[str, dict[str, str]]], read_bare: Callable[[str], Extraction]
) -> None:
    found = [(words, hints) for words, kind, hints in named(read_bare(text), "pattern") if kind == "ExecutiveOrder"]
    assert found == orders
