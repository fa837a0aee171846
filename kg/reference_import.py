"""Public data sets of people and offices, turned into rows of `people.csv` and `officeholders.csv`.

In go YAML files that a user has downloaded (unitedstates/congress-legislators, openstates/people; both CC0) and the
tables as they are; out come the tables with what was missing. Rows that are there stay as they are, but for the end of
an office that was still open. Importing twice changes nothing more. Nothing is fetched, and no clock is read.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from kg.errors import OutputError
from kg.ids import slug
from kg.reference import HOLDER_COLUMNS, STATE_COLUMNS, TABLES
from kg.reference_sources import Person, Term, read_congress, read_openstates
from kg.tables import LIST_SEPARATOR, cells
from kg.tables import rows as table_rows

PEOPLE, HOLDERS = "people.csv", "officeholders.csv"
PEOPLE_COLUMNS = TABLES["people"].columns
SOON = timedelta(days=62)
"""Terms of one office with no longer a pause than this are one row."""

Row = dict[str, str]

CAREER = timedelta(days=365 * 25)
"""The longest pause between two high offices of one person."""


@dataclass(slots=True)
class Added:
    """What an import did; `left_out` counts, by reason, what could not be used."""

    people: int = 0
    offices: int = 0
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def import_data_set(
    data_set: str, path: Path, folder: Path, reference: Path, *, day: date, since: date | None = None
) -> Added:
    """Add a data set ("congress" or "openstates") to the tables below `folder`, which are made where there are none.

    `reference` is the folder whose `agencies.csv` knows the chambers. Terms that end after `day` are still open;
    whoever held no office since `since` is left out. Raises InputError for a file that is not of the data set,
    ConfigurationError for tables with wrong columns, OutputError where they cannot be written.
    """
    added = Added()
    if data_set == "congress":
        found = read_congress(path)
    else:
        bodies = frozenset(row["id"] for row in _read(reference / "agencies.csv", TABLES["agencies"].columns))
        states = {row["label"]: row["postal"].lower() for row in _read(reference / "states.csv", STATE_COLUMNS)}
        found = read_openstates(path, bodies, states, added.left_out)
    tables = _Tables(_read(folder / PEOPLE, PEOPLE_COLUMNS), _read(folder / HOLDERS, HOLDER_COLUMNS))
    for person in sorted(found, key=lambda person: (not _in_congress(person), person.name, person.key)):
        possible = [term for term in person.terms if term.end is None or term.start <= term.end]
        if len(possible) < len(person.terms):
            added.left_out["offices that end before they begin"] += len(person.terms) - len(possible)
        terms = _joined(_open(term, day) for term in possible)
        if since is not None and all(term.end is not None and term.end < since for term in terms):
            added.left_out["people who left office before the day asked for"] += 1
            continue
        if not terms:
            added.left_out["people without a dated office"] += 1
            continue
        tables.add(person, terms, added)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / PEOPLE, PEOPLE_COLUMNS, tables.people)
        _write(folder / HOLDERS, HOLDER_COLUMNS, tables.holders)
    except OSError as error:
        raise OutputError("the tables cannot be written", place=str(folder), hint=str(error)) from error
    return added


def _in_congress(person: Person) -> bool:
    return any(_state(term.organization) is None for term in person.terms)


class _Tables:
    """The two tables while they grow."""

    def __init__(self, people: list[Row], holders: list[Row]):
        self.people, self.holders = people, holders
        self._rows: dict[str, Row] = {}
        self._called: dict[str, list[str]] = {}
        self._terms: dict[str, list[Row]] = {}
        self._claimed: dict[int, str] = {}
        self._states: dict[str, set[str]] = {}
        for row in people:
            self._know(row)
        for row in holders:
            self._terms.setdefault(row["person"], []).append(row)

    def add(self, person: Person, terms: list[Term], added: Added) -> None:
        """Add a person and his terms, as far as they are missing."""
        path = self._known_path(person, terms)
        if path is None:
            path = self._new_path(person)
            row = dict(zip(PEOPLE_COLUMNS, (path, "Person", person.name, "", person.source), strict=True))
            self.people.append(row)
            added.people += 1
        else:
            row = self._rows[path]
        self._states.setdefault(path, set()).add(person.state)
        known = cells(row["aliases"])
        names = [name for name in person.names if name != row["label"] and name not in known]
        row["aliases"] = f" {LIST_SEPARATOR} ".join([*known, *names])
        self._know(row)
        for term in terms:
            there = self._merge(path, term)
            if there is not None:
                self._claimed.setdefault(id(there), person.key)
                added.known += 1
                continue
            end = term.end.isoformat() if term.end else ""
            made = (path, term.title, term.organization, term.start.isoformat(), end, term.source)
            held = dict(zip(HOLDER_COLUMNS, made, strict=True))
            self.holders.append(held)
            self._claimed[id(held)] = person.key
            self._terms.setdefault(path, []).append(held)
            added.offices += 1

    def _know(self, row: Row) -> None:
        self._rows[row["id"]] = row
        for name in (row["label"], *cells(row["aliases"])):
            paths = self._called.setdefault(_plain(name), [])
            if row["id"] not in paths:
                paths.append(row["id"])

    def _known_path(self, person: Person, terms: list[Term]) -> str | None:
        """Return the row that is this person: of one name and one career, and nobody else's of this data set."""
        plain = f"person/{slug(person.name)}"
        names = (person.name, *person.names)
        found = {path for name in names for path in self._called.get(_plain(name), ())}
        found |= {plain} & self._rows.keys()
        for path in sorted(found, key=lambda path: (path != plain, path)):
            rows = self._terms.get(path, [])
            free = [row for row in rows if self._claimed.get(id(row), person.key) == person.key]
            if any(_same_term(row, term) for row in free for term in terms):
                return path
            if _one_career(rows, terms, self._states.get(path, set()), person.state):
                return path
        return None

    def _new_path(self, person: Person) -> str:
        """Return a path that nobody has: a namesake's ends in his state."""
        plain = f"person/{slug(person.name)}"
        path, number = plain, 1
        while path in self._rows:
            path = f"{plain}-{person.state}" if number == 1 else f"{plain}-{person.state}-{number}"
            number += 1
        return path

    def _merge(self, path: str, term: Term) -> Row | None:
        """Return the row of a term that is in the tables; an end that they do not know yet is written down."""
        row = _find(self._terms.get(path, ()), term)
        if row is None:
            return None
        if not row["end"] and term.end is not None and term.end.isoformat() >= row["start"]:
            row["end"] = term.end.isoformat()
            if term.source not in row["source"]:
                row["source"] += f" ; end: {term.source}"
        return row


