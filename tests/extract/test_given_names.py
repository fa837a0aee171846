"""The table of given names, and whom they let "he" and "she" mean."""

from pathlib import Path

import pytest

from benchmarks.reference_given_names import count_names
from kg.errors import ConfigurationError
from kg.extract.given_names import GIVEN_NAMES, TABLE, gender_of, read_given_names


@pytest.mark.parametrize(
    ("given", "around", "gender"),
    [
        (["Ana"], "", "f"),
        (["Tom"], "", "m"),
        (["Pramila"], "", "f"),  # told by the counts alone
        (["Quibby"], "", None),
        (["Kelly"], "", None),  # either, whatever the counts say
        (["Kelly"], "Congresswoman", "f"),
        ([], "Mr.", "m"),
        (["Ana"], "chairman", None),
    ],
)
def test_gender_of_names_and_titles(given: list[str], around: str, gender: str | None) -> None:
    assert gender_of(given, around) == gender


def test_words_begin_no_name() -> None:
    assert "Susan" in GIVEN_NAMES
    assert not GIVEN_NAMES & {"Virginia", "Grant", "Hope"}


def test_who_bears_a_name_twice_counts_once() -> None:
    people = [
        {"name": {"first": "Ana", "nickname": "Ana"}, "bio": {"gender": "F"}},
        {"name": {"first": "J. Tom"}, "bio": {"gender": "M"}},
    ]
    assert count_names(people) == {"Ana": (1, 0), "Tom": (0, 1)}


def test_name_in_two_lists_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(TABLE.read_text(encoding="utf-8").replace("men: [", "men: [Ana, ", 1), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("\nmen: [", "\nmen: [Ana, ", 1), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"two lists.*Ana"):
        read_given_names(path)
