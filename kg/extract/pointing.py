"""Whom "he", "it" and "the lawsuit" mean in somebody's mouth: the pronouns of speech, and acts without an owner beside them.

What enters are a document's reading and the facts that verbs state in it ("the lawsuit" is the plaintiff's); what leaves
are mentions. A pronoun that may mean two is nobody's, and no speaker is meant by their own "he".
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property, partial

from spacy.tokens import Token

from kg.extract.given_names import fits_pronoun
from kg.extract.reading import Reading, ReadPassage
from kg.extract.syntax import POSSESSIVE, SUBJECT
from kg.records import ClaimDraft, Mention, MentionKind, Span, Status

HE_OR_SHE = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "herself": "she"}
THEY = frozenset(["they", "them", "their", "themselves"])
IT = frozenset(["it", "this", "its"])
SUITS = frozenset(["lawsuit", "suit", "complaint", "filing", "litigation"])
"""Papers in which a plaintiff speaks."""
ACTS = {
    "sued": SUITS,
    "ruledAgainst": frozenset(["ruling", "decision", "injunction"]),
    "ruledFor": frozenset(["ruling", "decision"]),
    "threatensFundingOf": frozenset(["threat", "threats"]),
}
"""Nouns for what a relation's subject did, by relation."""
RULINGS = frozenset(["ruling", "decision", "injunction", "opinion"])
DAYS = frozenset(["today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
LAWS = frozenset(["Law", "Statute", "Bill", "ExecutiveOrder", "Ordinance", "ConstitutionalProvision"])
BODIES = frozenset(["Agency", "LawEnforcementAgency", "LegislativeBody", "Organization"])
LEAD = 700
"""How many characters of an article tell its news."""
REACH = 350
"""How many characters before a quotation an antecedent may stand."""
_CHAIN = 9
"""How many descriptions may stand for each other before a name."""


class Pointer:
    """Resolves the pronouns of one document's speech, and the doers of acts that it speaks of."""

    def __init__(self, reading: Reading, facts: Iterable[ClaimDraft]):
        self._reading = reading
        self._mentions = sorted(reading.mentions, key=lambda mention: mention.span)
        self._starts = [mention.span.start for mention in self._mentions]
        self._doers: dict[str, list[tuple[int, Mention]]] = {}
        for fact in facts:
            doer = reading.mention_by_span(fact.subject) if isinstance(fact.subject, Span) else None
            if doer is not None and fact.status is Status.ASSERTED and reading.quotation_at(doer.span) is None:
                for noun in ACTS.get(fact.relation, ()):
                    self._doers.setdefault(noun, []).append((fact.evidence.span.start, doer))

    def named(self, mention: Mention) -> Mention:
        """Return the name that a description or a pronoun stands for, or the mention itself."""
        for _ in range(_CHAIN):
            found = self._reading.mention_by_span(mention.antecedent) if mention.antecedent is not None else None
            if found is None:
                break
            mention = found
        return mention

    def doers(self, noun: Token, read: ReadPassage) -> list[Mention]:
        """Return whose act "the lawsuit" or "this threat" is: those of the last one told before it, or of the only one."""
        lemma = noun.lemma_.lower()
        known = self._doers.get(lemma, [])
        if not _definite(noun):
            return []
        judge = self._only_judge if lemma in RULINGS else None
        if judge is not None and (not known or known[0][0] > LEAD):
            return [judge]  # what the article begins with is its ruling, else it is that of the judge whom it names
        if not known:
            return []
        here = read.passage.span(noun.sent)
        before = max((start for start, _ in known if start <= here.start), default=known[0][0])
        return list(dict.fromkeys(doer for start, doer in known if start == before))

    def meant(self, pronoun: Token, read: ReadPassage, speaker: Mention) -> Mention | None:
        """Return the one whom a pronoun in somebody's mouth means, where only one may be meant."""
        here = read.passage.token_span(pronoun)
        quotation = self._reading.quotation_at(here)
        word = pronoun.lower_
        if word in HE_OR_SHE and quotation is not None:
            fits: Callable[[Mention], bool] = partial(self._is_person, HE_OR_SHE[word])
        elif word in IT and pronoun.dep_ in SUBJECT:
            fits = _is_law
        elif word in THEY and quotation is not None:
            fits = _is_body
        else:
            return None
        begin = quotation.span.start if quotation is not None else read.passage.span(pronoun.sent).start
        inside = self._others(Span(begin, here.start), speaker, fits)
        if inside:
            return None if word in THEY and self._plural_between(inside[-1], pronoun, read) else inside[-1]
        if word in THEY:
            return None
        beside = self._others(read.passage.span(pronoun.sent), speaker, fits, quoted=False)
        for found in (beside, self._others(Span(max(0, begin - REACH), begin), speaker, fits)):
            if found:
                alike = {self._who(mention) for mention in found}
                return found[-1] if len(alike) == 1 else None
        return None

    def _others(
        self, extent: Span, speaker: Mention, fits: Callable[[Mention], bool], *, quoted: bool = True
    ) -> list[Mention]:
        """Return the fitting mentions of a stretch of text but the speaker's, in order."""
        said = self._who(speaker)
        found = []
        for mention in self._mentions[bisect_left(self._starts, extent.start) :]:
            if mention.span.start >= extent.end:
                break
            heard = quoted or self._reading.quotation_at(mention.span) is None
            if heard and extent.covers(mention.span) and fits(self.named(mention)) and self._who(mention) != said:
                found.append(mention)
        return found

    def _who(self, mention: Mention) -> str:
        named = self.named(mention)
        return named.text.split()[-1] if named.type == "Person" else named.key or named.text

    def _is_person(self, pronoun: str, mention: Mention) -> bool:
        if mention.type != "Person":
            return False
        surname = mention.text.split()[-1]
        alike = [m for m in self._mentions if m.type == "Person" and m.text.split()[-1] == surname]
        given = {word for m in alike if m.kind is MentionKind.NAME for word in m.text.split()[:-1]}
        title = next((honorific for m in alike if (honorific := m.hint("honorific"))), "")
        return fits_pronoun(pronoun, given, title)

    @staticmethod
    def _plural_between(mention: Mention, pronoun: Token, read: ReadPassage) -> bool:
        """Tell whether a plural stands between a body and "they", which then is more likely meant."""
        start = mention.span.end - read.passage.start
        return any(token.tag_ in {"NNS", "NNPS"} and start <= token.idx < pronoun.idx for token in read.passage.doc)

    @cached_property
    def _only_judge(self) -> Mention | None:
        """The only person whom the article calls a judge: of no other can "the ruling" be, where no fact tells."""
        judges = [h.person for h in self._reading.holdings if "judge" in h.title.lower() and not h.former]
        return judges[0] if len({judge.text.split()[-1] for judge in judges}) == 1 else None


def _definite(noun: Token) -> bool:
    """Tell whether a noun means an act already told: "the ruling", "today's decision"; not "the decision to end it"."""
    after = noun.nbor(1).lower_ if noun.i + 1 < len(noun.doc) else ""
    if after in {"to", "of", "by", "that"} or any(child.dep_ in {"acl", "acl:relcl"} for child in noun.children):
        return False
    return any(
        child.lower_ in {"the", "this", "that", "its"} or (child.dep_ in POSSESSIVE and child.lower_ in DAYS)
        for child in noun.children
    )


def _is_law(mention: Mention) -> bool:
    return mention.type in LAWS


def _is_body(mention: Mention) -> bool:
    return mention.type in BODIES
