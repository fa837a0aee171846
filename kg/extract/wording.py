"""Facts that a fixed wording states, whatever a parser makes of the sentence: "the sanctuary city of Anytown", "Jane Roe, author of SB 1".

What enters are sentences with their mentions and the rules whose trigger is a wording; what leaves are claim drafts.
A wording is a regular expression with slots for mentions. It reads one sentence and knows no relation; where it
names no object, the rule says by which words the article calls the one that is meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.extract.qualify import read_qualifiers
from kg.extract.reading import Reading, ReadPassage
from kg.extract.rules import Rule
from kg.extract.wording_patterns import FIRST
from kg.records import ClaimDraft, Evidence, Mention, Status

_DENIAL = re.compile(
    r"\b(?:not|never|no longer|no|\w+n['’]t|den(?:y|ies|ied)|without|if|whether|unless|would|could|might|(?-i:may))\b",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:[’']s?)?(?P<title>(?: (?!(?:and|or|in|of|the|a)\b)[\w.’'-]+){0,4}) (?P<name>[\ue000-\uf8ff])")
_NEAR = 40
"""How many characters before a wording are searched for a denial or a condition."""


class WordingReader:
    """Applies the rules with wordings to one document."""

    def __init__(
        self,
        reading: Reading,
        allowed: Callable[[Mention, Sequence[str]], bool],
        titled: Callable[[Mention, Rule], bool],
    ):
        self._reading = reading
        self._allowed = allowed
        self._titled = titled

    def read(self, rule: Rule, subject_types: Sequence[str], object_types: Sequence[str]) -> Iterator[ClaimDraft]:
        """Yield what the wordings of a rule find, in the order of the text."""
        for read in self._reading.passages:
            for sentence in read.passage.sentences():
                coded = _Coded(sentence, read)
                if not coded.mentions:
                    continue
                for wording in rule.wordings:
                    for match in wording.finditer(coded.text):
                        yield from self._drafts(rule, match, coded, read, (subject_types, object_types))

    def _drafts(
        self,
        rule: Rule,
        match: re.Match[str],
        coded: "_Coded",
        read: ReadPassage,
        types: tuple[Sequence[str], Sequence[str]],
    ) -> Iterator[ClaimDraft]:
        if _DENIAL.search(coded.text[max(0, match.start() - _NEAR) : coded.first(match)].rpartition(";")[2]):
            return
        subjects = self._members(match, "subject", coded, types[0])
        if rule.subject_titles:
            subjects = [mention for mention in subjects if self._titled(mention, rule)]
        objects = self._members(match, "object", coded, types[1])
        token = coded.token(match.start())
        if not objects and rule.object_elsewhere:
            objects = self._reading.called(
                rule.object_elsewhere,
                read.passage.token_span(token),
                lambda m: self._allowed(m, types[1]),
                rule.object_within,
            )
        qualifiers = read_qualifiers(rule.qualifiers, token, read, self._reading)
        if any(getattr(qualifiers, name) is None for name in rule.needs):
            return
        extent = read.passage.span(token.sent)
        quoted = self._reading.quotation_at(read.passage.token_span(token))
        speaker = quoted.speaker if quoted is not None else None
        for subject in subjects:
            for target in objects:
                if target.span == subject.span or (target.key and target.key == subject.key):
                    continue
                evidence = Evidence(self._reading.document.id, extent, read.passage.printed(token.sent), rule.name, rule.version,
                                    rule.confidence, attributed_to=speaker if speaker != subject.span else None)  # fmt: skip
                yield ClaimDraft(subject.span, rule.relation, target.span, evidence, qualifiers, Status.ASSERTED)

    def _members(self, match: re.Match[str], role: str, coded: "_Coded", types: Sequence[str]) -> list[Mention]:
        """Return the mentions of a slot, up to the first of another type; a state behind its city is none of them."""
        found: list[Mention] = []
        slot = match.groupdict().get(role) or ""
        for place, character in enumerate(slot):
            if (mention := coded.mention(character)) is None:
                continue
            if found and (
                _locates(mention, found[-1]) or _of_party(slot, place) or slot[:place].endswith((" in ", " of "))
            ):
                continue
            if (owned := coded.behind(slot[place + 1 :])) is not None:
                if self._allowed(owned, types):
                    continue
                break
            if not self._allowed(mention, types) or mention.hint("level") == "Country":
                break
            found.append(mention)
        return found


class _Coded:
    """A sentence with each mention as one private character, and the way back to its words."""

    def __init__(self, sentence: TokenSpan, read: ReadPassage):
        self._sentence, self._read = sentence, read
        self.mentions = read.mentions_in(sentence)
        start = read.passage.span(sentence).start
        here, parts = start, []
        self._moves: list[tuple[int, int]] = [(0, start)]
        length = 0
        for number, mention in enumerate(self.mentions):
            before = read.passage.text[here - read.passage.start : mention.span.start - read.passage.start]
            parts += [before, chr(FIRST + number)]
            length += len(before)
            self._moves.append((length, mention.span.start))
            length += 1
            here = mention.span.end
            self._moves.append((length, here))
        parts.append(
            read.passage.text[here - read.passage.start : read.passage.span(sentence).end - read.passage.start]
        )
        self.text = "".join(parts)

    def mention(self, character: str) -> Mention | None:
        """Return the mention that a character stands for."""
        number = ord(character) - FIRST
        return self.mentions[number] if 0 <= number < len(self.mentions) else None

    def behind(self, words: str) -> Mention | None:
        """Return what a name only says whose it is, of the words behind: "report" in "DHS report", Roe in "Oregon Gov. Jane Roe"."""
        match = _OWNED.match(words)
        owned = self.mention(match["name"]) if match else None
        return owned if owned is not None and match and (not match["title"] or owned.type == "Person") else None

    @staticmethod
    def first(match: re.Match[str]) -> int:
        """Return where the first mention of a match stands: titles before it are part of its slot."""
        return match.start() + next((n for n, character in enumerate(match[0]) if ord(character) >= FIRST), 0)

    def token(self, offset: int) -> Token:
        """Return the word at an offset of the coded text."""
        coded, printed = max(move for move in self._moves if move[0] <= offset)
        place = printed + offset - coded - self._read.passage.start
        return next((token for token in self._sentence if token.idx + len(token) > place), self._sentence[-1])


def _of_party(slot: str, place: int) -> bool:
    """Tell whether a state only says whose legislator somebody is: "(D-Ohio)", "an Ohio Republican"."""
    behind = re.match(r" (?:Republican|Democrat|independent)\b", slot[place + 1 :])
    return behind is not None or re.search(r"\b[RDI]-\Z", slot[:place]) is not None


def _locates(mention: Mention, before: Mention) -> bool:
    """Tell whether a state only says where the place before it lies: "Sacramento, Calif."."""
    near = 0 < mention.span.start - before.span.end <= 4
    return near and bool(before.hint("within")) and mention.hint("level") == "State"
