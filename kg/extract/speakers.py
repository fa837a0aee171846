"""Who is said to speak: the subject of a reporting verb beside a quotation or before a reported clause.

In: a text in which the quoted words are blotted out, its sentences, and the mentions. Out: a `Voice`, the span of a
mention or the words that describe an unnamed speaker. It works on printed words alone, so that it needs no parser; it
must not invent a speaker, and it leaves who is meant to the linker.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.given_names import fits_pronoun
from kg.extract.saying import ADVERB, ANY_VERB, FINITE, HANGING, NOUN_BEFORE, NOUNY, REPORTING, SAY
from kg.records import Mention, MentionKind, Span

BLOT = "\u0001"
"""Stands for each quoted character in a blotted text, so that offsets stay."""

PEOPLE = frozenset({"Person", "Official"})
COURTS = frozenset({"Court"})
BODIES = frozenset({"Agency", "LegislativeBody", "LawEnforcementAgency", "Court", "Organization"})
PLACES = frozenset({"Jurisdiction", "Country", "State", "County", "Municipality"})
PAPERS = frozenset(
    {
        "Law",
        "Statute",
        "ExecutiveOrder",
        "Ordinance",
        "Bill",
        "ConstitutionalProvision",
        "Publication",
        "FundingProgram",
    }
)
SPEAKERS = PEOPLE | BODIES | PLACES | PAPERS

_GAP = re.compile(
    rf"(?:\s*\([^()]{{1,40}}\))?(?:\s*,\s+(?!and\b|but\b|or\b|then\b)[^;:{BLOT}]{{1,220}}?,|\s+[—–-]+\s[^;:{BLOT}]{{1,200}}?\s[—–-]+)?"
    rf"\s*(?:{ADVERB},?\s+)*",
)
_PRONOUN_END = re.compile(rf"\b(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e)\s+(?:{ADVERB},?\s+)*\Z")
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:to|of|for|with|by|from|against|about|on|in|at|under|over|between|toward|like|than|including|after|before|following|amid"
    r"|during|alongside|despite|behind|via|urging|calling|threatening|thanking|joining|meeting|asking|telling|backing|supporting)"
    r"(?:\s+(?:the|then-|former|U\.S\.|US|[A-Z][\w.’'-]*|and))*\s*\Z"
)
_NEW_CLAUSE = re.compile(
    r"(?:\A|[;:—–,]\s|\b(?:but|and|while|as|because|when|that|after|before|which|who|if|where|although|though|since|whether)\s)",
    re.IGNORECASE,
)
_DESCRIBED_FOR = re.compile(
    r"\A\s*(?:an?|the|one|another|his|her|their|its|some|several|two|three|many)\s.*\b(?:for|of|with|at|in|to|from|on|who|representing)\s",
    re.IGNORECASE,
)
_PAPERS_NOUN = r"(?:letters?|statements?|releases?|memos?|e-?mails?|tweets?|orders?|briefs?|rulings?|reports?|complaints?|filings?|opinions?|posts?)"
_SENT_BY = re.compile(
    rf"{_PAPERS_NOUN}\b,?\s+(?:(?:sent|written|signed|penned|issued|released|drafted) by|from)\s+(?:the\s+)?"
)
_INHERITING = re.compile(
    rf"\A\s*(?:the|this|that|his|her|its|their)\s+(?:[\w’'-]+\s+){{0,2}}{_PAPERS_NOUN}\Z", re.IGNORECASE
)
_NO_SPEAKER = re.compile(
    r"(?:\A|\s)(?:I|you|we|which|who|it|there|what|the|an?|and|but|or|that|this|these|those|to|of|for|with|not|so|as|if|then|when|be|been|being|is"
    r"|was|are|were)\Z",
    re.IGNORECASE,
)
_NOUN_PHRASE = re.compile(
    r"(?:(?i:the|an?|one|another|some|several|many|most|two|three|four|his|her|their|its|these|those|other|both|few|this|that)\b.*\w"
    r"|[A-Z0-9].*[a-z]|(?:[a-z-]+ ){0,2}[a-z]+s\Z)"
)
_RELATIVE = re.compile(rf"[,\s]\s*(?:which|who|that)\s+(?:{ADVERB},?\s+)*\Z")
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


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the span of a mention, or the words that describe somebody unnamed, or neither.

    Both stand where the mention itself is a description ("the attorney general") that is still to be resolved.
    """

    speaker: Span | None = None
    described: str | None = None


