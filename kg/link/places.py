"""Which place a name means: the level that the words say, the state named, the places around, the number of people.

Linking runs twice over a document: places that the text settles alone are decided first and vote for their states;
the rest is weighed with those votes. Sizes in people are weights (their logarithm), as if every inhabitant were equally
likely to be written about; the other figures below were chosen on the cases of `tests/cases/identity.yaml`.
"""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from kg.ids import slug
from kg.link.families import JURISDICTION, family
from kg.link.gazetteer import DISTRICT, US, Gazetteer, Place
from kg.link.names import clean, fold
from kg.link.scene import Scene
from kg.link.scoring import Option, shares
from kg.records import Candidate, Entity, Mention, Span

SIZE_OF_STATE = 5_000_000
SIZE_OF_COUNTRY = 20_000_000
SIZE_OF_COUNTY = 25_000
"""For a county whose population `places.csv` does not give."""
NOBODY = 15_000
"""A name alone must outweigh a place of this many people that we do not know."""
NOBODY_WITH_STATE = 300
"""With its state printed, a small place is no surprise."""

ABROAD, CAPITAL, NATION_CAPITAL, BARE_COUNTY = -2.3, 1.1, 2.7, -3.0
STATE_VOTES, NEIGHBOUR, SAME_NAME, SAME_NAME_COUNTY = 3.0, 0.7, 3.0, 2.0
OFFICE, LIST_OF_STATES, LIST_OF_CITIES, AFTER_COMMA = 4.0, 2.5, 1.5, 6.0
REACH = 160
"""Characters on each side within which two places count as neighbours."""
LONG_PLACE = 80
"""No place has a longer name, in characters."""
LARGE_CITY = 500_000
MUCH_SMALLER = 5
"""Times that a county is larger than the city of its name, from where the bare name may be the county's."""
SURE = 0.9
"""A share that settles a place before others have voted."""

_CITY_AFTER = re.compile(
    r"(?:['’]s)? (?:[Mm]ayor|[Cc]ity [Cc]ouncil|[Pp]olice|[Cc]ity [Hh]all|[Mm]etro|[Cc]ity [Aa]ttorney)\b"
)
_CITY_BEFORE = re.compile(
    r"\b(?:mayors?|city|cities|downtown|police (?:in|of)) (?:of|like|such as|including|in)? ?$", re.IGNORECASE
)
_STATE_AFTER = re.compile(
    r"(?:['’]s)? (?:[Gg]ov(?:\.|ernor)|[Aa]ttorney [Gg]eneral|[Ss]en(?:\.|ator)|[Rr]ep(?:\.|resentative)|[Ll]egislat|[Ss]tate\b|[Ll]awmakers)"
)
_STATE_BEFORE = re.compile(
    r"\b(?:gov(?:ernor)?\.?|state|commonwealth|states|attorney general) (?:of|like|such as|including) $", re.IGNORECASE
)
_CITY_TITLES = ("mayor", "police chief", "alderman", "city attorney", "council")
_STATE_TITLES = ("gov", "attorney general", "senat", "representative", "lieutenant governor", "lt. gov", "congress")
_COUNTIES_AFTER = re.compile(r" (?:[Cc]ounties|[Pp]arishes)\b")
_COUNTY_WORD = re.compile(r"\b(?:County|Parish|Borough|Dade)\b", re.IGNORECASE)
_IN = re.compile(r"(?: in|,) (?:the )?(?:[a-z]+ of )?\Z")
_LIST_GAP = re.compile(r"\s*(?:,|;|and|or|&|, and|, or|·)\s*\Z")


@dataclass(frozen=True, slots=True)
class Question:
    """What the text says of a place: its bare name, and where known level, state, title beside it and span."""

    name: str
    level: str | None = None
    within: str | None = None
    title: str | None = None
    span: Span | None = None


def question(mention: Mention, gazetteer: Gazetteer, runs: "Runs") -> Question:
    """Read what a mention, its hints and the list that it stands in say."""
    printed = mention.hint("name") or mention.text
    within = mention.hint("within")
    level = mention.hint("level")
    postal = gazetteer.postal(within) if within else None
    if mention.span in runs.states:
        level, postal = "State", None
    elif level is None and mention.span in runs.counties:
        level, postal = "County", postal or runs.counties[mention.span]
    return Question(
        name=printed if gazetteer.called(printed) or level == "County" else clean(printed),
        level=level,
        within=postal,
        title=mention.hint("title"),
        span=mention.span,
    )


