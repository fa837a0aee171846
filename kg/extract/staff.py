"""Whom somebody serves who works for an office holder: "a spokesman for Mayor Ana Ruiz" speaks for her city.

What enters are an office, the person behind whom or for whom it is held, and the offices that the article has given so
far; what leaves is whom that person serves, or None. A person's office counts as the body that the person serves.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from kg.extract.holders import Holders
from kg.extract.titles import TitleMatch
from kg.records import Argument, Mention

STAFF = {
    "Spokesman",
    "Press Secretary",
    "Communications Director",
    "Chief of Staff",
    "Adviser",
    "Policy Analyst",
    "Official",
}
"""Offices that somebody holds under an office holder."""
LOOSE = {"Adviser"}
"""Those of them that friends and campaigns have too: only the president's own count, while he sits."""


class Office(Protocol):
    """An office that has been read."""

    @property
    def person(self) -> Mention: ...
    @property
    def organization(self) -> Argument | None: ...
    @property
    def former(self) -> bool: ...
    @property
    def title(self) -> str: ...
    @property
    def rule(self) -> str: ...


def employer(
    title: TitleMatch, chief: Mention, offices: Iterable[Office], holders: Holders, published: date | None
) -> Argument | None:
    """Return whom somebody serves who holds a staff office under the person `chief`, by the tables, else the article."""
    if title.office.title not in STAFF:
        return None
    sitting = holders.sitting(chief, published)
    if title.office.title in LOOSE:
        return sitting if sitting == "jurisdiction/us" else None
    surname = chief.text.split()[-1]
    said = [
        office
        for office in offices
        if office.organization is not None and office.title and office.person.text.split()[-1] == surname
        and office.rule != "staff"
    ]  # fmt: skip
    said.sort(key=lambda office: office.former)
    return sitting or (said[0].organization if said else None)