def _same_term(row: Row, term: Term) -> bool:
    """Tell whether a row is this term: one office at one time, and where many hold it, from the same day on."""
    if _find((row,), term) is None:
        return False
    alone = row["organization"].startswith("jurisdiction/")
    return alone or abs(date.fromisoformat(row["start"]) - term.start) <= SOON


def _one_career(rows: Sequence[Row], terms: Sequence[Term], known: set[str], state: str) -> bool:
    """Tell whether the offices of two of one name follow each other in one life, in one state.

    A state senator of Ohio becomes a congressman from Ohio, a governor a senator. One side at least must be in high
    office; where the other is not, the state must be known. Who holds two offices at a time is two people, but for a Speaker,
    who is a member too.
    """
    before = any(_high(row["title"], row["organization"]) for row in rows)
    after = any(_high(term.title, term.organization) for term in terms)
    states = known | {part for row in rows if (part := _state(row["organization"]))}
    if not (before or after) or states - {state} or not (states or (before and after)):
        return False
    return bool(rows) and all(
        _pause(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]) if row["end"] else date.max, term)
        for row in rows
        for term in terms
        if row["organization"] != term.organization or row["title"] == term.title
    )


def _pause(start: date, end: date, term: Term) -> bool:
    """Tell whether a term comes before or after a time, with a lifetime's work between them at most."""
    ends = term.end or date.max
    if term.start >= start:
        return end != date.max and -SOON <= term.start - end <= CAREER
    return ends != date.max and -SOON <= start - ends <= CAREER


def _high(title: str, organization: str) -> bool:
    """Tell whether an office is federal or of a whole state: one of few people of their name."""
    return title not in {"Mayor", "Council Member"} and not (
        organization.startswith("agency/") and _state(organization)
    )


def _state(organization: str) -> str | None:
    """Return the postal code in a path.

    >>> _state("jurisdiction/us/ca/fresno"), _state("agency/us/senate")
    ('ca', None)
    """
    parts = organization.split("/")
    return parts[2] if len(parts) > 2 and len(parts[2]) == 2 else None


def _find(rows: Iterable[Row], term: Term) -> Row | None:
    """Return the row of the same office whose time overlaps a term, or all but touches it."""
    for row in rows:
        if (row["title"], row["organization"]) != (term.title, term.organization):
            continue
        begins = date.fromisoformat(row["start"])
        ends = date.fromisoformat(row["end"]) if row["end"] else date.max
        if begins <= (term.end or date.max) and term.start <= ends:
            return row
    return None


def _open(term: Term, day: date) -> Term:
    return replace(term, end=None) if term.end is not None and term.end > day else term


def _joined(terms: Iterable[Term]) -> list[Term]:
    """Make one term of those of one office that follow each other."""
    found: list[Term] = []
    for term in sorted(terms, key=lambda term: (term.title, term.organization, term.start, term.end or date.max)):
        last = found[-1] if found else None
        if (
            last is not None
            and (last.title, last.organization) == (term.title, term.organization)
            and (last.end is None or term.start - last.end <= SOON)
        ):
            end = None if last.end is None or term.end is None else max(last.end, term.end)
            found[-1] = replace(last, end=end)
        else:
            found.append(term)
    return sorted(found, key=lambda term: (term.start, term.title, term.organization))


def _read(path: Path, columns: tuple[str, ...]) -> list[Row]:
    return [row for _, row in table_rows(path, columns, optional=True)]


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write a table beside the old one, then put it in its place."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    beside = path.with_suffix(".csv.new")
    beside.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    beside.replace(path)


def _plain(name: str) -> str:
    return name.casefold().replace(",", "").replace(".", "")
