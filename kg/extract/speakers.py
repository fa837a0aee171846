"""Who is said to speak: the subject of a reporting verb beside a quotation or before a reported clause.

In: a text in which the quoted words are blotted out, its sentences, and the mentions. Out: a `Voice`, the span of a
mention or the words that describe an unnamed speaker. It works on printed words alone, so that it needs no parser; it
must not invent a speaker, and it leaves who is meant to the linker.
"""

import re

from kg.extract.antecedents import BLOT, COURTS, LAWS, PAPERS, PAPERS_NOUN, PEOPLE, PLACES, Voice
from kg.extract.clauses import (
    ANY_INVERTED,
    ANY_VERB_BEHIND,
    CLAIM,
    CLAUSE_IN_FRONT,
    COORDINATED,
    COURT_BEHIND,
    DESCRIBED_FOR,
    FUTURE,
    GAP,
    NAMED_IN_ROLE,
    NEW_CLAUSE,
    OPENER,
    PASSIVE,
    PRESENT,
    PRONOUN_END,
    QUOTED_AS,
    RELATIVE,
    RELEASER,
    REPORTS,
    ROLE_BEHIND,
    SAYS,
    SENT_BY,
    SOMEBODY_DID,
    TITLES,
    WAS_TOLD,
)
from kg.extract.saying import ADVERB, ANY_VERB, BASE, FINITE, HANGING, NOUN_BEFORE, NOUNY, REPORTING, SAY
from kg.extract.turns import Turns
from kg.records import Mention, MentionKind, Span

__all__ = ["BLOT", "PEOPLE", "Speakers", "Voice"]


