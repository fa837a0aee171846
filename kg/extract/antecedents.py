"""Whom a pronoun or a description in a reporting clause means: "he said", "the court ruled", "the Ohio Democrat added".

In: a text in which the quoted words are blotted out, its sentences, and the mentions. Out: a `Voice`, the span of a
mention or the words that describe somebody unnamed. It works on printed words alone; it must not give a name to a
speaker whom the text introduces without one ("one official", then "the official").
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.given_names import fits_pronoun
from kg.records import Mention, MentionKind, Span

BLOT = "\u0001"
"""Stands for each quoted character in a blotted text, so that offsets stay."""

PEOPLE = frozenset({"Person", "Official"})
COURTS = frozenset({"Court"})
BODIES = frozenset({"Agency", "LegislativeBody", "LawEnforcementAgency", "Court", "Organization"})
PLACES = frozenset({"Jurisdiction", "Country", "State", "County", "Municipality"})
LAWS = frozenset({"Law", "Statute", "ExecutiveOrder", "Ordinance", "Bill", "ConstitutionalProvision"})
PAPERS = LAWS | {"Publication", "FundingProgram"}
SPEAKERS = PEOPLE | BODIES | PLACES | PAPERS

PAPERS_NOUN = (
    r"(?:letters?|statements?|releases?|memos?|e-?mails?|tweets?|orders?|briefs?|rulings?|reports?|complaints?|filings?|opinions?|posts?"
    r"|messages?|videos?|petitions?|op-eds?|columns?|essays?|speech(?:es)?|remarks|testimony)"
)
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:to|of|for|with|by|from|against|about|on|in|at|under|over|between|toward|like|than|including|after|before|following|amid"
    r"|during|alongside|despite|behind|via|urging|calling|threatening|thanking|joining|meeting|asking|telling|backing|supporting)"
    r"(?:\s+(?:the|an?|then-|former|U\.S\.|US|[A-Z][\w.’'-]*|and))*\s*\Z"
)
_INHERITING = re.compile(
    r"\A\s*(?:(?:the|this|that)\s+(?:[\w’'-]+\s+){0,2}(?:letter|statement|release|memo|e-?mail|tweet|order|brief|ruling|report|complaint|filing|web ?site"
    rf"|opinion|post)s?|(?:his|her|its|their)\s+(?:[\w’'-]+\s+){{0,2}}{PAPERS_NOUN})\Z",
    re.IGNORECASE,
)
_AUTHORLESS = {"order": "order", "report": "report", "ruling": "court", "opinion": "court"}
"""What speaks for itself, and of which kind the mention is that it stands for."""
_OWNED = re.compile(rf"[’']s?\s+(?:[\w’'-]+\s+){{0,3}}{PAPERS_NOUN}\s*\Z")
_NO_SPEAKER = re.compile(
    r"(?:\A|\s)(?:I|you|we|which|who|it|there|what|the|an?|and|but|or|that|this|these|those|to|of|for|with|not|so|as|if|then|when|be|been|being|is"
    r"|was|are|were)\Z",
    re.IGNORECASE,
)
_NOUN_PHRASE = re.compile(
    r"(?:(?i:the|an?|one|another|some|several|many|most|two|three|four|his|her|their|its|these|those|other|both|few|this|that)\b.*\w"
    r"|[A-Z0-9].*[a-z]|(?:[a-z-]+ ){0,2}[a-z]+s\Z)"
)
_NO_NOUN = re.compile(r"(?:In|On|At|By|For|To|As|After|Before|While|When|There|That|This is|Yet|Still|Indeed)\b(?!-)")
_DEFINITE = re.compile(
    r"\A\s*(?:the|its|their|his|her|this|that|president[’']s|mayor[’']s)\b.*?\b(?P<noun>court|panel|judges?|department|agency|administration"
    r"|office|bureau|council|commission|board|group|organization|union|company|party|campaign|city|county|state|order|law|bill|act|statute"
    r"|report|official|lawyer|attorney|spokes(?:man|woman|person))\Z",
    re.IGNORECASE,
)
_NOUN_TYPES = (
    (frozenset({"court", "panel"}), COURTS),
    (
        frozenset({"department", "agency", "administration", "office", "bureau", "council", "commission", "board"}),
        BODIES - COURTS,
    ),
    (frozenset({"group", "organization", "union", "company", "party", "campaign"}), frozenset({"Organization"})),
    (frozenset({"city", "county", "state"}), PLACES),
    (frozenset({"order"}), frozenset({"Law", "ExecutiveOrder"})),
    (frozenset({"law", "bill", "act", "statute"}), PAPERS - {"Publication", "ExecutiveOrder", "FundingProgram"}),
    (frozenset({"report"}), frozenset({"Publication"})),
)
_COMMON = re.compile(
    r"\A(?:[Tt]he|[Ii]ts|[Tt]heir)\s+(?:(?!for|of)[a-z’'-]+\s+){0,2}?(?P<noun>chamber|league|institute|foundation|center|coalition|association|alliance|committee|caucus|federation"
    r"|fund|project|network|society|university|newspaper|magazine|legislature|senate|house|union|conference|authority|journal|times|post)\Z"
)
_ROLE = re.compile(
    r"\A(?:the|this)\s+(?:[\w.’'-]+\s+){0,5}?(?P<noun>mayor|governor|senator|congress(?:man|woman)|lawmaker|representative|president(?:-elect)?|speaker"
    r"|chair(?:man|woman)?|nominee|candidate|secretary|sheriff|chief|republican|democrat|independent|billionaire|businessman|mogul|judge|justice"
    r"|professor|minister|chancellor|pope|pontiff|prosecutor|commissioner|ambassador|front-?runner|incumbent|congressional leader|majority leader|minority leader)\Z",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\b(?:he|she)\s+(?!and\b|or\b|said\b|says\b)\w+\s+\Z", re.IGNORECASE)
"""Before the object of a pronoun's verb: "he trails Ruiz"."""
_WRITING = r"(?:[a-z]\S*\s+){0,2}(?:ruling|opinion|decision|dissent|order|letter|memo|op-ed|essay|statement|remarks|tweets?|testimony|speech)\b"
"""What somebody writes or says: of "Ruiz's ruling" the next "he wrote" means Ruiz."""
_FOREIGN = re.compile(
    r"\b(?!American)[A-Z][a-z]+(?:an|ese|ish|ench)\s+(?:prime\s+)?[Pp]resident\s+(?:[A-Z][\w’'-]+\s+)?\Z"
)
_SHORT_FORMS = {
    "senator": r"Sens?\.", "congressman": r"Reps?\.", "congresswoman": r"Reps?\.", "lawmaker": r"(?:Rep|Sen)s?\.", "governor": r"Gov\.",
    "representative": r"Reps?\.", "republican": r"\bR(?:-[A-Z]|(?=[,)]))|GOP", "democrat": r"\bD(?:-[A-Z]|(?=[,)]))", "chairman": "Chairwoman|Chair",
}  # fmt: skip
_SOMEBODY = re.compile(
    r"(?:an?|one|another)\s(?!.*\b(?:statement|report|letter|study|tweet|memo|post|ad|petition)\b)", re.IGNORECASE
)
_INTRODUCED = 2000
"""How far back, in characters, an unnamed speaker ("a judge") is still remembered as "the judge"."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the span of a mention, or the words that describe somebody unnamed, or neither.

    `where` is where such words stand. Both stand where the mention itself is a description ("the attorney general") that is still to be resolved.
    """

    speaker: Span | None = None
    described: str | None = None
    where: Span | None = field(default=None, compare=False)


