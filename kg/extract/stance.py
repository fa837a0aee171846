"""Whom a speaker speaks for or against: the targets of words of praise or blame in direct and reported speech.

What enters are a rule whose lemmas are such words, the quotations and the clauses that hang on reporting verbs; what
leaves are claim drafts from the speaker to those whom the words are said of. A word is said of its subject, its
owner, or the noun it modifies; where the speaker is its subject ("we will fight…"), of its object. A `predicative`
rule (praise) reads only what is said of a subject: "the great state of Ohio" praises nobody.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.arguments import ArgumentFinder
from kg.extract.reading import Reading, ReadPassage
from kg.extract.reported import ReportedSpeech, find_indirect_speech
from kg.extract.rules import Rule
from kg.extract.syntax import (
    CONDITIONAL_MARKS,
    OBJECT,
    POSSESSIVE,
    RELATIVE,
    SAYING,
    SUBJECT,
    SUBJECT_PASSIVE,
    agents,
    is_passive,
    patients,
    preposition,
    status_of,
)
from kg.records import ClaimDraft, Evidence, Mention, Span, Status

DOING = frozenset(
    [
        "be", "become", "cause", "commit", "pose", "represent", "constitute", "spread", "create", "show", "launch", "make", "bring", "spew",
        "inflict", "promote", "sow", "amount", "use", "continue", "engage", "do", "mount", "lead", "peddle", "display",
        "pursue", "issue", "adopt", "enact", "impose", "carry", "conduct", "wage", "perpetrate", "tell", "send", "remain",
    ]
)  # fmt: skip
"""Verbs whose subject is blamed with their object: "the rule causes harm"; not so "they condemned the attack"."""
PRAISED_FOR_DOING = frozenset(["be", "do", "become", "remain", "make", "show", "demonstrate", "prove"])
"""The same for praise: "she has done a great job"; not so "he has great power"."""
TRYING = frozenset(
    ["try", "seek", "want", "continue", "attempt", "threaten", "plan", "intend", "begin", "start", "choose", "decide"]
)
"""Verbs whose subject also does what stands with "to" behind them."""
REPORTING = SAYING | {
    "stress",
    "emphasize",
    "lament",
    "think",
    "fear",
    "feel",
    "explain",
    "reply",
    "respond",
    "counter",
    "caution",
    "point",
}
FIRST_PERSON = {"we", "i", "us", "our"}


class StanceReader:
    """Applies stance rules to one document."""

    def __init__(self, reading: Reading, arguments: ArgumentFinder):
        self._reading = reading
        self._arguments = arguments
        self._reports: list[ReportedSpeech] | None = None
        self._homes = {holding.person.text.split()[-1]: holding.organization for holding in reading.holdings}

    def read(self, rule: Rule, subject_types: Sequence[str], object_types: Sequence[str]) -> Iterator[ClaimDraft]:
        """Yield what a rule finds, in quotations first, then in reported clauses."""
        for speaker, read, tokens in self._speech(subject_types):
            cues = [token for token in tokens if _is_cue(token, rule)]
            found = [
                (cue, target)
                for cue in cues
                for target in self._targets(cue, read, object_types, rule)
                if self._another(speaker, target)
            ]
            for cue, target in found:
                if status_of(cue, irrealis_counts=False) is not Status.ASSERTED or _doubted(cue) or _supposed(cue):
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
            for token in read.passage.doc:
                if token.lemma_.lower() in REPORTING and token.pos_ == "VERB":
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
        return [
            mention for subject in agents(verb) for mention in self._arguments.find(subject, read, types, frozenset())
        ]

    def _targets(self, cue: Token, read: ReadPassage, types: Sequence[str], rule: Rule) -> list[Mention]:
        found: list[Mention] = []
        for token in _praised(cue) if rule.predicative else _said_of(cue):
            if token.dep_ in SUBJECT and token.head.lemma_.lower() in REPORTING:
                continue  # who reports is not spoken of
            found += self._arguments.find(token, read, types, rule.through)
        return list(dict.fromkeys(found))

    def _another(self, speaker: Mention, target: Mention) -> bool:
        """Tell whether a target is somebody else than the speaker, and not the place or body that they speak for."""
        if (
            target.span == speaker.span
            or target.text.split()[-1] == speaker.text.split()[-1]
            or target.hint("level") == "Country"
        ):
            return False
        named, speaking = self._named(target), self._named(speaker)
        if named.key == "jurisdiction/us" or named.text == speaking.text or (named.key and named.key == speaking.key):
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

    def _named(self, mention: Mention) -> Mention:
        while mention.antecedent is not None:
            found = self._reading.mention_by_span(mention.antecedent)
            if found is None:
                break
            mention = found
        return mention


def _doubted(cue: Token) -> bool:
    """Tell whether a clause above a word of blame takes it back: "they could not prove that he obstructed…"."""
    for ancestor in cue.ancestors:
        if ancestor.lemma_.lower() in SAYING and ancestor.pos_ == "VERB":
            return False
        if (
            ancestor.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}
            and status_of(ancestor, irrealis_counts=False) is not Status.ASSERTED
        ):
            return True
    return False


def _supposed(cue: Token) -> bool:
    """Tell whether an "if" stands before a word in its sentence."""
    return any(word.lower_ in CONDITIONAL_MARKS for word in cue.doc[cue.sent.start : cue.i])


def _is_cue(token: Token, rule: Rule) -> bool:
    return token.lemma_.lower() in rule.lemmas or token.lower_ in rule.lemmas


def _praised(cue: Token) -> Iterator[Token]:
    """Yield the subjects that a word of praise is predicated of: "she is a great leader", "they have done a fine job"."""
    noun = cue.head if cue.dep_ == "amod" else cue
    if cue.pos_ in {"VERB", "AUX"}:
        found = [] if is_passive(cue) else _subjects(cue)
    elif any(child.dep_ == "cop" for child in noun.children):
        found = _subjects(noun)
    else:
        head = noun.head
        done = head.lemma_.lower() in PRAISED_FOR_DOING and noun.dep_ in OBJECT | {"xcomp"}
        found = _subjects(head) if done and not is_passive(head) else []
    yield from (subject for subject in found if subject.lower_ not in FIRST_PERSON)


def _said_of(cue: Token) -> Iterator[Token]:
    """Yield the words that a word of blame is said of."""
    if cue.tag_ == "VBG" and preposition(cue) == "for":
        return  # "he blamed her for failing" says it of her
    if cue.pos_ == "VERB" and is_passive(cue) and cue.dep_ != "amod":
        yield from agents(cue)  # who is bullied is not blamed
        return
    if cue.dep_ in RELATIVE and any(child.tag_ in {"WDT", "WP"} for child in cue.children):
        yield cue.head  # "her policies that hurt…"
        if cue.head.dep_ in OBJECT and cue.head.head.lemma_.lower() in DOING:
            yield from (subject for subject in _subjects(cue.head.head) if subject.lower_ not in FIRST_PERSON)
        return
    subjects = _subjects(cue) or _who_tries(cue)
    if any(subject.lower_ in FIRST_PERSON for subject in subjects):
        yield from patients(cue)
        yield from (
            child for child in cue.children if child.dep_ == "obl" and preposition(child) in {"against", "from"}
        )
        return
    yield from subjects
    if cue.pos_ in {"NOUN", "PROPN"}:
        yield from (child for child in cue.children if child.dep_ in POSSESSIVE)
        yield from (
            child
            for child in cue.children
            if child.dep_ in {"compound", "nmod"} and (child.i < cue.i or preposition(child) in {"by", "of", "from"})
        )
        head = cue.head
        doing = head.lemma_.lower() in DOING
        if not subjects and head != cue and (cue.dep_ == "xcomp" or (doing and cue.dep_ in OBJECT | {"obl"})):
            yield from (subject for subject in _subjects(head) if subject.lower_ not in FIRST_PERSON)
    elif cue.dep_ == "amod":
        noun = cue.head
        yield noun
        yield from (subject for subject in _subjects(noun) if subject.lower_ not in FIRST_PERSON)
        if noun.dep_ in OBJECT and noun.head.lemma_.lower() in DOING:
            yield from (subject for subject in _subjects(noun.head) if subject.lower_ not in FIRST_PERSON)


def _who_tries(cue: Token) -> list[Token]:
    """Return who is "trying to bully" somebody, whatever the parser took the words behind "to" for."""
    if cue.i < 2 or cue.nbor(-1).lower_ != "to" or cue.nbor(-2).lemma_.lower() not in TRYING:
        return []
    return _subjects(cue.nbor(-2))


def _subjects(token: Token) -> list[Token]:
    own = [child for child in token.children if child.dep_ in SUBJECT | SUBJECT_PASSIVE]
    if own:
        return own
    return agents(token) if token.pos_ in {"VERB", "AUX"} else []
