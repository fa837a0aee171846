"""Whose words a paper has: "the memo argued", "said the statement", "the lawsuit says" mean who wrote it.

In: what `kg.extract.antecedents` knows of a text. Out: the `Voice` of the latest whom the text before names as the
author. Of reports, orders and rulings, which speak for themselves, it says nothing; and where somebody was quoted since
a statement was spoken of, the next "the statement" is left to be theirs.
"""

import re

from kg.extract.antecedents import BLOT, BODIES, PAPERS_NOUN, PEOPLE, PLACES, Antecedents, Voice
from kg.extract.clauses import GAP, TITLES
from kg.records import Mention

_PAPER = re.compile(
    r"\A\s*(?:the|this|that)\s+(?:[\w’'-]+\s+){0,2}(?P<noun>letter|statement|release|memo|memorandum|e-?mail|tweet|brief|complaint|lawsuit|suit"
    r"|petition|motion|op-ed)s?\Z",
    re.IGNORECASE,
)
_SPOKEN = {"statement", "release", "tweet"}
"""Papers that everybody gives: behind somebody else's words they are that somebody's."""
_SAME = {
    "memo": r"memo(?:randum)?",
    "memorandum": r"memo(?:randum)?",
    "suit": r"(?:law)?suit",
    "lawsuit": r"(?:law)?suit",
}
_OWNER_BEFORE = re.compile(r"[’']s?\s+(?:[\w.’'-]+\s+){0,3}\Z")
_BY_BEHIND = re.compile(
    rf"(?:\s+(?!and\b|or\b|that\b|which\b|sa(?:ys?|id)\b)[\w.-]+){{0,5}}?,?\s+(?:by|from)\s+(?P<whom>[^,.;:()“”{BLOT}]{{3,100}})"
)
_SENT = re.compile(
    r"\b(?:(?:releas|issu|post|publish|fil|circulat|deliver|respond|react|answer)(?:ed|s|es)|sent|sends|wrote|writes|penned|put out|puts out"
    r"|repli(?:ed|es)|(?:said|argued|warned) in)\b"
)
_NO_MORE = r"(?!(?:an?|the|its|his|her|their|that|this|and|but|\w+ing)\b)"
_AND_WHAT = re.compile(
    rf"\s+(?:{_NO_MORE}[\w.’'-]+\s+){{0,4}}?(?:an?|its|his|her|their|the)\s+(?:{_NO_MORE}(?!{PAPERS_NOUN}\b)[\w.’'-]+\s+){{0,3}}\Z"
)
_FROM = re.compile(
    r"\A(?:(?i:an?|the|one|another|its|his|her|their)\s+)(?:[\w.’'-]+\s+){0,4}?(?:letter|statement|release|memo|memorandum|e-?mail|brief|complaint|lawsuit|petition"
    r"|report|study|analysis|review|survey|op-ed|audit)\s+(?:(?:sent|written|signed|issued|released|filed|published|conducted|done)\s+by|by|from)\s+"
)
_NEAR = 3000
"""How far back, in characters, a paper's author is looked for."""


class Papers(Antecedents):
    """Knows who wrote the papers that a text speaks of."""

    def describe(self, words: str, at: int, *, roles: bool = True) -> Voice | None:
        """Say whom a noun phrase means: of "the memo" and "a report by Door Watch" whoever wrote it, if the text tells."""
        if (source := _FROM.match(words)) and words[source.end() :]:
            named = self.within(at + source.end(), at + len(words) + 1)
            if named and re.fullmatch(TITLES, self.text[at + source.end() : named[0].span.start]):
                return self.voice_of(named[0])
        paper = _PAPER.match(words)
        author = self._who_wrote(paper["noun"].lower(), at) if paper else None
        return self.voice_of(author) if author else super().describe(words, at, roles=roles)

    def _who_wrote(self, noun: str, at: int) -> Mention | None:
        """Find the author in the latest words before that say whose the paper is."""
        since = max(at - _NEAR, self.latest_at if noun in _SPOKEN else 0, 0)
        for paper in reversed([*re.finditer(rf"\b{_SAME.get(noun, noun)}\b", self.text[:at])]):
            if paper.start() < since:
                return None
            if found := self._owner(paper.start()) or self._sender(paper.start()) or self._writer(paper.end()):
                return found
        return None

    def _owner(self, start: int) -> Mention | None:
        """Read "Ruiz’s long memo"."""
        for mention in reversed(self.within(max(start - 80, 0), start)):
            if mention.type in PEOPLE | BODIES and _OWNER_BEFORE.fullmatch(self.text, mention.span.end, start):
                return mention
        return None

    def _sender(self, start: int) -> Mention | None:
        """Read "Open Doors responded on Monday with a statement"."""
        sentence = next(self._sentences_before(start))
        for verb in _SENT.finditer(self.text, sentence.start, start):
            if _AND_WHAT.fullmatch(self.text, verb.end(), start):
                for mention in self.within(sentence.start, verb.start()):
                    leads = GAP.fullmatch(self.text, mention.span.end, verb.start())
                    if (
                        leads
                        and mention.type in PEOPLE | BODIES | PLACES
                        and not self.governed(sentence.start, mention.span.start)
                    ):
                        return mention
        return None

    def _writer(self, end: int) -> Mention | None:
        """Read "a memo by former staff director Ana Ruiz", "the lawsuit filed by Door Watch"."""
        by = _BY_BEHIND.match(self.text, end)
        if by is None:
            return None
        named = self.within(by.start("whom"), by.end("whom"))
        person = next((m for m in named if m.type in PEOPLE), None)
        if person is not None and not re.search(
            r"\b(?:to|for|about|on|against|of)\s", self.text[by.start("whom") : person.span.start]
        ):
            return person
        first = named[0] if named else None
        plain = first is not None and re.fullmatch(TITLES, self.text[by.start("whom") : first.span.start])
        return first if plain and first is not None and first.type in PEOPLE | BODIES | PLACES else None
