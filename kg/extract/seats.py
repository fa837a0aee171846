"""Which court a judge and which chamber a legislator of a state sits in, where a place and a title settle it.

What enters are a title and the place beside it; what leaves is the path of a court or chamber that the tables have.
"A U.S. district judge in Seattle" sits in the only district court with a seat there; of a state with several
districts, the state's name alone settles nothing.
"""

import re
from collections import defaultdict
from functools import cached_property

from kg.extract.titles import TitleMatch
from kg.geonames import places
from kg.ids import slug
from kg.records import Mention
from kg.reference import Reference

DISTRICT = re.compile(r"United States District Court for the (?:(?:\w+ )?District of )(?P<state>.+)")
TIMES_LARGER = 4
UPPER = {"State Senator", "Senator"}
LOWER = {"State Representative", "Representative", "Assembly Member", "Delegate"}
LOWER_HOUSES = ("state-assembly", "house-of-representatives", "house-of-delegates", "assembly", "general-assembly")


class Seats:
    """Courts by where they sit, chambers by their state."""

    def __init__(self, reference: Reference):
        self._districts: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._states = {state.postal.lower(): slug(state.label) for state in reference.states}
        self._postal = {name: postal for postal, name in self._states.items()}
        self._entries = reference.entries
        for entry in reference.entries.values():
            match = DISTRICT.match(entry.label) if entry.type == "Court" else None
            if match:
                self._districts["", slug(match["state"])].add(entry.id)
                for seat in filter(None, (part.strip() for part in entry.row.get("seat", "").split("|"))):
                    _, _, postal, city = seat.split("/", 3)
                    self._districts[city, ""].add(entry.id)
                    self._districts[city, postal].add(entry.id)

    def court(self, title: TitleMatch, place: Mention) -> str | None:
        """Return the federal district court of a judge whom the words put in a place, or None where several sit there."""
        if "district" not in title.office.title.lower() or place.type != "Jurisdiction":
            return None
        name = slug(place.hint("name") or place.text)
        name = {"new-york-city": "new-york"}.get(name, name)
        within = (place.hint("within") or "").lower()
        found = self._districts.get(("", name) if place.hint("level") == "State" else (name, within), set())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _towns(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for city in places().cities:
            if city["countrycode"] == "US":
                state = found[city["name"]]
                state[city["admin1code"]] = max(state.get(city["admin1code"], 0), city["population"])
        return found

    def state_of(self, town: str) -> str | None:
        """Return the state of a town that is far larger than any other of its name: "D-Dallas" is of Texas."""
        sizes = sorted(((size, state) for state, size in self._towns.get(town, {}).items()), reverse=True)
        if not sizes or (len(sizes) > 1 and sizes[0][0] < TIMES_LARGER * sizes[1][0]):
            return None
        return sizes[0][1]

    def upper(self, state: str) -> str | None:
        """Return the senate of a state, by the state's name."""
        path = f"agency/us/{self._postal.get(slug(state), '')}/state-senate"
        return path if path in self._entries else None

    def chamber(self, title: TitleMatch, state: Mention | str) -> str | None:
        """Return the chamber that a legislator of a state sits in; `state` is its mention, its name or its postal code."""
        name = slug(state if isinstance(state, str) else state.hint("name") or state.text)
        postal = name if name in self._states else self._postal.get(name)
        if postal is None:
            return None
        held = {office.title for office in title.offices}
        names = ("state-senate",) if held & UPPER else LOWER_HOUSES if held & LOWER else ()
        paths = (f"agency/us/{postal}/{name}" for name in names)
        return next((path for path in paths if path in self._entries), None)
