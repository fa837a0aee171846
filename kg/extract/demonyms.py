"""Countries that an adjective names before the title of somebody: "Mexican President Ana Ruiz", "the French foreign minister, Tom Vale".

What enters is a passage; what leaves are mentions of countries, with the hints of a country by name. The adjective
alone ("Mexican food") speaks of no government and is no mention. The adjectives are data (demonyms.yaml).
"""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from kg.extract.passages import Passage
from kg.geonames import places
from kg.records import Mention, Span

FOUND_BY = "place"
DEMONYMS = Path(__file__).with_name("demonyms.yaml")
OFFICES = (
    r"(?:[Vv]ice )?[Pp]resident(?:-elect)?|PM|[Pp]rime [Mm]inister|[Pp]remier|[Cc]hancellor|(?:[Ff]oreign|[Ii]nterior|[Ff]inance|[Dd]efen[sc]e|[Hh]ome) (?:[Mm]inister|[Ss]ecretary)"
    r"|[Cc]onsul [Gg]eneral|[Aa]mbassador|[Ss]upreme [Ll]eader|[Kk]ing|[Qq]ueen|[Cc]rown [Pp]rince|[Ll]eader"
)


class DemonymFinder:
    """Finds countries by the adjective before an office and a name."""

    def __init__(self) -> None:
        rows: dict[str, list[str]] = yaml.safe_load(DEMONYMS.read_text(encoding="utf-8"))
        self._codes = {adjective: code for code, adjectives in rows.items() for adjective in adjectives}
        words = "|".join(sorted(map(re.escape, self._codes), key=len, reverse=True))
        self._pattern = re.compile(
            rf"(?<![\w-])(?P<adjective>{words})(?= (?:(?:former|then|late|acting|new|outgoing) )?(?:{OFFICES}),? [A-ZÀ-Þ][a-zà-ÿ])"
        )

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Yield the countries of one passage that are named so."""
        for match in self._pattern.finditer(passage.text):
            code = self._codes[match["adjective"]]
            span = Span(passage.start + match.start(), passage.start + match.end())
            hints = (("country", code), ("level", "Country"), ("name", places().countries[code]["name"]))
            yield Mention(span, match["adjective"], "Jurisdiction", FOUND_BY, hints=hints)
