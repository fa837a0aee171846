"""Public data sets as users download them, in small: what becomes of them in the reference tables."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import ConfigurationError, InputError
from kg.reference import HOLDER_COLUMNS, TABLES, read_reference
from kg.reference_import import HOLDERS, PEOPLE, Added, import_data_set
from kg.reference_sources import CONGRESS_OFFICES, read_openstates
from kg.settings import Settings
from tests.reference_samples import CURRENT, HISTORICAL, OPENSTATES, STATE

DAY = date(2019, 6, 1)


@pytest.fixture
def congress(tmp_path: Path) -> Path:
    """A folder as congress-legislators has it."""
    folder = tmp_path / "congress"
    folder.mkdir()
    (folder / "legislators-current.yaml").write_text(CURRENT, encoding="utf-8")
    (folder / "legislators-historical.yaml").write_text(HISTORICAL, encoding="utf-8")
    return folder


@pytest.fixture
def openstates(tmp_path: Path) -> Path:
    """A checkout as openstates/people is."""
    for name, text in OPENSTATES.items():
        path = tmp_path / "people" / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "people"


def take(data_set: str, path: Path, to: Path, since: date | None = None) -> Added:
    return import_data_set(data_set, path, to, Settings().reference, day=DAY, since=since)


def people(folder: Path) -> dict[str, tuple[str, str]]:
    """Return label and aliases by path."""
    with (folder / PEOPLE).open(encoding="utf-8", newline="") as file:
        return {row["id"]: (row["label"], row["aliases"]) for row in csv.DictReader(file)}


def offices(folder: Path, person: str) -> list[tuple[str, str, str, str]]:
    with (folder / HOLDERS).open(encoding="utf-8", newline="") as file:
        return [
            (row["title"], row["organization"], row["start"], row["end"])
            for row in csv.DictReader(file)
            if row["person"] == person
        ]


def tables(folder: Path, *, rows: tuple[str, ...] = (), held: tuple[str, ...] = ()) -> Path:
    """Write the two tables."""
    folder.mkdir()
    (folder / PEOPLE).write_text("\n".join((",".join(TABLES["people"].columns), *rows)) + "\n", encoding="utf-8")
    (folder / HOLDERS).write_text("\n".join((",".join(HOLDER_COLUMNS), *held)) + "\n", encoding="utf-8")
    return folder


def test_congress_gives_names_and_offices(congress: Path, tmp_path: Path) -> None:
    to = tmp_path / "to"
    added = take("congress", congress / "legislators-current.yaml", to)
    assert (added.people, added.offices, added.known) == (2, 4, 0)
    assert people(to)["person/wanda-quillfeather"] == (
        "Wanda Quillfeather",
        "Wanda S. Quillfeather | Wanda Quillfeather Jr. | Wanda Sue Quillfeather | Wendy Quillfeather | Wanda Oakes",
    )
    house, senate = CONGRESS_OFFICES["rep"], CONGRESS_OFFICES["sen"]
    assert offices(to, "person/wanda-quillfeather") == [
        (*house, "2001-01-03", "2005-01-03"),
        (*house, "2011-01-05", "2013-01-03"),
        (*senate, "2013-01-03", ""),
    ], "terms in a row are one, a pause makes two, and the one served now is open"


def test_two_of_one_name_stay_two(congress: Path, tmp_path: Path) -> None:
    to = tmp_path / "to"
    take("congress", congress, to)
    assert [offices(to, f"person/{name}")[0][2:] for name in ("john-marshbank", "john-marshbank-nv")] == [
        ("2017-01-03", ""),
        ("1999-01-06", "2018-01-03"),
    ], "both sat in the House in 2017"


@pytest.mark.parametrize("data_set", ["congress", "openstates"])
def test_importing_twice_changes_nothing(data_set: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path, to = request.getfixturevalue(data_set), tmp_path / "to"
    first = take(data_set, path, to)
    before = [(to / name).read_bytes() for name in (PEOPLE, HOLDERS)]
    again = take(data_set, path, to)
    assert (again.people, again.offices, again.known) == (0, 0, first.offices)
    assert [(to / name).read_bytes() for name in (PEOPLE, HOLDERS)] == before


def test_since_leaves_out_who_is_long_gone(congress: Path, tmp_path: Path) -> None:
    to = tmp_path / "to"
    added = take("congress", congress, to, since=date(1990, 1, 1))
    assert "person/obadiah-thistlewood" not in people(to)
    assert sum(added.left_out.values()) == 1
    take("congress", congress, to)
    assert "person/obadiah-thistlewood" in people(to)


def test_openstates_gives_offices_of_states_chambers_and_cities(openstates: Path, tmp_path: Path) -> None:
    to = tmp_path / "to"
    added = take("openstates", openstates, to)
    assert offices(to, "person/nora-hazelwood") == [
        ("State Senator", "agency/us/oh/state-senate", "2011-01-03", "2018-12-31"),
        ("Governor", "jurisdiction/us/oh", "2019-01-14", ""),
    ], "the planned end of a term is not written down"
    assert people(to)["person/nora-hazelwood"][1] == "Eleanor Hazelwood"
    assert offices(to, "person/john-marshbank") == [
        ("State Representative", "agency/us/me/house-of-representatives", "2018-12-05", "")
    ]
    assert offices(to, "person/ike-fernsby") == [("Mayor", "jurisdiction/us/me/south-portland", "2018-12-03", "")]
    assert "person/ada-undated" not in people(to) and "person/una-committeewoman" not in people(to)
    written = "".join((to / name).read_text(encoding="utf-8") for name in (PEOPLE, HOLDERS))
    for private in ("Statehouse", "NotToBeTaken", "not.to.be.taken", "1961", "555-0100"):
        assert private not in written, "names, offices and dates alone are taken"
    assert added.left_out == Counter(
        {
            "offices without the day they began": 1,
            "offices of the kind 'county executive' whose body no table has": 1,
            "offices that end before they begin": 1,
            "people without a dated office": 1,
        }
    )


@pytest.mark.parametrize(
    ("held", "path", "why"),
    [
        ("Governor,jurisdiction/us/oh,2019-01-14,", "person/nora-hazelwood", "the same office"),
        ("Governor,jurisdiction/us/oh,2019-01-14,2019-05-01", "person/nora-hazelwood", "the same office, ended"),
        (
            "Representative,agency/us/house-of-representatives,2003-01-03,2011-01-03",
            "person/nora-hazelwood",
            "a career",
        ),
        ("Representative,agency/us/house-of-representatives,2015-01-03,2021-01-03", "person/nora-hazelwood-oh", "both"),
        ("Governor,jurisdiction/us/ut,2009-01-03,2013-01-03", "person/nora-hazelwood-oh", "two states"),
        ("Mayor,jurisdiction/us/oh/lima,2001-01-03,2010-12-30", "person/nora-hazelwood", "a mayor of the state before"),
        ("Mayor,jurisdiction/us/oh/lima,2009-01-03,2013-01-03", "person/nora-hazelwood-oh", "mayor and state senator"),
        ("Mayor,jurisdiction/us/ut/provo,2001-01-03,2010-12-30", "person/nora-hazelwood-oh", "a mayor elsewhere"),
        ("State Senator,agency/us/ut/state-senate,2001-01-03,2009-12-30", "person/nora-hazelwood-oh", "elsewhere"),
        ("Senator,agency/us/senate,1901-03-04,1913-03-04", "person/nora-hazelwood-oh", "a century apart"),
    ],
)
def test_who_is_the_one_in_the_tables(held: str, path: str, why: str, openstates: Path, tmp_path: Path) -> None:
    to = tables(
        tmp_path / "to",
        rows=("person/nora-hazelwood,Person,Nora Hazelwood,,https://example.org/",),
        held=(f"person/nora-hazelwood,{held},https://example.org/",),
    )
    take("openstates", openstates, to)
    assert ("Governor" in {office[0] for office in offices(to, path)}) is True, why
    assert ("person/nora-hazelwood-oh" in people(to)) is (path != "person/nora-hazelwood"), why


def test_rows_of_a_person_win_but_for_an_open_end(congress: Path, tmp_path: Path) -> None:
    to = tables(
        tmp_path / "to",
        rows=('person/jack-marshbank,Person,Jack Marshbank,John Marshbank,"By hand, 2018"',),
        held=("person/jack-marshbank,Representative,agency/us/house-of-representatives,1999-01-05,,By hand",),
    )
    added = take("congress", congress / "legislators-historical.yaml", to)
    text = (to / HOLDERS).read_text(encoding="utf-8")
    assert ',1999-01-05,2018-01-03,"By hand ; end: https://github.com/unitedstates/congress-legislators ' in text
    assert people(to)["person/jack-marshbank"] == ("Jack Marshbank", "John Marshbank")
    assert (added.people, added.known) == (1, 1), "the other one is new"


def test_the_tables_in_use_take_an_import(congress: Path, openstates: Path, tmp_path: Path) -> None:
    to = tmp_path / "to"
    to.mkdir()
    for table in Settings().reference.glob("*.csv"):
        (to / table.name).write_bytes(table.read_bytes())
    before = (to / PEOPLE).read_text(encoding="utf-8")
    take("congress", congress, to)
    take("openstates", openstates, to)
    assert (to / PEOPLE).read_text(encoding="utf-8").startswith(before), "what was there stays as it was"
    reference = read_reference(to)
    assert reference.holder_at("Governor", "jurisdiction/us/me", DAY) == "person/janet-mills"
    assert "person/wanda-quillfeather" in reference.entries


@pytest.mark.parametrize(
    ("data_set", "text", "message"),
    [
        ("congress", "a: [", "no YAML"),
        ("congress", "name: One\n", "no list of legislators"),
        ("congress", "- {name: {first: A, last: B}}\n", "not of the form"),
        ("congress", "- {id: {}, name: {first: A, last: B}, terms: [{type: duke, start: '2001-01-01'}]}", "unknown"),
        ("congress", "- {id: {}, name: {first: A, last: B}, terms: [{type: sen, start: soon}]}", "no start"),
        ("openstates", "- a\n", "no person of openstates"),
        ("openstates", "id: ocd-organization/1\nclassification: committee\n", "no person of openstates"),
        ("openstates", "id: x\n", "no person of openstates"),
    ],
)
def test_a_wrong_file_is_named(data_set: str, text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        take(data_set, path, tmp_path / "to")
    assert "wrong.yml" in str(caught.value)
    assert not (tmp_path / "to").exists()


def test_the_tables_that_both_offer_have_no_days(tmp_path: Path) -> None:
    for data_set, name, header in (
        ("openstates", "oh.csv", "id,name,current_party,current_district,current_chamber,given_name,family_name\n"),
        ("congress", "legislators-current.csv", "last_name,first_name,middle_name,suffix,nickname,full_name\n"),
    ):
        (tmp_path / name).write_text(header, encoding="utf-8")
        with pytest.raises(InputError, match="no days in office"):
            take(data_set, tmp_path / name, tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_a_folder_without_the_data_set_is_an_error(tmp_path: Path) -> None:
    for data_set in ("congress", "openstates"):
        with pytest.raises(InputError, match="no file of the data set"):
            take(data_set, tmp_path, tmp_path / "to")


def test_tables_with_other_columns_are_left_alone(congress: Path, tmp_path: Path) -> None:
    to = tables(tmp_path / "to")
    (to / PEOPLE).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="columns are wrong"):
        take("congress", congress, to)
    assert (to / PEOPLE).read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_a_state_senator_goes_to_congress(openstates: Path, tmp_path: Path) -> None:
    federal = "ocd-jurisdiction/country:us/government"
    for name, role in (
        ("us/legislature/1", f'{{type: lower, district: OH-3, jurisdiction: "{federal}", start_date: 2019-01-03}}'),
        ("us/legislature/2", f'{{type: upper, district: Utah, jurisdiction: "{federal}", start_date: 2019-01-03}}'),
        (
            "oh/retired/3",
            f'{{type: upper, jurisdiction: "{STATE.format("oh")}", start_date: 2011-01-03, end_date: 2018-12-31}}',
        ),
    ):
        path = openstates / "data" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"id: ocd-person/{name}\nname: Lu Dovetail\nroles:\n- {role}\n", encoding="utf-8")
    to = tmp_path / "to"
    for _ in range(2):
        take("openstates", openstates, to)
        titles = {path: [office[0] for office in offices(to, path)] for path in people(to) if "dovetail" in path}
        assert titles == {
            "person/lu-dovetail": ["Representative", "State Senator"],
            "person/lu-dovetail-ut": ["Senator"],
        }


def test_a_chamber_that_no_table_has_is_left_out(openstates: Path) -> None:
    left_out: Counter[str] = Counter()
    found = read_openstates(openstates / "data" / "me" / "legislature", frozenset(), {}, left_out)
    assert [person.terms for person in found] == [()]
    assert left_out == {"offices of the kind 'lower' whose body no table has": 1}


def test_the_command_counts_what_it_did(openstates: Path, tmp_path: Path) -> None:
    arguments = [
        "reference",
        "import",
        "openstates",
        str(openstates),
        "--to",
        str(tmp_path / "to"),
        "--as-of",
        "2019-06-01",
    ]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "3 people and 4 offices added, 0 offices known already" in result.output
    assert "left out: 1 offices without the day they began" in result.output
    wrong = CliRunner().invoke(app, ["reference", "import", "congress", str(openstates / "none")])
    assert wrong.exit_code == 2
