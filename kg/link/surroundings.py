"""The places decided so far in one document, and what of them stands beside a name: a scene in, evidence out."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kg.link.families import JURISDICTION, family
from kg.link.gazetteer import DISTRICT, US, Gazetteer, Place
from kg.link.names import fold
from kg.link.placewords import (
    CITY_AFTER,
    CITY_BEFORE,
    CITY_TITLES,
    IN,
    LIST_GAP,
    STATE_AFTER,
    STATE_BEFORE,
    STATE_TITLES,
    Question,
    size_of,
)
from kg.link.scene import Scene
from kg.records import Span

REACH = 160
"""Characters on each side within which two places count as neighbours."""
LONG_PLACE = 80
"""No place has a longer name, in characters."""
MUCH_SMALLER = 5
"""Times that a county is larger than the city of its name, from where the bare name may be the county's."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one name, and what the article says elsewhere."""

    city: bool = False
    state: bool = False
    after_city: str | None = None
    neighbours: tuple[Place, ...] = ()
    levels: frozenset[str] = frozenset()
    votes: Counter[str] = field(default_factory=Counter)
    countries: frozenset[str] = frozenset()
    in_full: frozenset[str] = frozenset()
    cities: tuple[Place, ...] = ()

    def rivals(self, county: Place) -> bool:
        """Tell whether a county's bare name is rather that of a city: one of its state, named in full or not much smaller."""
        return any(
            city.state == county.state
            and (city.path in self.in_full or city.population * MUCH_SMALLER >= size_of(county))
            for city in self.cities
        )

    def vote(self, place: Place) -> float:
        """Return the share of the article's votes that go to a place's state."""
        return self.votes[place.state or ""] / (sum(self.votes.values()) + 0.5)


class Surroundings:
    """The places decided so far in one document, as the next pass sees them."""

    def __init__(self, scene: Scene):
        self.gazetteer = scene.catalog.gazetteer
        self._text = scene.document.text
        self._decided = list(scene.decided(JURISDICTION))
        self._starts = [mention.span.start for mention, _ in self._decided]
        self._spans = sorted({mention.span for mention in scene.mentions if family(mention.type) == JURISDICTION})
        self._positions = {span: n for n, span in enumerate(self._spans)}
        self._withins = {mention.span: mention.hint("within") for mention in scene.mentions if mention.hint("within")}
        self._at = {mention.span: path for mention, path in self._decided}
        self._in_full: dict[str, set[str]] = defaultdict(set)
        for mention, path in self._decided:
            if mention.hint("within") or mention.hint("level"):
                self._in_full[fold(mention.hint("name") or mention.text)].add(path)
        self.votes = _votes(self.gazetteer, {path for _, path in self._decided})
        self._countries = frozenset(
            place.country
            for path in sorted(set(self._at.values()))
            if (place := self.gazetteer.place(path)) is not None and place.level == "Country" and place.country != "US"
        )

    def beside(self, asked: Question) -> Beside:
        """Collect what stands beside a name."""
        title = (asked.title or "").lower()
        span = asked.span
        called = self.gazetteer.called(asked.name)
        return Beside(
            city=title.startswith(CITY_TITLES) or self._words(span, CITY_AFTER, CITY_BEFORE),
            state=title.startswith(STATE_TITLES) or self._words(span, STATE_AFTER, STATE_BEFORE),
            after_city=self._state_of_city_before(span) if span else None,
            neighbours=self._neighbours(span) if span else (),
            levels=self._levels_in_list(span) if span else frozenset(),
            votes=self.votes,
            countries=self._countries,
            in_full=frozenset(self._in_full.get(fold(asked.name), ())),
            cities=tuple(place for place in called if place.level == "Municipality"),
        )

    def nearest(self, span: Span, reach: int, levels: frozenset[str]) -> Place | None:
        """Return the decided place of one of the levels (any, where empty) that stands nearest, the earlier first."""
        low = bisect_left(self._starts, span.start - reach)
        high = bisect_left(self._starts, span.end + reach)
        found = [
            (abs(mention.span.start - span.start), mention.span, place)
            for mention, path in self._decided[low:high]
            if (place := self.gazetteer.place(path)) is not None
            and (place.level in levels if levels else place.level != "Country")
        ]
        return min(found, key=lambda item: item[:2])[2] if found else None

    def printed_in(self, span: Span) -> list[Place]:
        """Return the decided places within a span, or that end right before it ("Chicago’s police department")."""
        low = bisect_left(self._starts, span.start - LONG_PLACE)
        high = bisect_left(self._starts, span.end)
        found = (
            self.gazetteer.place(path)
            for mention, path in self._decided[low:high]
            if span.covers(mention.span) or mention.span.end <= span.start <= mention.span.end + 3
        )
        return [place for place in found if place is not None]

    def place_after(self, span: Span) -> Place | None:
        """Return the decided place that the words "in PLACE" or ", PLACE" put right behind a span."""
        at = bisect_left(self._starts, span.end)
        if at >= len(self._decided) or not IN.match(self._text[span.end : self._starts[at]]):
            return None
        return self.gazetteer.place(self._decided[at][1])

    def _words(self, span: Span | None, after: re.Pattern[str], before: re.Pattern[str]) -> bool:
        if span is None:
            return False
        return bool(
            after.match(self._text, span.end) or before.search(self._text[max(0, span.start - 40) : span.start])
        )

    def _state_of_city_before(self, span: Span) -> str | None:
        at = self._positions.get(span)
        if not at:
            return None
        before = self._spans[at - 1]
        gap = self._text[before.end : span.start].strip()
        return self._withins.get(before) if gap in {",", "in", "("} else None

    def _neighbours(self, span: Span) -> tuple[Place, ...]:
        low = bisect_left(self._starts, span.start - REACH)
        high = bisect_left(self._starts, span.end + REACH)
        found = (self.gazetteer.place(path) for mention, path in self._decided[low:high] if mention.span != span)
        return tuple(place for place in found if place is not None)

    def _levels_in_list(self, span: Span) -> frozenset[str]:
        """Return the levels of the decided places that stand in one list with a span."""
        position = self._positions.get(span)
        levels: set[str] = set()
        for step in (-1, 1) if position is not None else ():
            at = position or 0
            while 0 <= at + step < len(self._spans):
                left, right = sorted((self._spans[at], self._spans[at + step]))
                if right.start <= left.end or not LIST_GAP.match(self._text[left.end : right.start]):
                    break
                at += step
                place = self.gazetteer.place(self._at.get(self._spans[at], ""))
                if place is not None:
                    levels.add(place.level)
        return frozenset(levels)


def _votes(gazetteer: Gazetteer, paths: set[str]) -> Counter[str]:
    """Count, for each state, the different places that lie in it; a state named for itself counts as one."""
    votes: Counter[str] = Counter()
    for path in sorted(paths):
        place = gazetteer.place(path)
        if place is not None and place.state and place.path != DISTRICT:
            votes[place.state] += 1
        elif place is None and path.startswith(f"{US}/"):
            votes[path.split("/")[2].upper()] += 1
    return votes
