"""Readers of two public data sets of people: their YAML in, people with names and dated offices out.

unitedstates/congress-legislators is one list for each file; openstates/people one file for each person, in folders by
state. Both are CC0. Only names, offices and dates are taken: no addresses, no accounts, no birthdays.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kg.errors import InputError
from kg.ids import slug

CONGRESS = "https://github.com/unitedstates/congress-legislators"
OPENSTATES = "https://github.com/openstates/people (CC0)"
SERVING = "legislators-current"
"""The stem of the file of those in office."""
HOUSE, SENATE = "agency/us/house-of-representatives", "agency/us/senate"
CONGRESS_OFFICES = {
    "sen": ("Senator", SENATE),
    "rep": ("Representative", HOUSE),
    "prez": ("President", "jurisdiction/us"),
    "viceprez": ("Vice President", "jurisdiction/us"),
}
STATE_OFFICES = {
    "governor": "Governor",
    "lt_governor": "Lieutenant Governor",
    "attorney general": "Attorney General",
    "secretary of state": "Secretary of State",
    "treasurer": "State Treasurer",
    "auditor": "State Auditor",
    "mayor": "Mayor",
}
CHAMBERS = {
    "upper": (("State Senator", "state-senate"),),
    "lower": (
        ("State Representative", "house-of-representatives"),
        ("Assembly Member", "state-assembly"),
        ("Delegate", "house-of-delegates"),
    ),
    "legislature": (("State Senator", "legislature"), ("Council Member", "council")),
}
"""The titles of the members of a chamber, and the ends of the paths that the chamber may have."""

SEAT = re.compile(r"([A-Z]{2})-(?:\d+|AL)")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Term:
    """An office held from a day to a day; `end` is None where the data set gives none."""

    title: str
    organization: str
    start: date
    end: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a data set: the name, other full names, the state's postal code in small letters, the offices."""

    key: str
    name: str
    names: tuple[str, ...]
    state: str
    source: str
    terms: tuple[Term, ...]


def read_congress(path: Path) -> list[Person]:
    """Read legislators-current.yaml, legislators-historical.yaml, executive.yaml, or a folder with any of them.

    Raises InputError for a file that is not of that form.
    """
    stems = ("legislators-current", "legislators-historical", "executive")
    files = [path / f"{stem}.yaml" for stem in stems if (path / f"{stem}.yaml").is_file()] if path.is_dir() else [path]
    if not files:
        raise InputError("no file of the data set is here", place=str(path), hint=f"It has {stems[0]}.yaml")
    return [person for file in files for person in _legislators(file)]


def read_openstates(
    path: Path, bodies: Container[str], states: Mapping[str, str], left_out: Counter[str]
) -> list[Person]:
    """Read a checkout of openstates/people, a folder of it, or one person's file.

    `bodies` are the paths of the known agencies: a chamber must be one. `states` has the postal codes by name. What cannot be used is counted in `left_out`.
    Raises InputError for a file that is not of that form, or a folder without any.
    """
    root = path / "data" if (path / "data").is_dir() else path
    files = sorted((*root.rglob("*.yml"), *root.rglob("*.yaml"))) if root.is_dir() else [root]
    files = [file for file in files if "committees" not in file.parts and "organizations" not in file.parts]
    people = [_openstates_person(file, bodies, states, left_out) for file in files]
    if not people:
        raise InputError("no file of the data set is here", place=str(path), hint="It has data/STATE/legislature/*.yml")
    return people


def _legislators(file: Path) -> Iterator[Person]:
    source = f"{CONGRESS} ({file.name}, CC0)"
    found = _load(file)
    if not isinstance(found, list):
        raise InputError("this is no list of legislators", place=str(file), hint="Name a file of congress-legislators")
    for number, entry in enumerate(found, 1):
        place = f"{file}, entry {number}"
        try:
            name = entry["name"]
            terms = [_congress_term(place, term, source) for term in entry["terms"]]
            if file.stem == SERVING:
                terms[-1] = replace(terms[-1], end=None)  # the file gives the day planned
            key = str(entry["id"].get("bioguide") or entry["id"].get("govtrack") or "")
            state = str(entry["terms"][-1].get("state") or "us").lower()
            yield Person(key, f"{name['first']} {name['last']}", _congress_names(entry), state, source, tuple(terms))
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise InputError(
                "this entry is not of the form of congress-legislators", place=place, value=str(error)
            ) from error


