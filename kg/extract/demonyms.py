"""Whom an adjective names: countries ("Mexican President Ana Ruiz", "the French foreign minister") and parties ("Republican leaders").

What enters is a passage; what leaves are mentions of countries, with the hints of a country by name, and of parties. The
adjective alone ("Mexican food") speaks of no government and is no mention. The adjectives of countries are data
(demonyms.yaml). A party is meant by its people as a body: not by "two Republican senators", nor by a title with a name.
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
PARTIES = {
    "republican": "organization/republican-party",
    "gop": "organization/republican-party",
    "democratic": "organization/democratic-party",
}
PARTY_PEOPLE = re.compile(
    r"(?<![\w-])(?P<party>Republican|GOP|Democratic)(?: (?:congressional|legislative|Congressional|House|Senate|party|Party|presidential))?"
    r" (?:leaders|leadership|lawmakers|senators|congressmen|legislators|candidates|hopefuls|contenders|members(?: of Congress)?)\b(?! (?:[A-Z]|in\b|from\b|of\b))"
)
SINGLED_OUT = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|dozen|both|former|local|city|county|\d+|couple of|group of|other)(?: [a-z-]+)? \Z",
    re.IGNORECASE,
)
"""What stands before people of a party who are only some of it: "two moderate Republican senators"."""


class DemonymFinder:
    """Finds countries by the adjective before an office and a name, and parties by the one before their people."""

    def __init__(self) -> None:
        rows: dict[str, list[str]] = yaml.safe_load(DEMONYMS.read_text(encoding="utf-8"))
        self._codes = {adjective: code for code, adjectives in rows.items() for adjective in adjectives}
        words = "|".join(sorted(map(re.escape, self._codes), key=len, reverse=True))
        self._pattern = re.compile(
            rf"(?<![\w-])(?P<adjective>{words})(?= (?:(?:former|then|late|acting|new|outgoing) )?(?:{OFFICES}),? [A-ZÀ-Þ][a-zà-ÿ])"
        )

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Yield the countries and the parties of one passage that are named so."""
        for match in self._pattern.finditer(passage.text):
            code = self._codes[match["adjective"]]
            span = Span(passage.start + match.start(), passage.start + match.end())
            hints = (("country", code), ("level", "Country"), ("name", places().countries[code]["name"]))
            yield Mention(span, match["adjective"], "Jurisdiction", FOUND_BY, hints=hints)
        for match in PARTY_PEOPLE.finditer(passage.text):
            if not SINGLED_OUT.search(passage.text, max(0, match.start() - 40), match.start()):
                span = Span(passage.start + match.start(), passage.start + match.end())
                yield Mention(span, match[0], "Organization", "gazetteer", key=PARTIES[match["party"].lower()])
