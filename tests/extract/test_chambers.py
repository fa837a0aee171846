"""Bodies that the words name only by what they are: which place's they are, and when nobody can say."""

from collections.abc import Callable

import pytest

from kg.records import Extraction
from tests.extract.conftest import drafts

ABOUT_OREGON = "Oregon is large. Oregon is green. Oregon is wet. "
CASES = [
    ("In Oregon, the state Legislature met.", [("state Legislature", "partOf", "Oregon")]),
    ("In Sacramento, the city council met.", [("city council", "partOf", "Sacramento")]),
    ("In Chicago, a man called the mayor's office.", [("mayor's office", "partOf", "Chicago")]),
    ("In Travis County, the sheriff's office closed.", [("sheriff's office", "partOf", "Travis County")]),
    (ABOUT_OREGON + "The GOP-controlled Legislature met.", [("Legislature", "partOf", "Oregon")]),
    # a state's or town's own, though the nation has one of the name
    ("Oregon is wet. The state Department of Justice met.", [("Department of Justice", "partOf", "Oregon")]),
    ("In Chicago, the city's public works department met.", [("public works department", "partOf", "Chicago")]),
    ("In Oregon and Ohio, the state Department of Justice met.", []),
    ("In Oregon, state departments met.", []),
    # no place, two places, or a place of another level
    ("The state Legislature met.", []),
    ("In Oregon and Ohio, the state Legislature met.", []),
    ("In Oregon, the city council met.", []),
    # anybody's, several, or the title of somebody
    ("In Oregon, a state legislature met.", []),
    ("In Oregon, state legislatures met.", []),
    ("In Oregon, the state Senate President answered.", []),
    ("In Oregon, the legislature of Ohio met.", []),
]


@pytest.mark.parametrize(("text", "facts"), CASES)
def test_bodies_of_a_place(
    text: str, facts: list[tuple[str, str, str]], read_bare: Callable[[str], Extraction]
) -> None:
    assert drafts(read_bare(text), "partOf") == facts