class Antecedents:
    """What was named so far in one text. `blotted` has the length of the text; `sentences` are spans in order.

    `latest` is the voice of the quotation before, `latest_at` where that ended, and `heard` all so far; the caller keeps
    them up to date.
    """

    def __init__(self, blotted: str, sentences: Sequence[Span], mentions: Sequence[Mention]):
        self.text = blotted
        self.sentences = sorted(sentences)
        self._starts = [sentence.start for sentence in self.sentences]
        self.mentions = sorted((m for m in mentions if m.type in SPEAKERS), key=lambda m: (m.span.start, -m.span.end))
        self._mention_starts = [m.span.start for m in self.mentions]
        self._by_span = {m.span: m for m in self.mentions}
        self.latest = Voice()
        self.latest_at = 0
        self.heard: list[Voice] = []

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie in a stretch of text, outside blotted words, in order."""
        first = bisect_right(self._mention_starts, start - 1)
        found = []
        for mention in self.mentions[first:]:
            if mention.span.start >= end:
                break
            if mention.span.end <= end and BLOT not in mention.span.of(self.text):
                found.append(mention)
        return found

    def pronoun(self, word: str, at: int) -> Voice | None:
        """Say whom a pronoun means: what coreference found, or else the latest fitting subject or speaker."""
        known = next((m for m in self.within(at, at + len(word) + 1) if m.span.start == at), None)
        if known is not None and known.antecedent is not None:
            return self.voice_of(known)
        word = word.lower()
        if word in ("i", "we"):
            return None
        if word in ("he", "she"):
            if self._unnamed_goes_on(at):
                return self.latest
            found = self.latest_person(at, word)
            return Voice(found.span) if found else Voice(None, word)
        if self.latest.speaker is not None and word == "they" and self._sentences_since(at) <= 1:
            return self.latest
        found = self._latest_body(at)
        return Voice(found.span) if found else Voice(None, word)

    def _unnamed_goes_on(self, at: int) -> bool:
        """Tell whether somebody without a name spoke last, and nobody was named as a subject since."""
        words = self.latest.described
        if self.latest.speaker is not None or not words or not _SOMEBODY.match(words):
            return False
        return self._sentences_since(at) <= 1 and not any(
            mention.type in PEOPLE
            and not self.governed(max(self.latest_at, mention.span.start - 60), mention.span.start)
            for mention in self.within(self.latest_at, at)
        )

    def _sentences_since(self, at: int) -> int:
        """Return how many sentences have begun since somebody was quoted."""
        spoken, here = (bisect_right(self._starts, place) for place in (self.latest_at - 1, at))
        return here - spoken

    def governed(self, start: int, at: int) -> bool:
        """Tell whether a preposition or the like stands before a mention, so that it is no subject."""
        found = _PREPOSITION_BEFORE.search(self.text, max(start, at - 120), at)
        if found is None:
            return False
        named = [m for m in self.within(max(start, at - 160), at) if m.span.start < found.start() < m.span.end]
        return self.governed(start, named[0].span.start) if named else True

    def voice_of(self, mention: Mention) -> Voice:
        """Follow a pronoun or a description to what it stands for."""
        seen = {mention.span}
        while mention.antecedent is not None and mention.antecedent not in seen:
            seen.add(mention.antecedent)
            after = self._by_span.get(mention.antecedent)
            if after is None:
                return Voice(mention.antecedent)
            mention = after
        if mention.kind is MentionKind.PRONOUN:
            return self._fallen_back(mention) or Voice(None, mention.text.lower())
        if mention.kind is MentionKind.NOMINAL and mention.antecedent is None:
            return self._unresolved(mention)
        return Voice(self._namesake_who_spoke(mention).span)

    def _namesake_who_spoke(self, mention: Mention) -> Mention:
        """Take a bare surname that several people of the text bear for the one of them who was quoted before."""
        if mention.type not in PEOPLE or " " in mention.text:
            return mention
        bearers = [
            m for m in self.mentions
            if m.span.end <= mention.span.start and m.type in PEOPLE and m.text.endswith(" " + mention.text)
        ]  # fmt: skip
        spoke = [m for m in bearers if any(voice.speaker == m.span for voice in self.heard)]
        return spoke[-1] if len({m.text for m in bearers}) > 1 and len({m.text for m in spoke}) == 1 else mention

    def _fallen_back(self, mention: Mention) -> Voice | None:
        """Resolve a pronoun that coreference left alone."""
        word = mention.text.lower()
        return self.pronoun(word, mention.span.start) if word in ("he", "she", "they", "it") else None

    def _unresolved(self, mention: Mention) -> Voice:
        """Read a description that coreference left alone: what it stands for, or the mention together with its words."""
        words = (
            mention.text
            if re.match(r"(?i:the|an?|his|her|its|their|this|that)\b", mention.text)
            else f"the {mention.text}"
        )
        voice = self.describe(words, mention.span.start, roles=False)
        if voice is not None and (voice.speaker is not None or voice == self.latest):
            return voice
        return Voice(mention.span, mention.text)

    def describe(self, words: str, at: int, *, roles: bool = True) -> Voice | None:
        """Say whom the words of a noun phrase mean, or return them where they name nobody; None where they are none.

        Without `roles`, "the senator" is left to be resolved by others.
        """
        if owned := _OWNED.search(words):
            owner = next((m for m in self.within(at, at + owned.start()) if m.span.end == at + owned.start()), None)
            if owner is not None:
                return self.voice_of(owner)
        if _INHERITING.match(words):
            if document := self._speaking_document(words, at):
                return Voice(document.span)
            return self.latest if self.latest != Voice() else Voice(None, words)
        if definite := _DEFINITE.match(words):
            noun = definite["noun"].lower()
            if self.latest.described and noun in self.latest.described.lower():
                return self.latest
            if named := self._named_by(noun, words, at):
                return Voice(named.span)
            if body := self._named_with(noun, at):
                return Voice(body.span)
        elif (common := _COMMON.match(words)) and (body := self._named_with(common["noun"].lower(), at)):
            return Voice(body.span)
        if roles and (role := _ROLE.match(words)) and (person := self._in_role(role["noun"].lower(), at)):
            return Voice(person.span)
        if _NO_SPEAKER.search(words) or not _NOUN_PHRASE.match(words) or _NO_NOUN.match(words):
            return None
        where = self.text.find(words, at)
        return Voice(None, re.sub(r"\s+", " ", words), Span(where, where + len(words)) if where >= 0 else None)

    def _speaking_document(self, words: str, at: int) -> Mention | None:
        """Find the order, the report, or the ruling's court that "the order" names, unless its author just spoke."""
        noun = _AUTHORLESS.get(words.lower().split()[-1])
        if noun is None or not re.match(r"(?:the|this|that)\s", words, re.IGNORECASE):
            return None
        spoke = self._by_span.get(self.latest.speaker) if self.latest.speaker else None
        if noun == "court" and spoke is not None and spoke.type in PEOPLE | COURTS:
            return None
        return self._named_by(noun, words, at)

    def _in_role(self, noun: str, at: int) -> Mention | None:
        """Find the person that "the Ohio Democrat" stands for: who is called so beside the name, else the latest subject.

        Somebody introduced without a name ("a Democrat") keeps none.
        """
        earlier = self.text[max(at - _INTRODUCED, 0) : at]
        if re.search(
            rf"\b(?:an?|one|another|some)\s+(?:[\w.’'-]+\s+){{0,4}}?{noun}\b(?!,? [A-Z])", earlier, re.IGNORECASE
        ):
            return None
        subject = self.latest_person(at, None)
        title = rf"(?:{_SHORT_FORMS.get(noun, noun)}|\b(?i:{noun}))"
        before, behind = (
            re.compile(rf"{title}\s+(?:[A-Z]\w+\s+)?\Z"),
            re.compile(rf"\s*(?:\([^()]{{0,20}}?|[,—–]\s*[^.;()]{{0,50}}?){title}"),
        )
        called = {
            m.text.split()[-1]
            for m in self.mentions
            if m.type in PEOPLE
            and (before.search(self.text[: m.span.start][-40:]) or behind.match(self.text, m.span.end))
            and not _FOREIGN.search(self.text[: m.span.start][-40:])
        }
        if subject is None or not called or subject.text.split()[-1] in called:
            return subject
        near = [m for m in self.mentions if m.span.end <= at and m.type in PEOPLE and m.text.split()[-1] in called]
        return near[-1] if near else subject

    def _named_by(self, noun: str, words: str, at: int) -> Mention | None:
        """Find the mention that "the appeals court" stands for: the latest of its kind that shares a word with it.

        Any of its kind will do for a bare "the department", and for courts, which go by many names.
        """
        types = next((types for nouns, types in _NOUN_TYPES if noun in nouns), None)
        if types is None:
            return None
        earlier = [m for m in self.mentions if m.span.end <= at and m.type in types]
        special = set(re.findall(r"[a-z]+", words.lower())) - {"the", "a", "federal", "u", "s", "president", noun}
        sharing = [m for m in earlier if special & set(re.findall(r"[a-z]+", m.text.lower()))]
        if sharing or (special and types != COURTS):
            return sharing[-1] if sharing else None
        latest = self._by_span.get(self.latest.speaker) if self.latest.speaker else None
        called = re.compile(rf"\s*,\s+(?:an?|the)\s[^,.;]{{0,60}}\b{noun}\b")
        since = [m for m in earlier if m.span.start > self.latest_at and called.match(self.text, m.span.end)]
        if since:  # "Open Doors, an advocacy group, ..."
            return since[-1]
        return latest if latest is not None and latest.type in types else next(reversed(earlier), None)

    def _named_with(self, noun: str, at: int) -> Mention | None:
        """Find the body that "the chamber" stands for: the latest whose name has the noun ("Chamber of Commerce")."""
        called = re.compile(rf"\b{noun.capitalize()}\b")
        named = [m for m in self.mentions if m.span.end <= at and m.type in BODIES and m.kind is MentionKind.NAME]
        return next((m for m in reversed(named) if called.search(m.text) or noun in (m.key or "").split("-")), None)

    def _sentences_before(self, at: int) -> Iterator[Span]:
        number = bisect_right(self._starts, at) - 1
        for sentence in reversed(self.sentences[max(number - 8, 0) : number + 1]):
            yield Span(sentence.start, min(sentence.end, at))

    def latest_person(self, at: int, pronoun: str | None) -> Mention | None:
        """Return who was named last as a subject and fits a pronoun, else who spoke last, else who was named at all."""
        fallback: Mention | None = None
        spoke = self._by_span.get(self.latest.speaker) if self.latest.speaker else None
        if spoke is not None and not (spoke.type in PEOPLE and self._fits(spoke, pronoun)):
            spoke = None
        for sentence in self._sentences_before(at):
            if spoke is not None and sentence.start < self.latest_at:
                return spoke
            people = [
                m for m in self.within(sentence.start, sentence.end)
                if m.type in PEOPLE and m.kind is MentionKind.NAME and self._fits(m, pronoun)
            ]  # fmt: skip
            if reporter := self._reports_at_the_end(people, sentence):
                return reporter
            for mention in people:
                owner = re.match(rf"[’']s?\s(?!{_WRITING})", self.text[mention.span.end : mention.span.end + 60])
                object_of = pronoun and _OBJECT.search(self.text, sentence.start, mention.span.start)
                if not owner and not object_of and not self.governed(sentence.start, mention.span.start):
                    return mention
            same = pronoun and re.search(rf"\b{pronoun}\b", sentence.of(self.text), re.IGNORECASE)
            if people and not same and fallback is None:
                fallback = people[-1]
        return spoke if spoke is not None and at - self.latest_at < 3000 else fallback

    def _reports_at_the_end(self, people: Sequence[Mention], sentence: Span) -> Mention | None:
        """Find Ruiz in "Vance should go before he loses, Ruiz said." """
        last = people[-1] if people else None
        before = self.text[sentence.start : last.span.start] if last else ""
        behind = self.text[last.span.end : sentence.end] if last else ""
        titled = re.search(r",\s+(?:[A-Z][\w.]*\s+)*\Z", before)
        return (
            last if titled and re.fullmatch(r"\s+(?:said|says|added|argued|wrote)\b[^,;:\x01]{0,60}", behind) else None
        )

    def _latest_body(self, at: int) -> Mention | None:
        for sentence in self._sentences_before(at):
            for mention in self.within(sentence.start, sentence.end):
                owner = re.match(r"[’']s?\s", self.text[mention.span.end : mention.span.end + 3])
                if mention.type in BODIES and not owner and not self.governed(sentence.start, mention.span.start):
                    return mention
        return None

    def pronouns_of(self, voice: Voice) -> frozenset[str]:
        """Return the pronouns that surely mean a speaker: "she" needs a name or a title that is a woman's."""
        mention = self._by_span.get(voice.speaker) if voice.speaker else None
        if mention is None or mention.type not in PEOPLE:
            return frozenset({"they"})
        if self._fits(mention, "he"):
            return frozenset({"he"})
        return frozenset({"she"})

    def _fits(self, mention: Mention, pronoun: str | None) -> bool:
        if pronoun is None:
            return True
        around = self.text[max(mention.span.start - 14, 0) : mention.span.end] + " " + (mention.hint("title") or "")
        last = mention.text.split()[-1:]
        given = [
            w for m in self.mentions if m.type in PEOPLE and m.text.split()[-1:] == last for w in m.text.split()[:-1]
        ]
        return fits_pronoun(pronoun, given, around)
