"""Which court and which chamber a place and a title settle."""

import pytest

from kg.extract.seats import Seats
from kg.extract.titles import TitleMatch
from kg.records import Mention, Span
from kg.reference import Reference


def place(name: str, **hints: str) -> Mention:
    """Return a mention of a place."""
    return Mention(Span(0, len(name)), name, "Jurisdiction", "place", hints=tuple(sorted(hints.items())))


def title(name: str, reference: Reference) -> TitleMatch:
    """Return a title of the tables."""
    return TitleMatch(0, 1, tuple(office for office in reference.offices if office.title == name), prenominal=True)


COURTS = [
    ("U.S. District Judge", place("Seattle"), "court/us/w-d-wash"),
    ("U.S. District Judge", place("Honolulu", within="HI"), "court/us/d-haw"),
    ("U.S. District Judge", place("Hawaii", level="State"), "court/us/d-haw"),
    ("U.S. District Judge", place("California", level="State"), None),  # four districts
    ("U.S. District Judge", place("Wilmington"), None),  # in Delaware and in North Carolina
    ("U.S. District Judge", place("Anytown"), None),
    ("Judge", place("Seattle"), None),
]


@pytest.mark.parametrize(("name", "where", "court"), COURTS)
def test_court(name: str, where: Mention, court: str | None, reference: Reference) -> None:
    assert Seats(reference).court(title(name, reference), where) == court


def test_state_of_a_town(reference: Reference) -> None:
    seats = Seats(reference)
    towns = ("Dallas", "Springfield", "Anytown")
    assert [seats.state_of(town) for town in towns] == ["TX", None, None]


CHAMBERS = [
    ("State Senator", "Oregon", "agency/us/or/state-senate"),
    ("State Representative", "TX", "agency/us/tx/house-of-representatives"),
    ("Assembly Member", "California", "agency/us/ca/state-assembly"),
    ("State Senator", "Atlantis", None),
    ("Mayor", "Oregon", None),
]


@pytest.mark.parametrize(("name", "state", "chamber"), CHAMBERS)
def test_chamber(name: str, state: str, chamber: str | None, reference: Reference) -> None:
    assert Seats(reference).chamber(title(name, reference), state) == chamber
