"""Laws told by whose they are and what about, and what a court decides on of a law spoken of before."""

from collections.abc import Callable

import pytest

from kg.extract.laws import about
from kg.records import Extraction
from tests.extract.conftest import Found, named

OREGON = {"place": "Oregon", "place_level": "State"}

CASES: list[tuple[str, list[Found]]] = [
    ("They struck down Oregon's tough new immigration law.", [("law", "Statute", {"law": "immigration law", **OREGON})]),
    ("They struck down Oregon’s voter ID law.", [("law", "Statute", {"law": "voter ID law", **OREGON})]),
    ("The Oregon plastic bag ban holds.", [("ban", "Statute", {"law": "plastic bag ban", **OREGON})]),
    ("They signed an Oregon abortion bill.", [("bill", "Bill", {"law": "abortion bill", **OREGON})]),
    ("Oregon's law holds.", [("law", "Statute", {"law": "law", **OREGON})]),  # the one that the article names
    ("Oregon Gov. Jane Roe signed a sanctuary ban.", [("ban", "Statute", {"law": "sanctuary ban", **OREGON})]),
    ("He called the voter ID law unfair.", [("law", "Statute", {"law": "voter ID law"})]),
    ("They challenged the state's campaign finance law.", [("law", "Statute", {"law": "campaign finance law"})]),
    # a field of law, other things called so, and words of another clause
    ("Oregon election law is old.", []),
    ("Oregon's election law is old.", []),
    ("Oregon law enforcement agreed.", []),
    ("He attended an Oregon law school.", []),
    ("Oregon will sign the law.", []),
    ("Oregon's electric bill grew.", []),
    ("An immigration law passed.", []),
    ("The country's gun laws differ.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CASES)
def test_laws_by_whose_they_are(text: str, found: list[Found], read_bare: Callable[[str], Extraction]) -> None:
    laws = [one for one in named(read_bare(text), "pattern") if one[1] in {"Statute", "Bill", "Ordinance"}]
    assert laws == found


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("tough new immigration ", "immigration"),
        ("29-year-old sanctuary ", "sanctuary"),
        ("controversial ", ""),
        ("election ", None),
        ("lawmakers passed a gun ", None),
    ],
)
def test_what_a_law_is_about(words: str, told: str | None) -> None:
    assert about(words) == told


@pytest.mark.parametrize(
    ("text", "relation", "count"),
    [
        ("The Supreme Court struck down most of Oregon's immigration law, but it upheld the key plank.", "ruledFor", 1),
        ("DACA was challenged until the Supreme Court allowed it to take effect.", "ruledFor", 1),
        ("DACA and SB 54 were challenged until the Supreme Court upheld it.", "ruledFor", 0),  # which of them
        ("The Supreme Court allowed it to take effect.", "ruledFor", 0),
        ("Gov. Ana Ruiz signed SB 54 on Monday. Mayor Tom Vance criticized it.", "criticizes", 1),
        (
            "SB 54 angered a neighbor. Mayor Tom Vance criticized it.",
            "criticizes",
            0,
        ),  # the neighbor was spoken of last
    ],
)
def test_a_court_decides_on_the_law_spoken_of(
    text: str, relation: str, count: int, extract: Callable[[str], Extraction]
) -> None:
    assert len({draft.object for draft in extract(text).claims if draft.relation == relation}) == count
