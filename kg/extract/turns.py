"""Whose turn it is to speak: who replies to a quotation, whose answer a sentence announces, whose words go on behind it.

In: what `kg.extract.antecedents` knows of a text. Out: a `Voice`. It reads no reporting clause: `kg.extract.speakers`
does that, and asks here when a clause only takes up what was said before.
"""

import re

from kg.extract.antecedents import BLOT, PEOPLE, PLACES, Voice
from kg.extract.clauses import TITLES
from kg.extract.papers import Papers
from kg.records import Mention, MentionKind

_REPLY = re.compile(
    r"(?i:he|she)\s+(?:\w+ly\s+)?(?:responded|replied|answered|countered|retorted|(?:shot|fired|hit) back)\b"
)
ANSWER = re.compile(
    r"(?:(?P<owned>[’']s?)|(?:\A|[.!?]\s)\s*(?P<whose>[Hh]is|[Hh]er|[Tt]heir))\s+(?:[a-z-]+\s+){0,2}(?:response|answer|reply|retort|rejoinder|message|explanation"
    r"|reaction|verdict|advice|argument|defense|rationale|conclusion|assessment|rebuttal|comeback|plea|pitch|warning)"
    r"(?:\s+(?:to|on|about|for)\s[^.?!:;\x01]{1,60}?)?(?:\s+(?:is|was)\s+(?:[\w-]+\s+){0,3}[\w-]+)?\s*[?.:]\s*\Z"
)
"""Who answers, in a sentence before the words: "Ruiz’s response?", "Her message to the city was blunt."."""
SOURCE_BEHIND = re.compile(
    r",\s+(?P<verb>writes|wrote|says|said|argues|argued|notes|explains|explained|according to)\s+(?=[A-Z])"
)


class Turns(Papers):
    """Finds who speaks next, from who spoke before."""

    def pronoun(self, word: str, at: int) -> Voice | None:
        """Say whom a pronoun means; "she replied" behind somebody else's words is never that somebody."""
        replier = self._replier(word.lower(), at)
        return Voice(replier.span) if replier else super().pronoun(word, at)

    def _replier(self, word: str, at: int) -> Mention | None:
        """Find who answers what somebody else has just said, “…,” she replied: whoever was named last but the other."""
        spoke = self._by_span.get(self.latest.speaker) if self.latest.speaker else None
        quoted = self.text[:at].rstrip(" ,”\"’'")
        between = self.text[self.latest_at : len(quoted.rstrip(BLOT))]
        if spoke is None or not _REPLY.match(self.text, at) or not quoted.endswith(BLOT) or between.strip(' \n“”"'):
            return None
        others = (m for m in self.within(max(at - 2000, 0), at) if m.type in PEOPLE and m.kind is MentionKind.NAME)
        named = [m for m in others if m.text.split()[-1] != spoke.text.split()[-1] and self._fits(m, word)]
        return named[-1] if named else None

    def answering(self, start: int, end: int) -> Voice | None:
        """Read "Ruiz’s response?" and "Her message was blunt.": whose words a sentence announces."""
        found = ANSWER.search(self.text, start, end)
        if found is None:
            return None
        if found["whose"]:
            word = {"his": "he", "her": "she", "their": "they"}[found["whose"].lower()]
            return self.pronoun(word, found.start("whose"))
        owner = [m for m in self.within(start, found.start()) if m.span.end == found.start() and m.type not in PLACES]
        return self.voice_of(owner[-1]) if owner else None

    def source_at_the_end(self, start: int, end: int) -> Voice | None:
        """Find the person who ends a sentence as its source: "…, writes Ruiz in The Daily Post."."""
        source = SOURCE_BEHIND.search(self.text, start, end)
        first = next(iter(self.within(source.end(), end)), None) if source else None
        named = first is not None and source and re.fullmatch(TITLES, self.text[source.end() : first.span.start])
        return self.voice_of(first) if first is not None and first.type in PEOPLE and named else None