class Runs:
    """Places listed one after another: which of them the list makes states, which counties (of which state)."""

    def __init__(self, scene: Scene):
        self.states: set[Span] = set()
        self.counties: dict[Span, str | None] = {}
        text, gazetteer = scene.document.text, scene.catalog.gazetteer
        run: list[Mention] = []
        for mention in sorted(
            (mention for mention in scene.mentions if family(mention.type) == JURISDICTION), key=lambda m: m.span
        ):
            if run and not _LIST_GAP.match(text[run[-1].span.end : mention.span.start]):
                self._close(run, text, gazetteer)
                run = []
            run.append(mention)
        self._close(run, text, gazetteer)

    def _close(self, run: list[Mention], text: str, gazetteer: Gazetteer) -> None:
        """Read a finished run: "New York, Washington and Oregon", "Cook and Lake counties in Illinois"."""
        names = [mention.hint("name") or mention.text for mention in run]
        if len(run) > 2 and all(gazetteer.state_called(name) for name in names):
            self.states |= {mention.span for mention in run}
        if run and _COUNTIES_AFTER.match(text, run[-1].span.end):
            within = run[-1].hint("within")
            postal = gazetteer.postal(within) if within else None
            self.counties |= {mention.span: postal for mention in run}


def link_places(scene: Scene) -> None:
    """Decide every mention of a place."""
    gazetteer = scene.catalog.gazetteer
    waiting: list[tuple[int, Question]] = []
    runs = Runs(scene)
    for i, mention in scene.of_family(JURISDICTION):
        if mention.key is not None:
            scene.settle(i, scene.catalog.canonical(mention.key), 1.0, ("named by its key",))
            continue
        country = mention.hint("country")
        if country is not None and gazetteer.place(f"jurisdiction/{country.lower()}"):
            scene.settle(i, f"jurisdiction/{country.lower()}", 1.0, ("a country by name",))
            continue
        waiting.append((i, question(mention, gazetteer, runs)))
    for last in (False, False, True):
        around = Surroundings(scene)
        waiting = [(i, asked) for i, asked in waiting if not _settle(scene, around, i, asked, last=last)]


def find_place(scene: Scene, around: "Surroundings", asked: Question) -> Candidate | None:
    """Return the best place for a name that is printed inside another mention, or None below the threshold."""
    candidates = rank(around, asked)
    if candidates and candidates[0].score >= scene.threshold:
        return candidates[0]
    return None


def _settle(scene: Scene, around: "Surroundings", i: int, asked: Question, *, last: bool) -> bool:
    candidates = rank(around, asked)
    if asked.within and _is_list_of_cities(around.gazetteer, asked):
        asked = replace(asked, within=None)
        candidates = rank(around, asked)
    if not candidates and asked.within and around.gazetteer.state_called(asked.name):
        asked = replace(asked, within=None)  # "California, New York" are two states
        candidates = rank(around, asked)
    if not candidates:
        if asked.within and asked.level in {None, "Municipality", "County"}:
            scene.settle(i, _unlisted(scene, asked), 0.6, ("its state is printed; no gazetteer has it",))
        elif last:
            scene.settle(i, None, 0.0, ("no place is known by this name",))
        return last or bool(asked.within)
    best = candidates[0]
    if not last and best.score < SURE:
        return False
    path = best.entity if best.score >= scene.threshold else None
    scene.settle(i, path, best.score, best.reasons, candidates)
    return True


def _is_list_of_cities(gazetteer: Gazetteer, asked: Question) -> bool:
    """Tell whether "Boston, New York" lists two cities: the state is a city too, and has no place to match the large one."""
    state = gazetteer.place(f"{US}/{(asked.within or '').lower()}")
    if state is None or not any(
        place.level == "Municipality" and place.country == "US" for place in gazetteer.called(state.label)
    ):
        return False
    if max((p.population for p in gazetteer.called(state.label)), default=0) < LARGE_CITY:
        return False
    cities = [place for place in gazetteer.called(asked.name) if place.level == "Municipality"]
    there = max((place.population for place in cities if place.state == asked.within), default=0)
    return there * 20 < max((place.population for place in cities), default=0)


def _unlisted(scene: Scene, asked: Question) -> str:
    within = f"{US}/{(asked.within or '').lower()}"
    label = asked.name
    if asked.level == "County" and not re.search(r"(?:County|Parish|Borough)$", label):
        label = f"{label} County"
    level = asked.level or "Municipality"
    return scene.make(Entity(f"{within}/{slug(label)}", level, label, facts=(("within", within),)))


