"""Amounts: value, bound, period, and what is no amount of dollars."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.money import find_money

CASES = [
    # (text, [(printed, amount, bound, per year)])
    ("seeking $4.1 billion in grants", [("$4.1 billion", "4100000000", None, False)]),
    ("a $929m (£711m) grant", [("$929m", "929000000", None, False)]),
    ("and a $2.5bn grant", [("$2.5bn", "2500000000", None, False)]),
    ("hands out @$2.2 billion each year", [("$2.2 billion", "2200000000", None, True)]),
    ("US$5 million", [("US$5 million", "5000000", None, False)]),
    ("A$5 million and C$3m and £2 billion and €4bn", []),
    ("received $315 million", [("$315 million", "315000000", None, False)]),
    ("received $315,400.50.", [("$315,400.50", "315400.5", None, False)]),
    ("a $50 fine", [("$50", "50", None, False)]),
    ("$50 many thanks", [("$50", "50", None, False)]),
    ("a $600-million program", [("$600-million", "600000000", None, False)]),
    ("millions of dollars, a few dollars, 50 cents", []),
    ("20 million people and 5 million votes", []),
    ("20 million dollars", [("20 million dollars", "20000000", None, False)]),
    ("half a billion dollars, two million dollars", [
        ("half a billion dollars", "500000000", None, False), ("two million dollars", "2000000", None, False)]),
    ("more than $2 million", [("$2 million", "2000000", "atLeast", False)]),
    ("over $250 million a year", [("$250 million", "250000000", "atLeast", True)]),
    ("a lawsuit over $250 million", [("$250 million", "250000000", None, False)]),
    ("at least $2 million", [("$2 million", "2000000", "atLeast", False)]),
    ("$2 million or more", [("$2 million", "2000000", "atLeast", False)]),
    ("a $2 million-plus award", [("$2 million", "2000000", "atLeast", False)]),
    ("nearly $6 million", [("$6 million", "6000000", "about", False)]),
    ("approximately $1 billion annually", [("$1 billion", "1000000000", "about", True)]),
    ("some $4 billion", [("$4 billion", "4000000000", "about", False)]),
    ("some of $4 billion", [("$4 billion", "4000000000", None, False)]),
    ("as much as $4.1 billion", [("$4.1 billion", "4100000000", "atMost", False)]),
    ("up to $4.1 billion", [("$4.1 billion", "4100000000", "atMost", False)]),
    ("Less than $1 million", [("$1 million", "1000000", "atMost", False)]),
    ("no more than $1 million", [("$1 million", "1000000", "atMost", False)]),
    ("no less than $1 million", [("$1 million", "1000000", "atLeast", False)]),
    ("its $6 billion annual budget", [("$6 billion", "6000000000", None, True)]),
    ("annual grants of $6 billion", [("$6 billion", "6000000000", None, True)]),
    ("$3 million in federal money per year", [("$3 million", "3000000", None, True)]),
    ("$3 million last year", [("$3 million", "3000000", None, False)]),
    ("$3 million to $5 million", [("$3 million", "3000000", "atLeast", False), ("$5 million", "5000000", "atMost", False)]),
    ("$3 to $5 million a year", [("$3", "3000000", "atLeast", True), ("$5 million", "5000000", "atMost", True)]),
    ("$3-$5 million", [("$3", "3000000", "atLeast", False), ("$5 million", "5000000", "atMost", False)]),
    ("between $3m and $5m", [("$3m", "3000000", "atLeast", False), ("$5m", "5000000", "atMost", False)]),
    ("$3m and $5m", [("$3m", "3000000", None, False), ("$5m", "5000000", None, False)]),
    ("rose from $3 million to $5 million", [("$3 million", "3000000", None, False), ("$5 million", "5000000", None, False)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_amounts(text: str, wanted: list[tuple[str, str, str | None, bool]]) -> None:
    found = [(m.span.of(text), m.amount, m.bound, m.per_year) for m in find_money(text)]
    assert found == [(printed, Decimal(amount), bound, yearly) for printed, amount, bound, yearly in wanted]


@given(
    st.lists(
        st.sampled_from(["$", "3", "5.5", " million", "bn", " to ", "-", " and ", "over ", " a year", "£", ",", "a"]),
        max_size=15,
    )
)
def test_spans_hold_the_printed_amount(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = find_money(text)
    assert [m.span for m in found] == sorted(m.span for m in found)
    for mention in found:
        assert any(c.isdigit() for c in mention.span.of(text)) or "dollars" in mention.span.of(text)
        assert mention.amount >= 0