def _congress_names(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the other full names: official, with middle name, with nickname, with the surname borne before."""
    name = entry["name"]
    first, last, suffix = name["first"], name["last"], name.get("suffix")
    found = [name.get("official_full"), f"{first} {last} {suffix}" if suffix else None]
    found += [f"{first} {name['middle']} {last}" if name.get("middle") else None]
    found += [f"{name['nickname']} {last}" if name.get("nickname") else None]
    for other in entry.get("other_names") or ():
        found.append(f"{other.get('first', first)} {other.get('last', last)}")
    return tuple(dict.fromkeys(one for one in found if one and one != f"{first} {last}"))


def _congress_term(place: str, term: dict[str, Any], source: str) -> Term:
    if term["type"] not in CONGRESS_OFFICES:
        raise InputError("this kind of term is unknown", place=place, value=str(term["type"]))
    title, organization = CONGRESS_OFFICES[term["type"]]
    start, end = _day(term["start"]), _day(term.get("end"))
    if start is None:
        raise InputError("this term has no start", place=place, value=str(term["start"]))
    return Term(title, organization, start, end, source)


def _openstates_person(file: Path, bodies: Container[str], states: Mapping[str, str], left_out: Counter[str]) -> Person:
    found = _load(file)
    if not isinstance(found, dict) or not isinstance(found.get("name"), str):
        raise InputError(
            "this is no person of openstates/people", place=str(file), hint="Its file has a name and roles"
        )
    name = " ".join(found["name"].split())
    names = [str(other.get("name", "")) for other in found.get("other_names") or ()]
    if found.get("given_name") and found.get("family_name"):
        names.append(f"{found['given_name']} {found['family_name']}")
    terms = []
    state = "us"
    for role in found.get("roles") or ():
        divisions = _divisions(str(role.get("jurisdiction", "")))
        state = divisions.get("state") or _district_state(str(role.get("district", "")), states) or state
        term = _role(role, divisions, bodies)
        if isinstance(term, Term):
            terms.append(term)
        else:
            left_out[term] += 1
    others = tuple(dict.fromkeys(other for other in names if " " in other and other != name))
    return Person(str(found.get("id", file.stem)), name, others, state, OPENSTATES, tuple(terms))


def _district_state(district: str, states: Mapping[str, str]) -> str | None:
    """Return the state of a seat in Congress.

    >>> _district_state("NY-13", {}), _district_state("Ohio", {"Ohio": "oh"}), _district_state("4", {})
    ('ny', 'oh', None)
    """
    seat = SEAT.fullmatch(district)
    return seat[1].lower() if seat else states.get(district)


def _role(role: dict[str, Any], divisions: dict[str, str], bodies: Container[str]) -> Term | str:
    """Return the office of a role, or why it has none."""
    kind = str(role.get("type", ""))
    start = _day(role.get("start_date"))
    if start is None:
        return "offices without the day they began"
    office = _office(kind, divisions, bodies)
    if office is None:
        return f"offices of the kind {kind!r} whose body no table has"
    return Term(*office, start, _day(role.get("end_date")), OPENSTATES)


def _office(kind: str, divisions: dict[str, str], bodies: Container[str]) -> tuple[str, str] | None:
    state, place = divisions.get("state"), divisions.get("place")
    if state is None:
        federal = {"upper": CONGRESS_OFFICES["sen"], "lower": CONGRESS_OFFICES["rep"]}
        return federal.get(kind) if divisions == {"country": "us"} else None
    if kind in STATE_OFFICES:
        if kind == "mayor" and place is None and state != "dc":
            return None
        where = place or ("washington" if state == "dc" else None)
        return STATE_OFFICES[kind], f"jurisdiction/us/{state}" + (f"/{where}" if where else "")
    found = ((title, f"agency/us/{state}/{end}") for title, end in CHAMBERS.get(kind, ()))
    return next(((title, body) for title, body in found if place is None and body in bodies), None)


def _divisions(jurisdiction: str) -> dict[str, str]:
    """Take an OCD jurisdiction apart; a district or a territory counts as a state.

    >>> _divisions("ocd-jurisdiction/country:us/state:al/place:mountain_brook/government")
    {'country': 'us', 'state': 'al', 'place': 'mountain-brook'}
    """
    parts = dict(part.split(":", 1) for part in jurisdiction.split("/") if ":" in part)
    found = {"country": parts["country"]} if "country" in parts else {}
    for kind in ("state", "district", "territory"):
        if kind in parts:
            found["state"] = parts[kind]
    if "place" in parts:
        found["place"] = slug(parts["place"].replace("_", " "))
    if "county" in parts:
        found["county"] = slug(parts["county"].replace("_", " "))
    return found


def _load(file: Path) -> Any:
    if file.suffix.lower() == ".csv":
        raise InputError("this table has no days in office", place=str(file), hint="Name the YAML of the data set")
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the file cannot be read", place=str(file), hint=str(error)) from error
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise InputError("the file is no YAML", place=str(file), hint=reason) from error


def _day(value: Any) -> date | None:
    """Read a date as YAML gives it; a year alone stands for its first day.

    >>> _day("2019-01-08"), _day(2019), _day("")
    (datetime.date(2019, 1, 8), datetime.date(2019, 1, 1), None)
    """
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    for form in (text, f"{text}-01", f"{text}-01-01"):
        try:
            return date.fromisoformat(form)
        except ValueError:
            continue
    return None
