"""Whom a speaker speaks for or against: the targets of words of praise or blame in direct and reported speech.

What enters are a rule whose lemmas are such words, the quotations and the clauses that hang on reporting verbs; what
leaves are claim drafts from the speaker to those whom the words are said of. A word is said of its subject, its
owner, or the noun it modifies; where the speaker is its subject ("we will fight…"), of its object. A `predicative`
rule (praise) reads only what is said of a subject: "the great state of Ohio" praises nobody. A `negated` rule reads
goods that are denied ("they do not care"), an `obliged` one what somebody ought to do ("he should resign").
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.arguments import ArgumentFinder
from kg.extract.pointing import SUITS, Pointer
from kg.extract.predication import (
    FIRST_PERSON,
    REPORTING,
    SURE,
    THINKING,
    haver,
    is_denied,
    is_due,
    is_meant,
    is_supposed,
    praised,
    said_of,
    subjects_of,
)
from kg.extract.reading import Reading, ReadPassage
from kg.extract.reported import ReportedSpeech, find_indirect_speech
from kg.extract.rules import Rule
from kg.extract.syntax import POSSESSIVE, RELATIVE, SUBJECT, SUBJECT_PASSIVE, agents, preposition, status_of
from kg.records import ClaimDraft, Evidence, Mention, Span, Status

OPPOSING = frozenset(
    [
        "condemn", "fight", "stop", "oppose", "reject", "end", "prevent", "combat", "criticize", "denounce", "reduce", "address", "fix", "face",
        "suffer", "blame", "accuse", "call", "survive", "see", "hear", "watch", "know", "discuss", "ask", "understand", "find", "protect", "resist",
        "defend", "avoid", "deny", "decry", "punish", "investigate", "sue", "challenge", "block", "tackle", "cite", "mention", "receive", "get",
        "tell", "say", "report", "describe", "mourn", "confront", "overcome", "solve", "against", "target", "deter", "counter", "expose", "reverse",
        "fear", "feel", "hate", "regret", "curb", "witness", "read", "learn", "ignore", "dismiss", "refute", "rebuke", "repudiate", "vote", "hold",
    ]
)  # fmt: skip
"""Verbs whose subject stands against their object, or only meets it: "they condemned the attack"."""
_BEHIND = 9
"""How many words behind a quotation the verb of saying may stand."""
_REFERRING_BEHIND = 25
"""How many words behind a quotation "referring to" may stand."""
_WITHIN = 4
"""In how many words the next one of a phrase must follow."""


class StanceReader:
    """Applies stance rules to one document."""

    def __init__(self, reading: Reading, arguments: ArgumentFinder, pointer: Pointer):
        self._reading = reading
        self._arguments = arguments
        self._pointer = pointer
        self._reports: list[ReportedSpeech] | None = None
        self._heard: dict[tuple[str, ...], list[tuple[Mention, ReadPassage, list[Token]]]] = {}
        self._homes = {holding.person.text.split()[-1]: holding.organization for holding in reading.holdings}

    def read(self, rule: Rule, subject_types: Sequence[str], object_types: Sequence[str]) -> Iterator[ClaimDraft]:
        """Yield what a rule finds, in quotations first, then in reported clauses."""
        types = tuple(subject_types)
        if types not in self._heard:
            self._heard[types] = list(self._speech(types))
        for speaker, read, tokens in self._heard[types]:
            if not read.passage.parsed:
                continue
            cues = [token for token in tokens if _is_cue(token, rule) and (not rule.obliged or is_due(token))]
            cues = [cue for cue in cues if not read.index.in_a_name(cue)]
            found = [
                (cue, target)
                for cue in cues
                for target in self._targets(cue, read, object_types, rule, speaker)
                if self._another(speaker, target)
            ]
            for cue, target in found:
                if is_supposed(cue) or not (is_denied(cue) if rule.negated else is_meant(cue)):
                    continue
                sentence = cue.sent
                evidence = Evidence(
                    self._reading.document.id, read.passage.span(sentence), read.passage.printed(sentence), rule.name, rule.version,
                    rule.confidence,
                )  # fmt: skip
                yield ClaimDraft(speaker.span, rule.relation, target.span, evidence)

    def _speech(self, subject_types: Sequence[str]) -> Iterator[tuple[Mention, ReadPassage, list[Token]]]:
        for quotation in self._reading.quotations:
            speaker = self._reading.mention_by_span(quotation.speaker) if isinstance(quotation.speaker, Span) else None
            if speaker is None or not self._arguments.allowed(speaker, subject_types):
                continue
            for read in self._reading.passages:
                if read.passage.extent.overlaps(quotation.span):
                    yield (
                        speaker,
                        read,
                        [t for t in read.passage.doc if quotation.span.covers(read.passage.token_span(t))],
                    )
        parsed: set[tuple[int, int]] = set()
        for read in self._reading.passages:
            for token in read.passage.doc if read.passage.parsed else ():
                if (token.lemma_.lower() in REPORTING and token.pos_ == "VERB") or token.lower_ in SURE:
                    if status_of(token, irrealis_counts=False) is Status.NEGATED:
                        continue  # "they would no longer argue that…"
                    for clause in (*token.children, token.head):
                        if (clause.dep_ == "ccomp" and clause.head == token) or (
                            token.dep_ == "parataxis" and clause == token.head
                        ):
                            inside = [
                                t
                                for t in clause.subtree
                                if not (t == token or (token.is_ancestor(t) and clause == token.head))
                                and self._reading.quotation_at(read.passage.token_span(t)) is None
                            ]
                            for speaker in self._reporters(token, read, subject_types):
                                parsed.add((read.passage.start, token.sent.start))
                                yield speaker, read, inside
        for speaker, read, inside in self._indirect(subject_types):
            if inside and (read.passage.start, inside[0].sent.start) not in parsed:
                yield speaker, read, inside

    def _indirect(self, types: Sequence[str]) -> Iterator[tuple[Mention, ReadPassage, list[Token]]]:
        """Yield what words alone show to be reported, where the parser lost the subject: "…, according to X"."""
        passages = [read.passage for read in self._reading.passages]
        if self._reports is None:
            self._reports = find_indirect_speech(self._reading.document, passages, self._reading.mentions)
        for report in self._reports:
            at = report.voice.speaker
            speaker = self._reading.mention_by_span(at) if isinstance(at, Span) else None
            if speaker is None or speaker.type != "Person" or not self._arguments.allowed(speaker, types):
                continue
            for read in self._reading.passages:
                if read.passage.extent.covers(report.clause):
                    spans = [(token, read.passage.token_span(token)) for token in read.passage.doc]
                    yield (
                        speaker,
                        read,
                        [t for t, s in spans if report.covers(s) and self._reading.quotation_at(s) is None],
                    )

    def _reporters(self, verb: Token, read: ReadPassage, types: Sequence[str]) -> list[Mention]:
        """Return who says what hangs on a verb; "the lawsuit says" is said by whoever filed it."""
        found: list[Mention] = []
        sure = [child for child in verb.children if child.dep_ in SUBJECT_PASSIVE] if verb.lower_ in SURE else []
        for subject in agents(verb) or sure:
            named = self._arguments.find(subject, read, types, SUITS) or self._filers(subject, read, types)
            if not named and subject.lemma_.lower() in SUITS:
                named = [doer for doer in self._pointer.doers(subject, read) if self._arguments.allowed(doer, types)]
            found += named
        return found

    def _filers(self, paper: Token, read: ReadPassage, types: Sequence[str]) -> list[Mention]:
        """Return who filed a suit: "the lawsuit filed by Oregon", "a complaint brought by the union"."""
        return [
            mention
            for verb in paper.children
            if paper.lemma_.lower() in SUITS
            and verb.dep_ == "acl"
            and verb.lemma_.lower() in {"file", "bring", "launch"}
            for filer in agents(verb)
            if filer != paper
            for mention in self._arguments.find(filer, read, types, frozenset())
        ]

    def _targets(
        self, cue: Token, read: ReadPassage, types: Sequence[str], rule: Rule, speaker: Mention
    ) -> list[Mention]:
        found: list[Mention] = []
        if rule.predicative:
            blamed = list(praised(cue))
        elif rule.negated or rule.obliged:
            blamed = subjects_of(cue) or haver(cue)
        else:
            blamed = list(said_of(cue))
        for token in blamed:
            if token.dep_ in SUBJECT and token.head.lemma_.lower() in REPORTING - THINKING:
                continue  # who reports is not spoken of
            named = self._arguments.find(token, read, types, rule.through)
            if not named:
                owners = [child for child in token.children if child.dep_ in POSSESSIVE and child.pos_ == "PRON"]
                said = (self._pointer.meant(word, read, speaker) for word in (token, *owners))
                pointed = next((mention for mention in said if mention is not None), None)
                meant = [pointed] if pointed is not None else self._pointer.doers(token, read)
                named = [mention for mention in meant if self._arguments.allowed(mention, types)]
            found += named
        if not found and all(token.pos_ == "PRON" for token in blamed):
            found += self._spoken_of(cue, read, types)
        if not found and rule.loose:
            found += self._around(cue, read, types, rule)
        return list(dict.fromkeys(found))

    def _spoken_of(self, cue: Token, read: ReadPassage, types: Sequence[str]) -> list[Mention]:
        """Return of whom a quotation is said: “He is a coward,” Roe said of the mayor, or "referring to the mayor"."""
        quotation = self._reading.quotation_at(read.passage.token_span(cue))
        if quotation is None:
            return []
        behind = read.passage.doc.char_span(
            quotation.span.end - read.passage.start, len(read.passage.doc.text), alignment_mode="contract"
        )
        for place, verb in enumerate(list(behind or ())[:_REFERRING_BEHIND]):
            if verb.text == ".":
                break
            preps = {"to"} if verb.lower_ == "referring" else {"of", "about"}
            if verb.lower_ == "referring" or (verb.lemma_.lower() in REPORTING and place < _BEHIND):
                of = [child for child in verb.children if child.dep_ == "obl" and preposition(child) in preps]
                named = [mention for word in of for mention in self._arguments.find(word, read, types, frozenset())]
                if named:
                    return named
        return []

    def _around(self, cue: Token, read: ReadPassage, types: Sequence[str], rule: Rule) -> list[Mention]:
        """Return the nearest doer or owner in the clauses above a strong word, unless it stands against what is blamed."""
        here = cue
        while here.head != here:
            below, here = here, here.head
            lemma = here.lemma_.lower()
            if (lemma in REPORTING and below.dep_ in {"ccomp", "parataxis"}) or lemma in OPPOSING:
                return []
            if below.dep_ in RELATIVE | {"conj", "parataxis", "advcl"} | SUBJECT:
                return []
            owners = [
                child
                for child in here.children
                if child.dep_ in POSSESSIVE or (child.dep_ == "nmod" and preposition(child) == "by")
            ]
            doers = agents(here) if here.pos_ in {"VERB", "AUX"} or here.dep_ == "ccomp" else owners
            for token in doers:
                if token.lower_ in FIRST_PERSON:
                    return []
                if token != below and (found := self._arguments.find(token, read, types, rule.through)):
                    return found
        return []

    def _another(self, speaker: Mention, target: Mention) -> bool:
        """Tell whether a target is somebody else than the speaker, and not the place or body that they speak for."""
        if (
            target.span == speaker.span
            or target.text.split()[-1] == speaker.text.split()[-1]
            or target.hint("level") == "Country"
        ):
            return False
        named, speaking = self._pointer.named(target), self._pointer.named(speaker)
        if named.text.split()[-1] == speaking.text.split()[-1]:
            return False
        if (
            named.key == "jurisdiction/us"
            or _is_the_capital(named)
            or named.text == speaking.text
            or (named.key and named.key == speaking.key)
        ):
            return False
        home = self._homes.get(speaking.text.split()[-1])
        if home is None:
            return True
        if isinstance(home, str):
            return named.key != home
        at = self._reading.mention_by_span(home)
        place = at.hint("name") if at is not None else None
        return at is None or not (
            named.text == at.text or (place and named.hint("name") == place) or (at.key and named.key == at.key)
        )


def _is_the_capital(mention: Mention) -> bool:
    """Tell whether a place is Washington, which in blame stands for nobody in particular."""
    return mention.type == "Jurisdiction" and mention.text.startswith("Washington")


def _is_cue(token: Token, rule: Rule) -> bool:
    lemma = token.lemma_.lower()
    if lemma in rule.lemmas or token.lower_ in rule.lemmas:
        return True
    return any(_goes_on(token, rest) for rest in rule.phrases.get(lemma, ()))


def _goes_on(token: Token, rest: Sequence[str]) -> bool:
    """Tell whether the further words of a phrase follow: "back" in "turn their back", each within four words."""
    here = token.i
    for word in rest:
        near = token.doc[here + 1 : min(here + 1 + _WITHIN, token.sent.end)]
        found = next((other.i for other in near if word in (other.lemma_.lower(), other.lower_)), None)
        if found is None:
            return False
        here = found
    return True
