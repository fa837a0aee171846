"""The shipped reference tables, linted as code: each failure names the row and how to mend it."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import pytest

from kg import geonames
from kg.reference import TABLES, OfficeHolder, Reference, read_reference
from kg.settings import Settings
from kg.tables import cells

TYPES = {
    "agencies": {"Agency", "LegislativeBody", "LawEnforcementAgency"},
    "courts": {"Court"},
    "laws": {"Statute", "ExecutiveOrder", "Ordinance", "Bill", "ConstitutionalProvision", "Law"},
    "programs": {"FundingProgram"},
    "organizations": {"Organization"},
    "publications": {"Publication"},
    "people": {"Person"},
}
PART = r"[a-z0-9]+(?:-[a-z0-9]+)*"
IDS = {
    "agencies": rf"agency/us(?:/[a-z]{{2}}(?:/{PART})?)?/{PART}",
    "courts": rf"court/us(?:/[a-z]{{2}})?/{PART}",
    "laws": rf"law/us(?:/{PART})+",
    "programs": rf"program/{PART}",
    "organizations": rf"organization/{PART}",
    "publications": rf"publication/{PART}",
    "people": rf"person/{PART}",
}
JURISDICTION = re.compile(rf"jurisdiction/us(?:/[a-z]{{2}}(?:/{PART})?)?")
LEVELS = {
    "Country", "State", "County", "Municipality", "Agency", "LegislativeBody", "LawEnforcementAgency", "Court",
    "Organization", "Any",
}  # fmt: skip
REFERENCES = {
    "agencies": ("parent", "jurisdiction"),
    "courts": ("jurisdiction", "seat"),
    "laws": ("signed_by",),
    "programs": ("administered_by",),
    "organizations": ("parent",),
    "publications": ("publisher",),
}
KNOWN_AMBIGUOUS = {"TRUST Act", "Trust Act"}
"""Aliases that several rows may share: linking decides between them by what else the document says."""

FOLDER = Settings().reference


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The tables as shipped."""
    return read_reference(FOLDER)


