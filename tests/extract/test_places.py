"""Places by name: what is taken for one, and what the words around say of its level and its state."""

from collections.abc import Callable

import pytest

from kg.records import Extraction
from tests.extract.conftest import named

STATE = {"level": "State"}
COUNTY = {"level": "County"}
CITY = {"level": "Municipality"}

CASES = [
    # the level that the words say
    ("He moved to Sacramento County.", [("Sacramento County", COUNTY | {"name": "Sacramento"})]),
    ("He moved to the City of Sacramento.", [("City of Sacramento", CITY | {"name": "Sacramento"})]),
    ("He moved to the city of Sacramento.", [("Sacramento", CITY | {"name": "Sacramento"})]),
    ("The City and County of San Francisco answered.", [("City and County of San Francisco", CITY | {"name": "San Francisco"})]),
    ("The State of Oregon answered.", [("State of Oregon", STATE | {"name": "Oregon"})]),
    ("Oregon answered.", [("Oregon", STATE | {"name": "Oregon"})]),
    ("New York answered.", [("New York", {"name": "New York"})]),  # the state or the city: for linking to decide
    ("A New York Democrat answered.", [("New York", STATE | {"name": "New York"})]),
    ("The U.S.-Mexico border is long.", [("Mexico", {"country": "MX", "level": "Country", "name": "Mexico"})]),
    ("The Anglo-Mexican border is long.", []),
    ("New Yorkers answered.", [("New Yorkers", CITY | {"name": "New York City"})]),
    ("They left Britain.", [("Britain", {"level": "Country", "name": "Britain", "country": "GB"})]),
    ("US officials answered.", [("US", {"level": "Country", "name": "US", "country": "US"})]),
    ("Tell us more.", []),
    # the state that follows
    ("He moved to Sacramento, Calif.", [("Sacramento", {"name": "Sacramento", "within": "CA"}), ("Calif.", STATE | {"name": "California"})]),
    ("Springfield, Illinois, answered.", [("Springfield", {"name": "Springfield", "within": "IL"}), ("Illinois", STATE | {"name": "Illinois"})]),
    ("ELM HOLLOW RIDGE, Iowa — Hundreds of people came to the rally on Monday, and all of them answered.",
     [("ELM HOLLOW RIDGE", CITY | {"name": "Elm Hollow Ridge", "within": "IA"}), ("Iowa", STATE | {"name": "Iowa"})]),
    ("FORT ROE, Iowa — Hundreds of people came to the rally on Monday, and all of them answered.", [("Iowa", STATE | {"name": "Iowa"})]),
    ("They met near Elmhollow, Calif., and left.",
     [("Elmhollow", CITY | {"name": "Elmhollow", "within": "CA"}), ("Calif.", STATE | {"name": "California"})]),
    ("They wrote to Quibb, Calif. Gov. Ann Roe said.", []),
    ("The N.Y. Supreme Court met.", [("N.Y.", STATE | {"name": "New York"})]),
    ("The Calif. Legislature met.", [("Calif.", STATE | {"name": "California"})]),
    ("The Miss. Jones court met.", []),
    ("Springfield (Ill.) answered.", [("Springfield", {"name": "Springfield", "within": "IL"}), ("Ill.", STATE | {"name": "Illinois"})]),
    ("Travis County in Texas answered.", [("Travis County", COUNTY | {"name": "Travis", "within": "TX"}), ("Texas", STATE | {"name": "Texas"})]),
    ("Jefferson Parish, Louisiana, answered.",
     [("Jefferson Parish", COUNTY | {"name": "Jefferson", "within": "LA"}), ("Louisiana", STATE | {"name": "Louisiana"})]),
    ("New York, N.Y., answered.", [("New York", {"name": "New York", "within": "NY"}), ("N.Y.", STATE | {"name": "New York"})]),
    ("Washington, D.C., answered.", [("Washington, D.C.", CITY | {"name": "Washington", "within": "DC"})]),
    (
        "Washington, D.C., Hawaii and Ohio answered.",
        [
            ("Washington, D.C.", CITY | {"name": "Washington", "within": "DC"}),
            ("Hawaii", STATE | {"name": "Hawaii"}),
            ("Ohio", STATE | {"name": "Ohio"}),
        ],
    ),
    # the state behind a party
    ("Sen. Ana Ruiz, D-Calif., answered.", [("Calif.", STATE | {"name": "California"})]),
    ("Rep. Ana Ruiz (R-LA) answered.", [("LA", STATE | {"name": "Louisiana"})]),
    ("Ana Ruiz took the B-Calif. bus.", []),
    # a list of places is no place in a state
    ("New York, California and Oregon answered.",
     [("New York", {"name": "New York"}), ("California", STATE | {"name": "California"}), ("Oregon", STATE | {"name": "Oregon"})]),
    ("Chicago, Texas and Ohio answered.", [("Chicago", {"name": "Chicago"}), ("Texas", STATE | {"name": "Texas"}), ("Ohio", STATE | {"name": "Ohio"})]),
    # counties that share their word
    ("He lives in Middlesex, Ocean and Union counties in New Jersey.",
     [(name, COUNTY | {"name": name, "within": "NJ"}) for name in ("Middlesex", "Ocean", "Union")] + [("New Jersey", STATE | {"name": "New Jersey"})]),
    ("Neither Prince George's nor Montgomery County answered.",
     [("Prince George's", COUNTY | {"name": "Prince George's"}), ("Montgomery", COUNTY | {"name": "Montgomery"})]),
    ("Neither Prince George’s nor Montgomery County answered.",
     [("Prince George’s", COUNTY | {"name": "Prince George's"}), ("Montgomery", COUNTY | {"name": "Montgomery"})]),
    # English words that are also cities
    ("He ate an orange in Hope.", []),
    ("He lives in Orange, Calif.", [("Orange", {"name": "Orange", "within": "CA"}), ("Calif.", STATE | {"name": "California"})]),
    ("He lives in Orange County.", [("Orange County", COUNTY | {"name": "Orange"})]),
    ("The March came in May.", []),
    ("He counted the ballots of the county.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places"), CASES)
def test_places(text: str, places: list[tuple[str, dict[str, str]]], read_bare: Callable[[str], Extraction]) -> None:
    assert [
        (words, hints) for words, kind, hints in named(read_bare(text), "place") if kind == "Jurisdiction"
    ] == places
