"""Whom "he", "it" and "the lawsuit" mean in somebody's mouth: the pronouns of speech, and acts without an owner beside them.

What enters are a document's reading and the facts that verbs state in it ("the lawsuit" is the plaintiff's); what leaves
are mentions. A pronoun that may mean two is nobody's, and no speaker is meant by their own "he". "The plan" is that of
whoever was said to have or make one, "this" in a quotation is what was told just before it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from spacy.tokens import Token

from kg.extract.given_names import fits_pronoun
from kg.extract.predication import MAKING, makers
from kg.extract.reading import Reading, ReadPassage
from kg.extract.syntax import OBJECT, POSSESSIVE, SUBJECT, agents, status_of
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
DEEDS = frozenset(
    ["decision", "move", "plan", "action", "policy", "proposal", "announcement", "threat", "attack", "approach", "crackdown", "tactic",
     "effort", "step", "push", "order", "rule", "comment", "remark", "statement", "tweet", "letter", "memo", "directive", "rhetoric",
     "demand", "agenda", "stance", "behavior", "cut", "raid", "attempt", "guideline", "guidance", "speech", "strategy", "claim",
     "accusation", "allegation", "resolution", "request", "change", "restriction", "budget", "refusal", "vote"]
)  # fmt: skip
"""Nouns for what anybody may do, which speak of their doer."""
DEED_VERBS = frozenset(
    ["announce", "decide", "order", "threaten", "propose", "sign", "issue", "cut", "end", "rescind", "ban", "block", "withhold", "revoke",
     "repeal", "cancel", "terminate", "veto", "fire", "unveil", "introduce", "impose", "adopt", "approve", "deploy", "launch", "target",
     "raid", "arrest", "deport", "separate", "suspend", "halt", "slash", "strip", "deny", "reject", "refuse", "sue", "release", "send"]
)  # fmt: skip
"""Verbs for what "this" in the quotation behind them may mean."""
DOERS = frozenset(
    ["Person", "Agency", "LawEnforcementAgency", "LegislativeBody", "Organization", "Jurisdiction", "Court"]
)
LAWS = frozenset(["Law", "Statute", "Bill", "ExecutiveOrder", "Ordinance", "ConstitutionalProvision"])
BODIES = frozenset(["Agency", "LawEnforcementAgency", "LegislativeBody", "Organization"])
LEAD = 700
"""How many characters of an article tell its news."""
REACH = 350
"""How many characters before a quotation an antecedent may stand."""
FAR = 1500
"""How many characters before "the plan" it may have been told whose it is."""
_CHAIN = 9
"""How many descriptions may stand for each other before a name."""


@dataclass(frozen=True)
class _Deed:
    """What the article says that somebody did: where, by what noun ("" for a verb), and who."""

    start: int
    noun: str
    doers: tuple[Mention, ...]


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
        self._deeds = [deed for read in reading.passages if read.passage.parsed for deed in self._told(read)]

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
            return self._makers(noun, read) if _begun(noun) else []
        judge = self._only_judge if lemma in RULINGS else None
        if judge is not None and (not known or known[0][0] > LEAD):
            return [judge]  # what the article begins with is its ruling, else it is that of the judge whom it names
        if not known:
            return self._makers(noun, read)
        here = read.passage.span(noun.sent)
        before = max((start for start, _ in known if start <= here.start), default=known[0][0])
        return list(dict.fromkeys(doer for start, doer in known if start == before))

    def meant(self, pronoun: Token, read: ReadPassage, speaker: Mention) -> Mention | None:
        """Return the one whom a pronoun in somebody's mouth means, where only one may be meant."""
        named = self._meant_by_name(pronoun, read, speaker)
        return named if named is not None else self._just_told(pronoun, read, speaker)

    def _meant_by_name(self, pronoun: Token, read: ReadPassage, speaker: Mention) -> Mention | None:
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

    def _told(self, read: ReadPassage) -> Iterator[_Deed]:
        """Yield what a passage says that somebody did: "the board's plan", "she issued an order", "they cut it"."""
        for token in read.passage.doc:
            lemma = token.lemma_.lower()
            if lemma in DEEDS and token.pos_ == "NOUN":
                makes = token.dep_ in OBJECT and token.head.lemma_.lower() in MAKING
                words = [child for child in token.children if child.dep_ in POSSESSIVE]
                words = words or [*makers(token), *(agents(token.head) if makes else [])]
            elif lemma in DEED_VERBS and token.pos_ == "VERB" and status_of(token) is Status.ASSERTED:
                lemma, words = "", agents(token)
            else:
                continue
            if not words:
                continue
            place = read.passage.token_span(token)
            words += [other for word in words for other in word.children if other.dep_ == "conj"]
            found = [read.titled.get(word.i) or read.index.at(word) for word in words]
            doers = tuple(mention for mention in found if mention is not None and mention.type in DOERS)
            if doers:
                yield _Deed(place.start, lemma, doers)

    def _makers(self, noun: Token, read: ReadPassage) -> list[Mention]:
        """Return whose "the plan" is: of the last one who was told to have or make a plan."""
        lemma = noun.lemma_.lower()
        here = read.passage.token_span(noun).start
        begin = here - FAR
        if any(m.type in DOERS and m.span.end <= here and _undergoes(m, read) for m in read.index.within(noun.sent)):
            begin = read.passage.span(
                noun.sent
            ).start  # "he criticized Roe and called the plan…": Roe's, not that of someone before
        told = [deed for deed in self._deeds if deed.noun == lemma and begin <= deed.start < here]
        return list(told[-1].doers) if told else []

    def _just_told(self, word: Token, read: ReadPassage, speaker: Mention) -> Mention | None:
        """Return whose deed, told just before a quotation, "this" or "this decision" in it is, but the speaker's own."""
        quotation = self._reading.quotation_at(read.passage.token_span(word))
        demonstrative = any(child.lower_ in {"this", "these"} and child.dep_ == "det" for child in word.children)
        if quotation is None or not (
            (word.lower_ in {"this", "that", "it"} and _stands_for_something(word))
            or (demonstrative and word.lemma_.lower() in DEEDS)
        ):
            return None
        begin = quotation.span.start
        here = read.passage.span(word.sent).start
        told = [deed for deed in self._deeds if max(begin, here) - REACH <= deed.start < here]
        doers = {self._who(doer): doer for doer in told[-1].doers} if told else {}
        if len(doers) != 1 or self._who(speaker) in doers:
            return None
        return next(iter(doers.values()))

    def _others(
        self, extent: Span, speaker: Mention, fits: Callable[[Mention], bool], *, quoted: bool = True
    ) -> list[Mention]:
        """Return the fitting mentions of a stretch of text but the speaker's, in order."""
        said = self._who(speaker)
        text = self._reading.document.text
        found = []
        for mention in self._mentions[bisect_left(self._starts, extent.start) :]:
            if mention.span.start >= extent.end:
                break
            heard = quoted or self._reading.quotation_at(mention.span) is None
            heard = heard and not text[: mention.span.start].endswith("told ")  # who only hears it
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