def rank(around: "Surroundings", asked: Question) -> tuple[Candidate, ...]:
    """Return the places that a question may mean, best first, each with its reasons."""
    beside = around.beside(asked)
    options = [_weigh(beside, asked, place) for place in _places(around.gazetteer, asked)]
    nobody = math.log(NOBODY_WITH_STATE if asked.within else NOBODY)
    if asked.title or beside.city:
        nobody -= 1.4
    if asked.level == "County":
        nobody -= 1.4
    return shares(options, nobody)


def _places(gazetteer: Gazetteer, asked: Question) -> list[Place]:
    found = gazetteer.called(asked.name)
    if asked.level == "County":
        named = [*gazetteer.called(f"{asked.name} County"), *gazetteer.called(f"{asked.name} Parish")]
        found = [place for place in found if place.level == "County"] + named
    elif asked.level is not None:
        of_level = [place for place in found if place.level == asked.level]
        found = of_level or ([place for place in found if place.level == "County"] if asked.within else [])
    if asked.within:
        found = [place for place in found if place.state == asked.within]
    return list({place.path: place for place in found}.values())


def _weigh(beside: "Beside", asked: Question, place: Place) -> Option:
    option = Option(
        place.path, math.log(_size(place)), [f"{place.label}: {place.level}, {_size(place):,} people or as many"]
    )
    if place.country != "US" and place.level == "Municipality":
        option.add(ABROAD, "abroad")
    if place.path == DISTRICT:
        option.add(NATION_CAPITAL, "the nation's capital")
    elif place.capital:
        option.add(CAPITAL, "a state's capital")
    if place.level == "County" and asked.level is None and not _COUNTY_WORD.search(asked.name):
        option.add(BARE_COUNTY, "a county without the word")
    _weigh_words(beside, place, option)
    _weigh_company(beside, asked, place, option)
    return option


def _size(place: Place) -> int:
    if place.level == "Country":
        return SIZE_OF_COUNTRY
    if place.level == "State":
        return SIZE_OF_STATE
    if place.level == "County":
        return place.population or SIZE_OF_COUNTY
    return max(place.population, 300)


def _weigh_words(beside: "Beside", place: Place, option: Option) -> None:
    """Weigh the words beside the name: an official's title, "mayor of", "governor", the comma after a city."""
    if beside.city and not beside.state and place.level == "Municipality":
        option.add(OFFICE, "words of a city stand beside it")
    if beside.state and not beside.city and place.level == "State":
        option.add(OFFICE, "words of a state stand beside it")
    if place.level == "State" and beside.after_city == place.state:
        option.add(AFTER_COMMA, "it says where the place before it lies")


def _weigh_company(beside: "Beside", asked: Question, place: Place, option: Option) -> None:
    """Weigh the places around: states that others vote for, neighbours, the list that it stands in, the same name before."""
    if place.state and place.level != "State" and place.path != DISTRICT:
        option.add(STATE_VOTES * beside.vote(place), f"other places of the article lie in {place.state}")
        if any(other.state == place.state and other.path != place.path for other in beside.neighbours):
            option.add(NEIGHBOUR, "a neighbour in the sentence lies there too")
    if place.country in beside.countries and place.level == "Municipality":
        option.add(STATE_VOTES, "the article names its country")
    if beside.levels and beside.levels <= {"State"} and place.level == "State":
        option.add(LIST_OF_STATES, "it stands in a list of states")
    if beside.levels and beside.levels <= {"Municipality", "County"} and place.level == "Municipality":
        option.add(LIST_OF_CITIES, "it stands in a list of cities")
    if place.path in beside.in_full:
        bare_county = place.level == "County" and asked.level is None
        if not (bare_county and beside.rivals(place)):
            option.add(SAME_NAME + (SAME_NAME_COUNTY if bare_county else 0), "the article names it in full")


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
            and (city.path in self.in_full or city.population * MUCH_SMALLER >= _size(county))
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
            city=title.startswith(_CITY_TITLES) or self._words(span, _CITY_AFTER, _CITY_BEFORE),
            state=title.startswith(_STATE_TITLES) or self._words(span, _STATE_AFTER, _STATE_BEFORE),
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
        if at >= len(self._decided) or not _IN.match(self._text[span.end : self._starts[at]]):
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
                if right.start <= left.end or not _LIST_GAP.match(self._text[left.end : right.start]):
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
