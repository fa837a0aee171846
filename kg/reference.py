"""Reader of `seeds/reference/*.csv`: the tables that a person can read and correct.

Each table has the columns `id, type, label, aliases, …, source` (see TABLES). Lists inside a cell are separated by
" | ". Every row becomes a `ReferenceEntry`; nothing is loaded at import, and a bad row is an error that names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import ConfigurationError
from kg.tables import cells, rows


@dataclass(frozen=True, slots=True)
class Table:
    """What a reference table must look like: its columns, which become identifiers, which facts, which hold paths."""

    columns: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    refers: tuple[str, ...] = ()


ENTRY_COLUMNS = ("id", "type", "label", "aliases")

TABLES: dict[str, Table] = {
    "agencies": Table(
        (*ENTRY_COLUMNS, "former_names", "parent", "jurisdiction", "source"),
        facts=(("partOf", "parent"), ("partOf", "jurisdiction")),
        refers=("parent", "jurisdiction"),
    ),
    "courts": Table(
        (*ENTRY_COLUMNS, "jurisdiction", "seat", "source"),
        facts=(("partOf", "jurisdiction"),),
        refers=("jurisdiction", "seat"),
    ),
    "laws": Table(
        (*ENTRY_COLUMNS, "usc", "eo", "signed", "signed_by", "source"),
        identifiers=(("uscCitation", "usc"), ("executiveOrderNumber", "eo")),
        refers=("signed_by",),
    ),
    "programs": Table(
        (*ENTRY_COLUMNS, "administered_by", "assistance_listing", "source"),
        identifiers=(("assistanceListing", "assistance_listing"),),
        refers=("administered_by",),
    ),
    "organizations": Table(
        (*ENTRY_COLUMNS, "parent", "source"), facts=(("subOrganizationOf", "parent"),), refers=("parent",)
    ),
    "publications": Table((*ENTRY_COLUMNS, "publisher", "source"), refers=("publisher",)),
    "people": Table((*ENTRY_COLUMNS, "source")),
}
"""The tables of entities, by file stem."""

OFFICE_COLUMNS = ("title", "aliases", "organization", "level", "source")
HOLDER_COLUMNS = ("person", "title", "organization", "start", "end", "source")
GAZETTEER = "jurisdiction/"
"""Paths that begin so are places: they come from the gazetteer, and no table here has them."""
STATE_COLUMNS = ("fips", "postal", "label", "abbreviations", "demonyms", "source")


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A row of an entity table. `place` is its file and line. `row` has the cells by column."""

    id: str
    type: str
    label: str
    aliases: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    row: dict[str, str]
    place: str


@dataclass(frozen=True, slots=True)
class Office:
    """A title and whom it serves.

    `organization` is an entity's path where the title alone settles it ("Attorney General" → Department of
    Justice at federal level); otherwise `level` says what kind of place or body holds it ("State" for a
    governor, "Municipality" for a mayor, "Agency" for a director, "Court" for a judge).
    """

    title: str
    aliases: tuple[str, ...]
    organization: str | None
    level: str
    place: str


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """Who held which office when; `end` is None while in office. Both dates are inclusive."""

    person: str
    title: str
    organization: str
    start: date
    end: date | None
    place: str


@dataclass(frozen=True, slots=True)
class StateNames:
    """A US state (or DC, or a territory): FIPS code, postal code, name, news abbreviations, demonyms."""

    fips: str
    postal: str
    label: str
    abbreviations: tuple[str, ...]
    demonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference tables: entries by path, offices, office holders, states."""

    entries: dict[str, ReferenceEntry]
    offices: tuple[Office, ...]
    holders: tuple[OfficeHolder, ...]
    states: tuple[StateNames, ...]

    def holder_at(self, title: str, organization: str, day: date) -> str | None:
        """Return who held an office on a day, or None where the tables do not say."""
        found = {
            holder.person
            for holder in self.holders
            if holder.title == title
            and holder.organization == organization
            and holder.start <= day
            and (holder.end is None or day <= holder.end)
        }
        return found.pop() if len(found) == 1 else None


def read_reference(folder: Path) -> Reference:
    """Read every table below `folder`.

    Raises ConfigurationError naming file, line and value for a missing column, an empty or doubled id, an
    unreadable date, an office that ends before it starts, or a row that refers to an entity that no table has.
    """
    entries: dict[str, ReferenceEntry] = {}
    referred: list[tuple[str, str, str]] = []
    for stem, table in TABLES.items():
        for place, row in rows(folder / f"{stem}.csv", table.columns):
            entry = _entry(table, place, row)
            if entry.id in entries:
                raise ConfigurationError(
                    "this id is already taken", place=place, value=entry.id, hint=f"See {entries[entry.id].place}"
                )
            entries[entry.id] = entry
            referred += [(place, column, path) for column in table.refers for path in cells(row[column])]
    offices = tuple(
        Office(row["title"], cells(row["aliases"]), row["organization"] or None, row["level"], place)
        for place, row in rows(folder / "offices.csv", OFFICE_COLUMNS)
    )
    holders = tuple(_holder(place, row) for place, row in rows(folder / "officeholders.csv", HOLDER_COLUMNS))
    states = tuple(
        StateNames(row["fips"], row["postal"], row["label"], cells(row["abbreviations"]), cells(row["demonyms"]))
        for _, row in rows(folder / "states.csv", STATE_COLUMNS)
    )
    for place, column, path in (*referred, *_references(offices, holders)):
        if not path.startswith(GAZETTEER) and path not in entries:
            raise ConfigurationError(
                f"no table has this entity, to which {column} refers",
                place=place,
                value=path,
                hint="Add its row, or correct the path",
            )
    return Reference(entries, offices, holders, states)


def _references(offices: tuple[Office, ...], holders: tuple[OfficeHolder, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield place, column and path of every entity that offices and their holders speak of."""
    for office in offices:
        if office.organization:
            yield office.place, "organization", office.organization
    for holder in holders:
        yield holder.place, "person", holder.person
        yield holder.place, "organization", holder.organization


def _entry(table: Table, place: str, row: dict[str, str]) -> ReferenceEntry:
    for column in ("id", "type", "label", "source"):
        if not row[column]:
            raise ConfigurationError(f"the cell {column!r} is empty", place=place, hint="Every row needs it")
    return ReferenceEntry(
        id=row["id"],
        type=row["type"],
        label=row["label"],
        aliases=cells(row["aliases"]) + cells(row.get("former_names", "")),
        identifiers=tuple((name, row[column]) for name, column in table.identifiers if row[column]),
        facts=tuple((name, row[column]) for name, column in table.facts if row[column]),
        row=row,
        place=place,
    )


def _holder(place: str, row: dict[str, str]) -> OfficeHolder:
    start, end = _date(place, row["start"]), _date(place, row["end"]) if row["end"] else None
    if end is not None and end < start:
        raise ConfigurationError(
            "this office ends before it starts", place=place, value=row["end"], hint="Swap the dates"
        )
    return OfficeHolder(row["person"], row["title"], row["organization"], start, end, place)


def _date(place: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError("this is no date", place=place, value=text, hint="Write it as 2017-02-09") from error
