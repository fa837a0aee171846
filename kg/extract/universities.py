"""Universities, schools and countrywide associations by the form of their names: "University of California, Davis", "Roe Law School".

What enters are a passage and the mentions found so far; what leaves are mentions of organisations, which are longer
than the places in their names and so replace them. Nothing here knows a particular university.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.article import BlockKind
from kg.extract.organizations import LOCATED
from kg.extract.passages import Passage
from kg.records import Mention, Span

FOUND_BY = "pattern"
UNIVERSITY = re.compile(
    r"\b(?:(?:[A-Z][a-z]+ (?:State )?)?University of (?:the )?(?:St\. )?[A-Z][\w’'-]+(?: (?!Center|School|Law|Medical|Press|Hospital|Poll|Prof|President|Political|Chancellor|Institute|Student|Board)[A-Z][a-z][\w-]*){0,3}(?P<join>, | at |[-–] ?)?|UC[ -](?P<campus>(?:Santa|San) [A-Z][a-z]+|[A-Z][a-z]{3,}))"
)


SCHOOL = re.compile(
    r"\b(?P<name>(?!The |This |A )(?:[A-Z][\w.&-]+ ){1,4}(?:Law School|Medical School|Business School|School of (?:Law|Medicine|Business|Government|Public [A-Z]\w+))\b"
    r"|[A-Z][a-z]+ Law(?= (?:professor|lecturer|dean|student|graduate)\b))"
)
COUNTRYWIDE = re.compile(
    r"\b(?!United |The |This |A )(?:[A-Z][\w’'-]+ ){0,3}(?:[A-Z][\w’'-]+) (?:for|of) (?:[Ll]ife of )?America\b(?!['’]s|n| (?:First|Great))"
)
"""Associations of the whole country: "Lawyers for America", "Boat Owners of America"."""
NO_ASSOCIATION = re.compile(
    r"\b(?:States|President|Government|People|Congress|Heart|North|South|History|Enemies?|Future|Citizens|Cities|Soul|Confederate States) (?:of|for)\b"
)


class UniversityFinder:
    """Finds universities, schools and associations by the form of their names."""

    def find(self, passage: Passage, known: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the organisations of one passage that are named so; they may overlap those already known, which are shorter."""
        text = passage.text
        places = {m.span.start - passage.start: m for m in known if m.type == "Jurisdiction"}
        for match in UNIVERSITY.finditer(text):
            if match["campus"] in {"System", "Regents", "Office", "Board"}:
                continue
            yield _mention(passage, match.start(), _campus_end(match, places, passage))
        for match in SCHOOL.finditer(text):
            yield _mention(passage, match.start("name"), match.end("name"))
        if passage.block.kind is BlockKind.HEADLINE:
            return
        for match in COUNTRYWIDE.finditer(text):
            if not NO_ASSOCIATION.search(match[0]):
                located = LOCATED.match(match[0])  # "Quibb-based Bank of America"
                yield _mention(passage, match.start() + (located.end() if located else 0), match.end())


def _campus_end(match: re.Match[str], places: Mapping[int, Mention], passage: Passage) -> int:
    """Return where a university's name ends: with its town, where one stands right behind it."""
    if not match["join"]:
        return match.end()
    campus = places.get(match.end())
    if campus is None or campus.hint("level") in {"State", "County", "Country"}:
        return match.start("join")
    if campus.hint("within"):
        return match.end() + len(campus.hint("name") or campus.text)
    return campus.span.end - passage.start


def _mention(passage: Passage, start: int, end: int) -> Mention:
    return Mention(Span(passage.start + start, passage.start + end), passage.text[start:end], "Organization", FOUND_BY)