class Speakers(Turns):
    """Finds the speaker of a clause: the subject of its verb of speaking."""

    def after(self, start: int, end: int, *, broken_off: bool = False) -> Voice | None:
        """Find the reporting clause that follows a quotation: "…," said X / X said / according to X.

        `broken_off` says that the quoted sentence ends in a comma, so that any verb behind it reports: "…," X averred.
        """
        clause = self.text[start:end]
        if inverted := re.match(rf"[\s,—–-]*(?:{ADVERB}\s+)*(?P<verb>{SAY}|[Aa]ccording to)\b(?!-)", clause):
            return self._inverted(start + inverted.end(), end)
        if aside := re.match(r"[\s,]*as\s+(?=(?:he|she|they|it|[A-Z][\w.’'-]*)\s)", clause):
            start, clause = start + aside.end(), clause[aside.end() :]
        elif re.match(
            r"[\s,]*(?:and|or|but|in|of|for|on|as|to|that|which|who|by|with|if|when|at|from|where|though|although|because|while|since|until"
            r"|unless|than|even|despite|including|during|before|after|amid|under|into|about|over|against|is|was|are|were|has|had)\b",
            clause,
        ):
            return self._source(start, clause, end) or self._behind_rest(start, clause)
        for verb in sorted((*FINITE.finditer(clause), *FUTURE.finditer(clause)), key=re.Match[str].start):
            if PASSIVE.search(clause[: verb.start()]) and not PRESENT.match(verb[0]) and verb[0] != "quoted":
                continue
            if NOUN_BEFORE.search(clause[: verb.start()]) or (
                _length(clause[: verb.start()]) > 40 and not REPORTING.match(clause, verb.start())
            ):
                continue
            voice = self._whom_quoted(start + verb.end(), end) if verb[0] in ("quoted", "quotes") else None
            voice = voice or self.subject(start, start + verb.start())
            if voice is not None:
                return voice
            if _length(clause[: verb.start()]) > 240:
                break
        return (
            self._source(start, clause, end)
            or self._verbless(start, end)
            or (self._by_any_verb(start, end) if broken_off else None)
        )

    def _whom_quoted(self, start: int, end: int) -> Voice | None:
        """Read "the paper quoted Ana Ruiz, the mayor": who stands behind the verb speaks."""
        first = next((m for m in self.within(start, end) if m.type in PEOPLE), None)
        named = first is not None and re.fullmatch(TITLES, self.text[start : first.span.start])
        return self.voice_of(first) if first is not None and named else None

    def _source(self, start: int, clause: str, end: int) -> Voice | None:
        source = re.search(r"\b[Aa]ccording to\b", clause)
        return self._inverted(start + source.end(), end) if source else None

    def _behind_rest(self, start: int, clause: str) -> Voice | None:
        """Read "“…” of the state, X said": the reporting clause behind the unquoted rest of the quoted sentence."""
        for verb in REPORTING.finditer(clause):
            comma = clause.rfind(", ", 0, verb.start())
            subject = clause[comma + 2 : verb.start()]
            if comma < 0 or re.match(r"(?:and|who|which|that|as|when|where|but|or)\b", subject):
                continue
            voice = self.subject(start + comma + 1, start + verb.start())
            if voice is not None and re.match(
                r"\s*(?:[,.]|\Z|to\s|in\s|on\s|at\s|during\s|[A-Z])", clause[verb.end() :]
            ):
                return voice
        return None

    def _by_any_verb(self, start: int, end: int) -> Voice | None:
        """Read "…," X averred / "…," averred X: a name and a verb at once behind a quoted sentence that a comma broke off."""
        if inverted := ANY_INVERTED.match(self.text, start, end):
            start = inverted.end()
        if WAS_TOLD.match(self.text, start, end):
            return None
        first = next((m for m in self.within(start, end) if m.type in PEOPLE), None)
        if first is not None and re.fullmatch(rf"[\s,]*{TITLES}", self.text[start : first.span.start]):
            gap = GAP.match(self.text, first.span.end, end)
            behind = ANY_VERB_BEHIND.match(self.text, max(first.span.end, (gap.end() if gap else 0) - 1), end)
            return self.voice_of(first) if inverted or behind else None
        pronoun = re.match(r"[\s,]*(he|she)\b", self.text[start:end])
        if pronoun and ANY_VERB_BEHIND.match(self.text, start + pronoun.end(), end):
            return self.pronoun(pronoun[1], start + pronoun.start(1))
        return None

    def _verbless(self, start: int, end: int) -> Voice | None:
        """Read "…," Ana Ruiz, of the council. — a name where the verb was forgotten."""
        first = next((m for m in self.within(start, end) if m.type in PEOPLE), None)
        if first is None or self.text[start : first.span.start].strip():
            return None
        return self.voice_of(first) if re.match(r"\s*[,.(]", self.text[first.span.end : end]) else None

    def before(self, start: int, end: int) -> Voice | None:
        """Find who is reported to speak in the words of a sentence that lead up to a quotation."""
        if opening := SAYS.match(self.text, start, end):
            return self._named_behind("", opening.end(), end)
        if claimed := self._claimer(start, end) or self._lawgiver(start, end):
            return claimed
        verbs = [*ANY_VERB.finditer(self.text, start, end), *BASE.finditer(self.text, start, end)]
        for verb in sorted(verbs, key=lambda match: -match.start(match.lastgroup or 0)):
            kind = verb.lastgroup or ""
            lead = self.text[start : verb.start(kind)]
            if quoted := QUOTED_AS.search(lead) if kind == "ing" else None:
                return self._whom_quoted(start + quoted.end("verb"), verb.start(kind)) or self._doer(start, end)
            if (kind != "base" and NOUN_BEFORE.search(lead)) or (kind == "ing" and not HANGING.search(lead)):
                continue
            if kind == "finite" and PASSIVE.search(lead) and not PRESENT.match(verb[0]):
                continue
            if kind == "source":
                return self._inverted(verb.end(), end)
            if kind == "finite" and NOUNY.match(verb[0]) and not REPORTS.match(self.text, verb.end(), end):
                continue
            voice = self._before_verb(start, verb, end)
            if voice is not None and (kind != "paper" or self._is_paper(voice)):
                return voice
        return None

    def _claimer(self, start: int, end: int) -> Voice | None:
        """Read "Ruiz’s claim that “…”" and "his vow to “…”": whose words the noun before a quotation names."""
        claim = CLAIM.search(self.text, start, end)
        if claim is None or ANY_VERB.search(self.text, claim.end("noun"), end):
            return None
        if claim["whose"]:
            word = {"his": "he", "her": "she", "their": "they", "its": "it"}[claim["whose"].lower()]
            return self.pronoun(word, claim.start("whose"))
        owner = [m for m in self.within(start, claim.start("owned")) if m.span.end == claim.start("owned")]
        return self.voice_of(owner[-1]) if owner and owner[-1].type not in PLACES else None

    def _lawgiver(self, start: int, end: int) -> Voice | None:
        """Read "under the City Charter to “…”": a law whose words a phrase takes up."""
        for mention in reversed(self.within(start, end)):
            if mention.type in LAWS and mention.kind is MentionKind.NAME:
                led = re.search(r"\b(?:[Uu]nder|[Pp]ursuant to)\s+(?:the\s+)?\Z", self.text[start : mention.span.start])
                taken_up = re.fullmatch(
                    r"(?:\s*\([^()]{1,40}\))?,?\s+(?:to|that|which|of)\s+", self.text[mention.span.end : end]
                )
                return self.voice_of(mention) if led and taken_up else None
        return None

    def _before_verb(self, start: int, verb: re.Match[str], end: int) -> Voice | None:
        kind = verb.lastgroup or ""
        at = verb.start(kind)
        lead = self.text[start:at]
        if kind == "ing":
            return self._doer(start, at) or self._releaser(start, at)
        found = self.subject(start, at)
        if (found is None or found.speaker is None) and kind == "finite":
            found = self._named_behind(lead, verb.end(), end) or found
        if found is None and (COORDINATED.search(lead) or (kind == "base" and re.search(r"\bto\s+\Z", lead))):
            joined = self._coordinated(start, at) or (self._doer(start, at) if kind == "base" else None)
            return joined or self._releaser(start, at)
        return found

    def _named_behind(self, lead: str, start: int, end: int) -> Voice | None:
        """Read 'Says X, “…”' and 'In fact, writes X: “…”': the name stands behind the verb."""
        first = next(iter(self.within(start, end)), None)
        if first is None or not re.search(rf"(?:\A|[,;{BLOT}][”\"]?)\s*\Z", lead):
            return None
        named = re.fullmatch(TITLES, self.text[start : first.span.start])
        return self.voice_of(first) if named and re.match(r"\s*(?:[,:(]|\Z)", self.text[first.span.end : end]) else None

    def _coordinated(self, start: int, at: int) -> Voice | None:
        """Find the subject of an earlier verb that a later one is joined to: "X granted more time but warned, “…”"."""
        for mention in reversed(self.within(start, at)):
            gap = GAP.match(self.text, mention.span.end, at)
            verb = ANY_VERB_BEHIND.match(self.text, max(mention.span.end, (gap.end() if gap else 0) - 1), at)
            told = REPORTING.search(self.text[max(start, mention.span.start - 30) : mention.span.start])
            owner = re.match(r"[’']s?\s", self.text[mention.span.end : mention.span.end + 3])
            inserted = "—" in self.text[start : mention.span.start] and "—" in self.text[mention.span.end : at]
            if verb and not told and not owner and not inserted and not self.governed(start, mention.span.start):
                return self.voice_of(mention)
        pronoun = re.match(r"(?:[A-Z][^,]{1,60},\s+|(?:But|And|Still|Yet)\s+)?([Hh]e|[Ss]he)\s", self.text[start:at])
        return self.pronoun(pronoun[1], start + pronoun.start(1)) if pronoun else None

    def _releaser(self, start: int, end: int) -> Voice | None:
        """Read "The university released a statement saying": a speaker whom no mention covers."""
        found = RELEASER.match(self.text[start:end]) or SOMEBODY_DID.match(self.text[start:end])
        return self.describe(found["who"], start + found.start("who")) if found else None

    def opening(self, start: int, end: int) -> Voice | None:
        """Find the subject of a sentence that introduces speech without a verb of speaking: "X took to Twitter:"."""
        return self._doer(start, end) or self._author(start, end)

    def _author(self, start: int, end: int) -> Voice | None:
        """Read "Here is X’s statement:", "The statement from X:" and "The Tenth Amendment is one sentence:"."""
        for mention in self.within(start, end):
            behind, lead = self.text[mention.span.end : end], self.text[start : mention.span.start]
            if re.match(rf"[’']s?\s+(?:[\w-]+\s+){{0,3}}{PAPERS_NOUN}\b", behind):
                return self.voice_of(mention)
            if re.search(rf"\b{PAPERS_NOUN}\s+(?:from|by|of)\s+(?:the\s+)?\Z", lead):
                return self.voice_of(mention)
            if mention.type in PAPERS and lead.strip() in ("", "The") and re.match(r"\s+[a-z]", behind):
                return self.voice_of(mention)
        return None

    def leading(self, start: int, end: int) -> Voice | None:
        """Find a person who is the subject at the beginning of a sentence: "But X was blunt." """
        if pronoun := re.match(rf"\s*(?:{OPENER})?([Hh]e|[Ss]he)\s+[a-z]", self.text[start:end]):
            return self.pronoun(pronoun[1], start + pronoun.start(1))
        for mention in self.within(start, end):
            lead, behind = self.text[start : mention.span.start], self.text[mention.span.end : end]
            plain = re.fullmatch(rf"(?:{OPENER}|[A-Z][^,{BLOT}]{{1,60}},\s+)?{TITLES}", lead)
            if mention.type in PEOPLE and plain and not self.governed(start, mention.span.start):
                told = re.match(r"\s*[,(]|\s+(?!and\b)[a-z]", behind)
                return self.voice_of(mention) if told else None
        return None

    def subject(self, start: int, verb: int) -> Voice | None:
        """Find the subject of a finite verb that stands at `verb`, in the sentence or clause from `start` on."""
        if relative := RELATIVE.search(self.text, max(start, verb - 60), verb):
            return self._antecedent(start, relative.start())
        candidates = [
            m for m in self.within(start, verb) if self._leads_to(m, verb) and not self.governed(start, m.span.start)
        ]
        people = [m for m in candidates if m.type in PEOPLE]
        pronoun = PRONOUN_END.search(self.text, max(start, verb - 60), verb)
        if people and not (pronoun and pronoun.start() > people[-1].span.start):
            return self.voice_of(self._first_of(people[0], start))
        if pronoun:
            return self.pronoun(pronoun["pronoun"], pronoun.start())
        if candidates:
            return self.voice_of(candidates[-1])
        noun = NOUNY.match(self.text, verb)
        return None if noun and not REPORTS.match(self.text, noun.end()) else self._description(start, verb)

    def _antecedent(self, start: int, end: int) -> Voice | None:
        """Find whom "who" means: the name that ends there, or the one that it locates ("a judge in Anytown, who")."""
        inside = self.within(start, end)
        if not inside or inside[-1].span.end != end:
            return None
        if inside[-1].type in PLACES and len(inside) > 1:
            between = self.text[inside[-2].span.end : inside[-1].span.start]
            if re.fullmatch(r"\s+(?:in|for|of|from)\s+(?:the\s+)?", between):
                return self.voice_of(inside[-2])
        return self.voice_of(inside[-1])

    def _first_of(self, mention: Mention, start: int, *, at_once: bool = True) -> Mention:
        """Return the first of several people who speak together: "Ruiz and Vance said".

        Unless `at_once` is false, the first must stand where a clause begins.
        """
        joined = r"(?:\s*\([^()]{1,40}\))?,?\s+and\s+"
        while earlier := [m for m in self.within(start, mention.span.start) if m.type in PEOPLE]:
            first = earlier[-1]
            between = self.text[first.span.end : mention.span.start]
            lead = self.text[start : first.span.start]
            begins = re.search(rf"(?:\A|[,;:—–”\"{BLOT}]|\b(?:said|says))\s*{TITLES}\Z", lead)
            subject = begins and not self.governed(start, first.span.start)
            if not re.fullmatch(joined + TITLES, between) or (at_once and not subject):
                break
            mention, joined = first, r"(?:\s*\([^()]{1,40}\))?,\s+"
        return mention

    def _leads_to(self, mention: Mention, verb: int) -> bool:
        """Tell whether only asides and adverbs stand between a name and a verb; the name may be an aside itself."""
        rest = COURT_BEHIND.match(self.text, mention.span.end) if mention.type in COURTS else None
        if GAP.fullmatch(self.text, rest.end() if rest else mention.span.end, verb):
            return True
        aside = mention.type in PEOPLE and re.search(
            r",\s+(?:[A-Z][\w.’'-]*\s+)*\Z", self.text[: mention.span.start][-60:]
        )
        return bool(aside) and bool(re.fullmatch(rf"\s*,\s+(?:{ADVERB},?\s+)*", self.text[mention.span.end : verb]))

    def named(self, head: Span, phrase: Span) -> Voice | None:
        """Say whom a noun phrase with a known head means: the mention over its head or in front of it, or its words."""
        inside = self.within(phrase.start, max(phrase.end, head.end))
        over = [m for m in inside if m.span.overlaps(head)]
        beside = [
            m
            for m in inside
            if m.type in PEOPLE and m.span.end >= head.end and not self.governed(phrase.start, m.span.start)
        ]
        after = [
            m
            for m in self.within(phrase.end, phrase.end + 60)
            if m.type in PEOPLE and re.fullmatch(r"\s*(?:[A-Z][\w.]*\s+)*", self.text[phrase.end : m.span.start])
        ]
        if found := over or beside or after:
            return self.voice_of(found[0])
        return self.describe(phrase.of(self.text).strip(" ,"), phrase.start)

    def _inverted(self, start: int, end: int) -> Voice | None:
        """Read the words after the verb in "said X, the mayor of Y" or after "according to"."""
        cut = re.search(
            rf"[,;:{BLOT}]|\s[—–-]+\s|\s(?:in|during|after|at|on|when|while|as|who)\s", self.text[start:end]
        )
        stop = start + cut.start() if cut else end
        if paper := SENT_BY.search(self.text, start, min(end, start + 120)):
            found = self.within(paper.end(), min(end, paper.end() + 60))
            if found:
                return self.voice_of(next((m for m in found if m.type in PEOPLE), found[0]))
        inside = [m for m in self.within(start, stop) if self.text[m.span.start - 1 : m.span.start] != "("]
        if pronoun := re.match(r"\s*(he|she|they|it)\b", self.text[start:stop]):
            return self.pronoun(pronoun[1], start + pronoun.start(1))
        people = [m for m in inside if m.type in PEOPLE]
        for mention in people[-1:] or inside[-1:] or self.within(start, min(end, stop + 30))[:1]:
            lead = self.text[start : mention.span.start]
            possessed = re.match(r"[’']s?\s+\w", self.text[mention.span.end : stop]) or (
                mention.type not in PEOPLE and ROLE_BEHIND.match(self.text, mention.span.end, stop)
            )
            if not DESCRIBED_FOR.match(lead) and not possessed and len(lead.split()) <= 10 and "," not in lead:
                return self.voice_of(self._first_of(mention, start, at_once=False))
        if apposed := next((m for m in self.within(stop, end) if m.type in PEOPLE), None):
            between = re.fullmatch(rf",{TITLES}", self.text[stop : apposed.span.start])
            if between and re.match(r"\s*(?:[,.(]|\Z)", self.text[apposed.span.end : end]):
                return self.voice_of(apposed)
        words = re.sub(r"\s+", " ", self.text[start:stop]).strip(" .")
        return self.describe(words, start + len(self.text[start:stop]) - len(self.text[start:stop].lstrip()))

    def _is_paper(self, voice: Voice) -> bool:
        mention = self._by_span.get(voice.speaker) if voice.speaker else None
        return mention is not None and mention.type in PAPERS

    def _doer(self, start: int, end: int) -> Voice | None:
        """Find the subject of the main clause: the first mention or pronoun that nothing governs.

        Behind a clause in front ("After a judge blocked it, Ruiz said") it is the first that a comma introduces.
        """
        if front := CLAUSE_IN_FRONT.match(self.text, start, end):
            for mention in self.within(start, end):
                lead = self.text[start : mention.span.start]
                told = re.match(r"[\s,(][^:;]*\Z", self.text[mention.span.end : end])
                if mention.type not in PAPERS | PLACES and re.search(rf",\s+{TITLES}\Z", lead) and told:
                    return self.voice_of(mention)
            if unnamed := self._releaser(front.end(), end):
                return unnamed
        for mention in self.within(start, end):
            owner = re.match(r"[’']s?\s", self.text[mention.span.end : mention.span.end + 3])
            titled = next((m for m in self.within(mention.span.end, end) if m.type in PEOPLE), mention)
            between = self.text[mention.span.end : titled.span.start]
            if re.fullmatch(r"(?:\s+[A-Z][\w.’'-]*)+\s+", between) or NAMED_IN_ROLE.fullmatch(between):
                continue  # "Senate Majority Leader Ana Ruiz", "Open Doors press secretary Ana Ruiz"
            if mention.type not in PAPERS | PLACES and not owner and not self.governed(start, mention.span.start):
                pronoun = re.search(r"\b(?:[Hh]e|[Ss]he)\s", self.text[start : mention.span.start])
                return self.pronoun(pronoun[0].strip(), start + pronoun.start()) if pronoun else self.voice_of(mention)
        pronoun = re.search(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\s", self.text[start:end])
        return self.pronoun(pronoun[0].strip(), start + pronoun.start()) if pronoun else None

    def _description(self, start: int, verb: int) -> Voice | None:
        """Take the words before the verb as what describes the speaker, if they look like a subject."""
        phrase = re.sub(rf"(?:{ADVERB},?\s+)+\Z", "", self.text[start:verb])
        if apposition := re.search(r",[^,]*,\s*\Z", phrase):
            phrase = phrase[: apposition.start()]
        phrase = phrase.rstrip(" ,")
        begins = max((m.end() for m in NEW_CLAUSE.finditer(phrase)), default=0)
        words = phrase[begins:].strip()
        if BLOT in words or not 1 <= len(words.split()) <= 12 or not re.match(r"[A-Za-z]", words):
            return None
        return self.describe(words, start + begins)


def _length(text: str) -> int:
    """Return the length of a text, blanks and what was blanked out counted once."""
    return len(re.sub(r"\s+", " ", text))
