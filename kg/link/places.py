"""Which place a name means: the level that the words say, the state named, the places around, the number of people.

Linking goes over a document three times: places that the text settles alone are decided first and vote for their states;
the rest is weighed with those votes. Sizes in people are weights (their logarithm), as if every inhabitant were equally
likely to be written about; the other figures below were chosen on the cases of `tests/cases/identity.yaml`.
"""

import math
import re
from dataclasses import replace

from kg.ids import slug
from kg.link.families import JURISDICTION
from kg.link.gazetteer import DISTRICT, US, Gazetteer, Place
from kg.link.placewords import COUNTY_WORD, Question, Runs, question, size_of
from kg.link.scene import Scene
from kg.link.scoring import Option, shares
from kg.link.surroundings import Beside, Surroundings
from kg.records import Candidate, Entity

NOBODY = 15_000
"""A name alone must outweigh a place of this many people that we do not know."""
NOBODY_WITH_STATE = 300
"""With its state printed, a small place is no surprise."""

ABROAD, CAPITAL, NATION_CAPITAL, BARE_COUNTY = -2.3, 1.1, 2.7, -3.0
STATE_VOTES, NEIGHBOUR, SAME_NAME, SAME_NAME_COUNTY = 3.0, 0.7, 3.0, 2.0
OFFICE, LIST_OF_STATES, LIST_OF_CITIES, AFTER_COMMA = 4.0, 2.5, 1.5, 6.0
LARGE_CITY = 500_000
SURE = 0.9
"""A share that settles a place before others have voted."""


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


def find_place(scene: Scene, around: Surroundings, asked: Question) -> Candidate | None:
    """Return the best place for a name that is printed inside another mention, or None below the threshold."""
    candidates = rank(around, asked)
    if candidates and candidates[0].score >= scene.threshold:
        return candidates[0]
    return None


def _settle(scene: Scene, around: Surroundings, i: int, asked: Question, *, last: bool) -> bool:
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


def rank(around: Surroundings, asked: Question) -> tuple[Candidate, ...]:
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


def _weigh(beside: Beside, asked: Question, place: Place) -> Option:
    option = Option(
        place.path, math.log(size_of(place)), [f"{place.label}: {place.level}, {size_of(place):,} people or as many"]
    )
    if place.country != "US" and place.level == "Municipality":
        option.add(ABROAD, "abroad")
    if place.path == DISTRICT:
        option.add(NATION_CAPITAL, "the nation's capital")
    elif place.capital:
        option.add(CAPITAL, "a state's capital")
    if place.level == "County" and asked.level is None and not COUNTY_WORD.search(asked.name):
        option.add(BARE_COUNTY, "a county without the word")
    _weigh_words(beside, place, option)
    _weigh_company(beside, asked, place, option)
    return option


def _weigh_words(beside: Beside, place: Place, option: Option) -> None:
    """Weigh the words beside the name: an official's title, "mayor of", "governor", the comma after a city."""
    if beside.city and not beside.state and place.level == "Municipality":
        option.add(OFFICE, "words of a city stand beside it")
    if beside.state and not beside.city and place.level == "State":
        option.add(OFFICE, "words of a state stand beside it")
    if place.level == "State" and beside.after_city == place.state:
        option.add(AFTER_COMMA, "it says where the place before it lies")


def _weigh_company(beside: Beside, asked: Question, place: Place, option: Option) -> None:
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
