"""Universities by the form of their names, countries by the adjective before an office."""

from collections.abc import Callable

import pytest

from kg.records import Extraction

UNIVERSITIES = [
    ("He studies at the University of Ohio, Ana Ruiz said.", ["University of Ohio"]),
    ("He studies at the University of California, Sacramento.", ["University of California, Sacramento"]),
    ("He studies at the University of Texas at Austin.", ["University of Texas at Austin"]),
    ("He studies at UC Sacramento.", ["UC Sacramento"]),
    ("He leads the University of Ohio Center for Birds.", ["University of Ohio"]),
    ("He studies the University System of Ohio.", []),
    ("He studies Ohio.", []),
]
COUNTRIES = [
    ("They met Mexican President Ana Ruiz.", ["MX"]),
    ("They met the former French prime minister, Ana Ruiz.", ["FR"]),
    ("They met Mexican farmers.", []),
    ("The Mexican president answered.", []),
    ("They met Mexican-American President Ana Ruiz.", []),
]


@pytest.mark.parametrize(("text", "names"), UNIVERSITIES)
def test_universities(text: str, names: list[str], read_bare: Callable[[str], Extraction]) -> None:
    assert [m.text for m in read_bare(text).mentions if "Univ" in m.text or "UC" in m.text] == names


@pytest.mark.parametrize(("text", "codes"), COUNTRIES)
def test_countries_by_adjective(text: str, codes: list[str], read_bare: Callable[[str], Extraction]) -> None:
    assert [m.hint("country") for m in read_bare(text).mentions if m.hint("country")] == codes