def _undergoes(mention: Mention, read: ReadPassage) -> bool:
    """Tell whether somebody is the object of a verb."""
    return read.index.head_of(mention).dep_ in OBJECT


def _stands_for_something(pronoun: Token) -> bool:
    """Tell whether "it" or "this" is a subject that no clause behind it explains: not so "it is wrong to…"."""
    behind = {"csubj", "ccomp", "xcomp", "advcl", "csubj:outer"}
    return pronoun.dep_ in SUBJECT and not any(child.dep_ in behind for child in pronoun.head.children)


def _definite(noun: Token) -> bool:
    """Tell whether a noun means an act already told: "the ruling", "today's decision"; not "the decision to end it"."""
    after = noun.nbor(1).lower_ if noun.i + 1 < len(noun.doc) else ""
    if after in {"to", "of", "by", "that"} or any(child.dep_ in {"acl", "acl:relcl"} for child in noun.children):
        return False
    return any(
        child.lower_ in {"the", "this", "that", "its"} or (child.dep_ in POSSESSIVE and child.lower_ in DAYS)
        for child in noun.children
    )


def _begun(noun: Token) -> bool:
    """Tell whether what a definite noun is about stands behind it: "the decision to end it"."""
    known = any(child.lower_ in {"the", "this", "that"} and child.dep_ == "det" for child in noun.children)
    return known and noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ == "to"


def _is_law(mention: Mention) -> bool:
    return mention.type in LAWS


def _is_body(mention: Mention) -> bool:
    return mention.type in BODIES
