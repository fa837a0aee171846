"""Whom a speaker speaks against: the targets of words of blame in direct and reported speech.

What enters are a rule whose lemmas are such words, the quotations and the clauses that hang on reporting verbs; what
leaves are claim drafts from the speaker to those whom the words are said of. A word is said of its subject, its
owner, or the noun it modifies; where the speaker is its subject ("we will fight…"), of its object.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.arguments import ArgumentFinder
from kg.extract.reading import Reading, ReadPassage
from kg.extract.rules import Rule
from kg.extract.syntax import (
    OBJECT,
    POSSESSIVE,
    SAYING,
    SUBJECT,
    SUBJECT_PASSIVE,
    agents,
    patients,
    preposition,
    status_of,
)
from kg.records import ClaimDraft, Evidence, Mention, Span, Status

DOING = frozenset(
    [
        "be", "become", "cause", "commit", "pose", "represent", "constitute", "spread", "create", "show", "launch", "make", "bring", "spew",
        "inflict", "promote", "sow", "amount", "use", "continue", "engage", "do", "mount", "lead", "peddle", "display", "suffer",
    ]
)  # fmt: skip
"""Verbs whose subject is blamed with their object: "the rule causes harm"; not so "they condemned the attack"."""
FIRST_PERSON = {"we", "i", "us", "our"}


class StanceReader:
    """Applies stance rules to one document."""

    def __init__(self, reading: Reading, arguments: ArgumentFinder):
        self._reading = reading
        self._arguments = arguments
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
                if status_of(cue, irrealis_counts=False) is not Status.ASSERTED or _doubted(cue):
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
        for read in self._reading.passages:
            for token in read.passage.doc:
                if token.lemma_.lower() in SAYING and token.pos_ == "VERB":
                    for clause in token.children:
                        if clause.dep_ == "ccomp":
                            inside = [
                                t
                                for t in clause.subtree
                                if self._reading.quotation_at(read.passage.token_span(t)) is None
                            ]
                            for speaker in self._reporters(token, read, subject_types):
                                yield speaker, read, inside

    def _reporters(self, verb: Token, read: ReadPassage, types: Sequence[str]) -> list[Mention]:
        return [
            mention for subject in agents(verb) for mention in self._arguments.find(subject, read, types, frozenset())
        ]

    def _targets(self, cue: Token, read: ReadPassage, types: Sequence[str], rule: Rule) -> list[Mention]:
        found: list[Mention] = []
        for token in _said_of(cue):
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
        return at is None or (named.text != at.text and named.hint("name") != at.hint("name"))

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


def _is_cue(token: Token, rule: Rule) -> bool:
    return token.lemma_.lower() in rule.lemmas or token.lower_ in rule.lemmas


def _said_of(cue: Token) -> Iterator[Token]:
    """Yield the words that a word of blame is said of."""
    subjects = _subjects(cue)
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
        yield cue.head
        yield from (subject for subject in _subjects(cue.head) if subject.lower_ not in FIRST_PERSON)


def _subjects(token: Token) -> list[Token]:
    own = [child for child in token.children if child.dep_ in SUBJECT | SUBJECT_PASSIVE]
    if own:
        return own
    return agents(token) if token.pos_ in {"VERB", "AUX"} else []