def shipped(stem: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield "file:line" and the cells of each row of a shipped table."""
    with (FOLDER / f"{stem}.csv").open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        for row in reader:
            yield f"seeds/reference/{stem}.csv:{reader.line_num}", row


def complain(complaints: list[str]) -> None:
    """Fail with every complaint on its own line."""
    assert not complaints, "\n" + "\n".join(complaints)


@pytest.mark.parametrize(
    ("fips", "latitude", "longitude"),
    [("17031", 41.84, -87.82), ("06067", 38.45, -121.34), ("36061", 40.78, -73.97), ("06", 37.2, -119.5),
     ("48", 31.5, -99.3), ("25", 42.2, -71.8)],
)  # fmt: skip
def test_points_lie_where_the_places_are(fips: str, latitude: float, longitude: float) -> None:
    points = {row["fips"]: row for _, row in shipped("points")}
    assert abs(float(points[fips]["latitude"]) - latitude) < 0.4
    assert abs(float(points[fips]["longitude"]) - longitude) < 0.6


def test_every_point_is_in_its_state_and_most_counties_have_one() -> None:
    points = {row["fips"]: (float(row["latitude"]), float(row["longitude"])) for _, row in shipped("points")}
    assert len(points) == len(list(shipped("points"))), "two points have one code"
    complain([
        f"seeds/reference/points.csv: {fips} lies far from the middle of its state"
        for fips, (latitude, longitude) in points.items()
        if fips[:2] not in {"02", "15", "60", "69"}
        and (abs(latitude - points[fips[:2]][0]) > 6 or abs(longitude - points[fips[:2]][1]) > 8)
    ])  # fmt: skip
    counties = {county["fips"] for county in geonames.places().counties}
    assert len(counties - points.keys()) < 20


def test_every_row_has_a_source() -> None:
    complain([
        f"{place}: no source for {next(iter(row.values()))!r}; write the address of the page that says it"
        for stem in (*TABLES, "offices", "officeholders", "states")
        for place, row in shipped(stem)
        if not row["source"].strip()
    ])  # fmt: skip


@pytest.mark.parametrize("stem", sorted(TABLES))
def test_ids_and_types_fit_their_table(stem: str) -> None:
    complaints = []
    for place, row in shipped(stem):
        if not re.fullmatch(IDS[stem], row["id"]):
            complaints.append(f"{place}: {row['id']!r} is no id for this table; write it like {IDS[stem]}")
        if row["type"] not in TYPES[stem]:
            complaints.append(f"{place}: type {row['type']!r} is not allowed; take one of {sorted(TYPES[stem])}")
    complain(complaints)


def test_ids_are_unique() -> None:
    seen: dict[str, str] = {}
    complaints = []
    for stem in TABLES:
        for place, row in shipped(stem):
            if row["id"] in seen:
                complaints.append(f"{place}: {row['id']} is also in {seen[row['id']]}; delete one or rename it")
            seen[row["id"]] = place
    complain(complaints)


@pytest.mark.parametrize("stem", sorted(REFERENCES))
def test_every_id_referred_to_exists(stem: str, reference: Reference) -> None:
    complaints = []
    for place, row in shipped(stem):
        for column in REFERENCES[stem]:
            for path in cells(row[column]):
                if path not in reference.entries and not JURISDICTION.fullmatch(path):
                    complaints.append(f"{place}: {column} {path!r} has no row; add one or correct the path")
    complain(complaints)


def _not_under_itself(reference: Reference) -> Iterator[str]:
    parents = {entry.id: entry.row.get("parent", "") for entry in reference.entries.values()}
    for entry in reference.entries.values():
        path, seen = entry.id, {entry.id}
        while parents.get(path):
            path = parents[path]
            if path in seen:
                yield f"{entry.place}: {entry.id} lies within itself by way of {path}; correct one parent"
                break
            seen.add(path)


def _listing_numbers(reference: Reference) -> Iterator[str]:
    taken: dict[str, str] = {}
    for place, row in shipped("programs"):
        number = row["assistance_listing"]
        if number and not re.fullmatch(r"\d{2}\.\d{3}", number):
            yield f"{place}: assistance listing {number!r} must read NN.NNN, as on sam.gov"
        if number and number in taken:
            yield f"{place}: assistance listing {number} is also in {taken[number]}; one of them is wrong"
        taken[number] = place


def _citations(reference: Reference) -> Iterator[str]:
    taken: dict[str, str] = {}
    for place, row in shipped("laws"):
        usc, eo = row["usc"], row["eo"]
        if usc and not re.fullmatch(r"\d{1,2}/\d+[a-z]*(?:-\d+[a-z]?)?", usc):
            yield f"{place}: usc {usc!r} must read title/section, as 8/1373"
        if eo and not re.fullmatch(r"\d{4,5}", eo):
            yield f"{place}: eo {eo!r} must be the bare number, as 13768"
        if eo and row["id"] != f"law/us/eo/{eo}":
            yield f"{place}: {row['id']} must be law/us/eo/{eo}"
        if bool(eo) != (row["type"] == "ExecutiveOrder"):
            yield f"{place}: an ExecutiveOrder has a number in eo, and nothing else has"
        if row["id"].startswith("law/us/usc/") and row["id"] != f"law/us/usc/{usc.lower()}":
            yield f"{place}: {row['id']} and usc {usc!r} disagree; correct one"
        for identifier in (usc and f"usc {usc}", eo and f"eo {eo}"):
            if identifier and identifier in taken:
                yield f"{place}: {identifier} is also in {taken[identifier]}; make the second an alias of the first"
            if identifier:
                taken[identifier] = place
        if row["signed"]:
            try:
                date.fromisoformat(row["signed"])
            except ValueError:
                yield f"{place}: signed {row['signed']!r} must read 2017-01-25"
        if row["signed_by"] and not row["signed"]:
            yield f"{place}: signed_by without signed; look up the date or empty both"


def _aliases(reference: Reference) -> Iterator[str]:
    owners: dict[str, list[str]] = defaultdict(list)
    for entry in reference.entries.values():
        if entry.label in entry.aliases:
            yield f"{entry.place}: the alias {entry.label!r} repeats the label; delete it"
        for alias in sorted({alias for alias in entry.aliases if entry.aliases.count(alias) > 1}):
            yield f"{entry.place}: the alias {alias!r} stands twice; delete one"
        for name in {entry.label, *entry.aliases}:
            owners[name].append(entry.place)
    for name, places in owners.items():
        if len(places) > 1 and name not in KNOWN_AMBIGUOUS:
            yield f"{' and '.join(places)}: both say {name!r}; delete it in one, or list it in KNOWN_AMBIGUOUS"
    for name in KNOWN_AMBIGUOUS:
        if len(owners.get(name, ())) < 2:
            yield f"tests/test_reference_data.py: {name!r} is not shared any more; take it off KNOWN_AMBIGUOUS"


def _spacing(reference: Reference) -> Iterator[str]:
    for stem in (*TABLES, "offices", "officeholders", "states"):
        for place, row in shipped(stem):
            for column, value in row.items():
                if value != " ".join(value.split()):
                    yield f"{place}: {column} has stray spaces; write {' '.join(value.split())!r}"
                if "|" in value.replace(" | ", ""):
                    yield f"{place}: {column}: part a list by ' | ', one space on each side"


def _agencies_have_a_place(reference: Reference) -> Iterator[str]:
    for place, row in shipped("agencies"):
        if not JURISDICTION.fullmatch(row["jurisdiction"]):
            yield f"{place}: {row['id']} needs the jurisdiction that it belongs to, as jurisdiction/us/ca"
        elif not row["id"].startswith(row["jurisdiction"].replace("jurisdiction", "agency", 1) + "/"):
            yield f"{place}: {row['id']} and {row['jurisdiction']} disagree; correct one"


def _offices(reference: Reference) -> Iterator[str]:
    seen: dict[tuple[str, str | None], str] = {}
    for office in reference.offices:
        if office.level not in LEVELS:
            yield f"{office.place}: level {office.level!r}; take one of {sorted(LEVELS)}"
        key = (office.title, office.organization)
        if key in seen:
            yield f"{office.place}: {office.title} is also in {seen[key]}; join the two rows"
        seen[key] = office.place
        folded = [name.casefold() for name in (office.title, *office.aliases)]
        for name in sorted({name for name in folded if folded.count(name) > 1}):
            yield f"{office.place}: {name!r} stands twice (capitals do not matter here); delete one"


def _holders(reference: Reference) -> Iterator[str]:
    titles = {office.title for office in reference.offices}
    kept: dict[tuple[str, str, str], list[OfficeHolder]] = defaultdict(list)
    for holder in reference.holders:
        if holder.title not in titles:
            yield f"{holder.place}: no office has the title {holder.title!r}; take the title column of offices.csv"
        earlier = kept[(holder.person, holder.title, holder.organization)]
        for other in earlier:
            if (other.end is None or holder.start <= other.end) and (holder.end is None or other.start <= holder.end):
                yield f"{holder.place}: overlaps {other.place}, the same person in the same office; join the two rows"
        earlier.append(holder)


def _single_seats(reference: Reference) -> Iterator[str]:
    """Of an office for one person, two may share a day at the most (the day of the change)."""
    many = {"Senator", "Representative", "U.S. District Judge"}
    seats: dict[tuple[str, str], list[OfficeHolder]] = defaultdict(list)
    for holder in reference.holders:
        if holder.title not in many:
            seats[(holder.title, holder.organization)].append(holder)
    for (title, organization), holders in seats.items():
        ordered = sorted(holders, key=lambda holder: holder.start)
        for first, second in pairwise(ordered):
            if first.end is None or first.end > second.start:
                yield f"{first.place}: {title} of {organization} has no end before {second.place} begins; look it up"


def _states(reference: Reference) -> Iterator[str]:
    seen: dict[str, str] = {}
    for place, row in shipped("states"):
        if not re.fullmatch(r"\d{2}", row["fips"]) or not re.fullmatch(r"[A-Z]{2}", row["postal"]):
            yield f"{place}: fips must be two digits and postal two capitals"
        for value in (row["fips"], row["postal"], row["label"], *cells(row["abbreviations"])):
            if seen.setdefault(value, row["postal"]) != row["postal"]:
                yield f"{place}: {value!r} is also {seen[value]}'s; delete one"
    if len(reference.states) != 56:
        yield f"states.csv: {len(reference.states)} rows; there are 50 states, the District of Columbia and 5 territories"


@pytest.mark.parametrize(
    "lint",
    [_not_under_itself, _listing_numbers, _citations, _aliases, _spacing, _agencies_have_a_place, _offices, _holders,
     _single_seats, _states],
    ids=lambda lint: lint.__name__.strip("_"),
)  # fmt: skip
def test_shipped_tables(lint: Callable[[Reference], Iterator[str]], reference: Reference) -> None:
    complain(list(lint(reference)))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Justice Department", "agency/us/department-of-justice"),
        ("ICE", "agency/us/immigration-and-customs-enforcement"),
        ("OJP", "agency/us/office-of-justice-programs"),
        ("Census Bureau", "agency/us/census-bureau"),
        ("9th U.S. Circuit Court of Appeals", "court/us/9th-cir"),
        ("Second Circuit", "court/us/2d-cir"),
        ("N.D. Ill.", "court/us/n-d-ill"),
        ("S.D.N.Y.", "court/us/s-d-ny"),
        ("8 U.S.C. § 1373", "law/us/usc/8/1373"),
        ("Section 1373", "law/us/usc/8/1373"),
        ("10th Amendment", "law/us/const/amendment/10"),
        ("SB 54", "law/us/ca/sb-54"),
        ("Byrne JAG", "program/byrne-jag"),
        ("SCAAP", "program/scaap"),
        ("ACLU", "organization/american-civil-liberties-union"),
        ("DACA", "law/us/daca"),
        ("NAFTA", "law/us/north-american-free-trade-agreement"),
        ("Prop. 187", "law/us/ca/proposition-187"),
        ("House Oversight Committee", "agency/us/house-committee-on-oversight-and-government-reform"),
        ("Nonprofit Security Grant Program", "program/nonprofit-security"),
        ("NBC", "organization/nbc-news"),
        ("Bloomberg", None),
        ("TIME", None),
        ("PPP", None),
        ("HB 2", None),
        ("Jefferson Beauregard Sessions III", "person/jeff-sessions"),
        ("the Justice Department", None),
        ("Section 1101", None),
        ("Democrat", None),
    ],
)
def test_news_forms_name_one_row(name: str, path: str | None, reference: Reference) -> None:
    found = {entry.id for entry in reference.entries.values() if name in (entry.label, *entry.aliases)}
    assert found == ({path} if path else set())


@pytest.mark.parametrize(
    ("title", "organization", "day", "person"),
    [
        ("President", "jurisdiction/us", "2016-06-01", "person/barack-obama"),
        ("President", "jurisdiction/us", "2018-06-01", "person/donald-trump"),
        ("President", "jurisdiction/us", "2022-06-01", "person/joe-biden"),
        ("Attorney General", "agency/us/department-of-justice", "2018-06-01", "person/jeff-sessions"),
        ("Attorney General", "agency/us/department-of-justice", "2016-06-01", "person/loretta-lynch"),
        ("Attorney General", "agency/us/department-of-justice", "1990-06-01", None),
        ("Governor", "jurisdiction/us/tx", "2018-06-01", "person/greg-abbott"),
        ("Governor", "jurisdiction/us/ca", "2018-06-01", "person/jerry-brown"),
        ("Senator", "agency/us/senate", "2018-06-01", None),
    ],
)
def test_offices_are_dated(title: str, organization: str, day: str, person: str | None, reference: Reference) -> None:
    assert reference.holder_at(title, organization, date.fromisoformat(day)) == person
