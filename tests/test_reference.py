"""The reader of the reference tables: what it reads, and the errors that name a bad row. The rows: test_reference_data."""

from datetime import date
from pathlib import Path

import pytest

from kg.errors import ConfigurationError
from kg.reference import (
    HOLDER_COLUMNS,
    OFFICE_COLUMNS,
    STATE_COLUMNS,
    TABLES,
    OfficeHolder,
    Reference,
    read_reference,
)


def write(folder: Path, stem: str, columns: tuple[str, ...], *rows: str) -> None:
    """Write one table of a folder."""
    (folder / f"{stem}.csv").write_text("\n".join((",".join(columns), *rows)) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of tables with one row each where the tests need one."""
    for stem, table in TABLES.items():
        write(tmp_path, stem, table.columns)
    write(tmp_path, "offices", OFFICE_COLUMNS)
    write(tmp_path, "officeholders", HOLDER_COLUMNS)
    write(tmp_path, "states", STATE_COLUMNS)
    return tmp_path


def test_reads_lists_identifiers_and_facts(folder: Path) -> None:
    columns = TABLES["agencies"].columns
    write(folder, "agencies", columns, "agency/us/a,Agency,Bureau A, BA | B.A. ,Old Bureau,agency/us/b,jurisdiction/us,x",
          "agency/us/b,Agency,Department B,,,,jurisdiction/us,x")  # fmt: skip
    write(folder, "programs", TABLES["programs"].columns, "program/p,FundingProgram,P,,agency/us/a,16.738,x")
    entries = read_reference(folder).entries
    bureau = entries["agency/us/a"]
    assert bureau.aliases == ("BA", "B.A.", "Old Bureau")
    assert bureau.facts == (("partOf", "agency/us/b"), ("partOf", "jurisdiction/us"))
    assert bureau.place.endswith("agencies.csv:2")
    assert entries["program/p"].identifiers == (("assistanceListing", "16.738"),)
    assert entries["agency/us/b"].facts == (("partOf", "jurisdiction/us"),)


@pytest.mark.parametrize(
    ("stem", "text", "message", "place"),
    [
        ("people", "id,type,label,aliases\n", "the columns are wrong", "people.csv:1"),
        ("people", "", "the columns are wrong", "people.csv:1"),
        ("people", "id,type,label,aliases,source\nperson/a,Person,A,,s,extra\n", "too many or too few", "people.csv:2"),
        ("people", "id,type,label,aliases,source\nperson/a,Person,A\n", "too many or too few", "people.csv:2"),
        ("people", "id,type,label,aliases,source\n,Person,A,,s\n", "the cell 'id' is empty", "people.csv:2"),
        ("people", "id,type,label,aliases,source\nperson/a, ,A,,s\n", "the cell 'type' is empty", "people.csv:2"),
        ("people", "id,type,label,aliases,source\nperson/a,Person,,,s\n", "the cell 'label' is empty", "people.csv:2"),
        ("people", "id,type,label,aliases,source\nperson/a,Person,A,,\n", "the cell 'source' is empty", "people.csv:2"),
        ("people", "id,type,label,aliases,source\nperson/a,Person,A,,s\nperson/a,Person,B,,s\n", "already taken", "people.csv:3"),
        ("officeholders", "person,title,organization,start,end,source\np,t,o,20 Jan 2017,,s\n", "this is no date", "officeholders.csv:2"),
        ("officeholders", "person,title,organization,start,end,source\np,t,o,2017-01-20,2017-13-01,s\n", "this is no date", "officeholders.csv:2"),
        ("officeholders", "person,title,organization,start,end,source\np,t,o,2017-02-09,2017-02-08,s\n", "ends before it starts", "officeholders.csv:2"),
        ("offices", "title,aliases\n", "the columns are wrong", "offices.csv:1"),
    ],
)  # fmt: skip
def test_bad_row_is_an_error_that_names_it(folder: Path, stem: str, text: str, message: str, place: str) -> None:
    (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message) as caught:
        read_reference(folder)
    assert caught.value.place is not None and caught.value.place.endswith(place)
    assert caught.value.hint


def test_missing_table_is_an_error_that_names_it(folder: Path) -> None:
    (folder / "laws.csv").unlink()
    with pytest.raises(ConfigurationError, match="cannot be opened") as caught:
        read_reference(folder)
    assert caught.value.place is not None and caught.value.place.endswith("laws.csv")


@pytest.mark.parametrize(
    ("stem", "row"),
    [
        ("agencies", "agency/us/a,Agency,A,,,agency/us/absent,jurisdiction/us,s"),
        ("courts", "court/us/a,Court,A,,court/us/absent,,s"),
        ("laws", "law/us/a,Statute,A,,,,,person/absent,s"),
        ("programs", "program/p,FundingProgram,P,,agency/us/absent,,s"),
        ("publications", "publication/p,Publication,P,,organization/absent,s"),
        ("offices", "Mayor,,agency/us/absent,Municipality,s"),
        ("officeholders", "person/absent,Mayor,jurisdiction/us/ca,2017-01-20,,s"),
    ],
)
def test_reference_to_an_absent_row_is_an_error(folder: Path, stem: str, row: str) -> None:
    columns = {"offices": OFFICE_COLUMNS, "officeholders": HOLDER_COLUMNS}.get(stem) or TABLES[stem].columns
    write(folder, stem, columns, row)
    with pytest.raises(ConfigurationError, match="no table has this entity") as caught:
        read_reference(folder)
    assert caught.value.place is not None and caught.value.place.endswith(f"{stem}.csv:2")
    assert caught.value.value is not None and "absent" in caught.value.value


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2017-02-08", None),
        ("2017-02-09", "person/a"),
        ("2018-11-06", "person/a"),
        ("2018-11-07", None),
        ("2018-11-08", "person/b"),
        ("2030-01-01", "person/b"),
    ],
)
def test_holder_at_counts_both_ends_and_never_guesses(day: str, found: str | None) -> None:
    first = OfficeHolder("person/a", "Chief", "agency/us/a", date(2017, 2, 9), date(2018, 11, 7), "x:1")
    second = OfficeHolder("person/b", "Chief", "agency/us/a", date(2018, 11, 7), None, "x:2")
    other = OfficeHolder("person/c", "Chief", "agency/us/b", date(2000, 1, 1), None, "x:3")
    reference = Reference({}, (), (first, second, other), ())
    assert reference.holder_at("Chief", "agency/us/a", date.fromisoformat(day)) == found