class Speakers:
    """Finds the speaker of a clause. `blotted` has the length of the text; `sentences` are spans in order.

    `latest` is the voice of the quotation before; the caller keeps it up to date.
    """

    def __init__(self, blotted: str, sentences: Sequence[Span], mentions: Sequence[Mention]):
        self.text = blotted
        self.sentences = sorted(sentences)
        self._starts = [sentence.start for sentence in self.sentences]
        self.mentions = sorted((m for m in mentions if m.type in SPEAKERS), key=lambda m: (m.span.start, -m.span.end))
        self._mention_starts = [m.span.start for m in self.mentions]
        self._by_span = {m.span: m for m in self.mentions}
        self.latest = Voice()

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

    def after(self, start: int, end: int) -> Voice | None:
        """Find the reporting clause that follows a quotation: "…," said X / X said / according to X."""
        clause = self.text[start:end]
        if inverted := re.match(rf"[\s,—–-]*(?:{ADVERB}\s+)*(?P<verb>{SAY}|[Aa]ccording to)\b(?!-)", clause):
            return self._inverted(start + inverted.end(), end)
        if re.match(r"[\s,]*(?:and|or|but|in|of|for|on|as|to|that|which|who|by|with|if|when|at|from)\b", clause):
            source = re.search(r"\b[Aa]ccording to\b", clause)
            return self._inverted(start + source.end(), end) if source else None
        for verb in FINITE.finditer(clause):
            if NOUN_BEFORE.search(clause[: verb.start()]) or (
                verb.start() > 40 and not REPORTING.match(clause, verb.start())
            ):
                continue
            voice = self.subject(start, start + verb.start())
            if voice is not None:
                return voice
            if verb.start() > 240:
                break
        if source := re.search(r"\b[Aa]ccording to\b", clause):
            return self._inverted(start + source.end(), end)
        return self._verbless(start, end)

    def _verbless(self, start: int, end: int) -> Voice | None:
        """Read "…," Ana Ruiz, of the council. — a name where the verb was forgotten."""
        first = next((m for m in self.within(start, end) if m.type in PEOPLE), None)
        if first is None or self.text[start : first.span.start].strip():
            return None
        return self._voice(first) if re.match(r"\s*[,.(]", self.text[first.span.end : end]) else None

    def before(self, start: int, end: int) -> Voice | None:
        """Find who is reported to speak in the words of a sentence that lead up to a quotation."""
        verbs = list(ANY_VERB.finditer(self.text, start, end))
        for verb in reversed(verbs):
            lead = self.text[start : verb.start()]
            if NOUN_BEFORE.search(lead) or (verb["ing"] and not HANGING.search(lead)):
                continue
            if verb["source"]:
                return self._inverted(verb.end(), end)
            voice = self._doer(start, verb.start()) if verb["ing"] else self.subject(start, verb.start())
            if voice is not None and (not verb["paper"] or self._is_paper(voice)):
                return voice
        return None

    def opening(self, start: int, end: int) -> Voice | None:
        """Find the subject of a sentence that introduces speech without a verb of speaking: "X took to Twitter:"."""
        return self._doer(start, end)

    def subject(self, start: int, verb: int) -> Voice | None:
        """Find the subject of a finite verb that stands at `verb`, in the sentence or clause from `start` on."""
        if relative := _RELATIVE.search(self.text, max(start, verb - 60), verb):
            last = [m for m in self.within(start, relative.start() + 1) if m.span.end == relative.start()]
            return self._voice(last[-1]) if last else None
        candidates = [
            m
            for m in self.within(start, verb)
            if _GAP.fullmatch(self.text, m.span.end, verb) and not self._governed(start, m.span.start)
        ]
        people = [m for m in candidates if m.type in PEOPLE]
        pronoun = _PRONOUN_END.search(self.text, max(start, verb - 60), verb)
        if people and not (pronoun and pronoun.start() > people[-1].span.start):
            return self._voice(people[0])
        if pronoun:
            return self.pronoun(pronoun["pronoun"], pronoun.start())
        if candidates:
            return self._voice(candidates[-1])
        return None if NOUNY.match(self.text, verb) else self._description(start, verb)

    def named(self, head: Span, phrase: Span) -> Voice | None:
        """Say whom a noun phrase with a known head means: the mention over its head or in front of it, or its words."""
        inside = self.within(phrase.start, max(phrase.end, head.end))
        over = [m for m in inside if m.span.overlaps(head)]
        beside = [
            m
            for m in inside
            if m.type in PEOPLE and m.span.end >= head.end and not self._governed(phrase.start, m.span.start)
        ]
        after = [
            m
            for m in self.within(phrase.end, phrase.end + 60)
            if m.type in PEOPLE and re.fullmatch(r"\s*(?:[A-Z][\w.]*\s+)*", self.text[phrase.end : m.span.start])
        ]
        if found := over or beside or after:
            return self._voice(found[0])
        return self._described(phrase.of(self.text).strip(" ,"), phrase.start)

    def pronoun(self, word: str, at: int) -> Voice | None:
        """Say whom a pronoun means: what coreference found, or else the latest fitting subject or speaker."""
        known = next((m for m in self.within(at, at + len(word) + 1) if m.span.start == at), None)
        if known is not None and known.antecedent is not None:
            return self._voice(known)
        word = word.lower()
        if word in ("i", "we"):
            return None
        if word in ("he", "she"):
            found = self._latest_person(at, word)
            return Voice(found.span) if found else Voice(None, word)
        found = self._latest_body(at)
        return Voice(found.span) if found else Voice(None, word)

    def _inverted(self, start: int, end: int) -> Voice | None:
        """Read the words after the verb in "said X, the mayor of Y" or after "according to"."""
        cut = re.search(
            rf"[,;:{BLOT}]|\s[—–-]+\s|\s(?:in|during|after|at|on|when|while|as|who)\s", self.text[start:end]
        )
        stop = start + cut.start() if cut else end
        if paper := _SENT_BY.search(self.text, start, min(end, start + 120)):
            found = self.within(paper.end(), min(end, paper.end() + 60))
            if found:
                return self._voice(next((m for m in found if m.type in PEOPLE), found[0]))
        inside = self.within(start, stop)
        if pronoun := re.match(r"\s*(he|she|they|it)\b", self.text[start:stop]):
            return self.pronoun(pronoun[1], start + pronoun.start(1))
        people = [m for m in inside if m.type in PEOPLE]
        for mention in people[-1:] or inside[-1:] or self.within(start, min(end, stop + 30))[:1]:
            lead = self.text[start : mention.span.start]
            possessed = re.match(r"[’']s?\s+\w", self.text[mention.span.end : stop])
            if not _DESCRIBED_FOR.match(lead) and not possessed and len(lead.split()) <= 10 and "," not in lead:
                return self._voice(mention)
        words = re.sub(r"\s+", " ", self.text[start:stop]).strip(" .")
        return self._described(words, start)

    def _governed(self, start: int, at: int) -> bool:
        return bool(_PREPOSITION_BEFORE.search(self.text, max(start, at - 60), at))

    def _voice(self, mention: Mention) -> Voice:
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
        return Voice(mention.span)

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
        voice = self._described(words, mention.span.start)
        if voice is not None and (voice.speaker is not None or voice == self.latest):
            return voice
        return Voice(mention.span, mention.text)

    def _is_paper(self, voice: Voice) -> bool:
        mention = self._by_span.get(voice.speaker) if voice.speaker else None
        return mention is not None and mention.type in PAPERS

    def _doer(self, start: int, end: int) -> Voice | None:
        """Find the subject of the main clause: the first mention or pronoun that nothing governs."""
        for mention in self.within(start, end):
            owner = re.match(r"[’']s?\s", self.text[mention.span.end : mention.span.end + 3])
            if mention.type not in PAPERS | PLACES and not owner and not self._governed(start, mention.span.start):
                pronoun = re.search(r"\b(?:[Hh]e|[Ss]he)\s", self.text[start : mention.span.start])
                return self.pronoun(pronoun[0].strip(), start + pronoun.start()) if pronoun else self._voice(mention)
        pronoun = re.search(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\s", self.text[start:end])
        return self.pronoun(pronoun[0].strip(), start + pronoun.start()) if pronoun else None

    def _description(self, start: int, verb: int) -> Voice | None:
        """Take the words before the verb as what describes the speaker, if they look like a subject."""
        phrase = re.sub(rf"(?:{ADVERB},?\s+)+\Z", "", self.text[start:verb])
        if apposition := re.search(r",[^,]*,\s*\Z", phrase):
            phrase = phrase[: apposition.start()]
        phrase = phrase.rstrip(" ,")
        begins = max((m.end() for m in _NEW_CLAUSE.finditer(phrase)), default=0)
        words = phrase[begins:].strip()
        if BLOT in words or not 1 <= len(words.split()) <= 12 or not re.match(r"[A-Za-z]", words):
            return None
        return self._described(words, start + begins)

    def _described(self, words: str, at: int) -> Voice | None:
        if _INHERITING.match(words):
            return self.latest if self.latest != Voice() else Voice(None, words)
        if definite := _DEFINITE.match(words):
            noun = definite["noun"].lower()
            if self.latest.described and noun in self.latest.described.lower():
                return self.latest
            if named := self._named_by(noun, words, at):
                return Voice(named.span)
        if _NO_SPEAKER.search(words) or not _NOUN_PHRASE.match(words):
            return None
        return Voice(None, re.sub(r"\s+", " ", words))

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
        return latest if latest is not None and latest.type in types else next(reversed(earlier), None)

    def _sentences_before(self, at: int) -> Iterator[Span]:
        number = bisect_right(self._starts, at) - 1
        for sentence in reversed(self.sentences[max(number - 8, 0) : number + 1]):
            yield Span(sentence.start, min(sentence.end, at))

    def _latest_person(self, at: int, pronoun: str) -> Mention | None:
        fallback: Mention | None = None
        spoke = self._by_span.get(self.latest.speaker) if self.latest.speaker else None
        for sentence in self._sentences_before(at):
            people = [
                m for m in self.within(sentence.start, sentence.end)
                if m.type in PEOPLE and m.kind is MentionKind.NAME and self._fits(m, pronoun)
            ]  # fmt: skip
            for mention in people:
                owner = re.match(r"[’']s?\s", self.text[mention.span.end : mention.span.end + 3])
                if not owner and not self._governed(sentence.start, mention.span.start):
                    return mention
            same = re.search(rf"\b{pronoun}\b", sentence.of(self.text), re.IGNORECASE)
            if people and not same and fallback is None:
                fallback = people[-1]
            if spoke is not None and spoke.span.start >= sentence.start:
                break
        if spoke is not None and spoke.type in PEOPLE and self._fits(spoke, pronoun) and at - spoke.span.end < 3000:
            return spoke
        return fallback

    def _latest_body(self, at: int) -> Mention | None:
        for sentence in self._sentences_before(at):
            for mention in self.within(sentence.start, sentence.end):
                owner = re.match(r"[’']s?\s", self.text[mention.span.end : mention.span.end + 3])
                if mention.type in BODIES and not owner and not self._governed(sentence.start, mention.span.start):
                    return mention
        return None

    def _fits(self, mention: Mention, pronoun: str) -> bool:
        around = self.text[max(mention.span.start - 14, 0) : mention.span.end] + " " + (mention.hint("title") or "")
        last = mention.text.split()[-1:]
        given = [
            w for m in self.mentions if m.type in PEOPLE and m.text.split()[-1:] == last for w in m.text.split()[:-1]
        ]
        return fits_pronoun(pronoun, given, around)
