"""Applying the relation rules to the parses of one document: triggers, arguments, status, qualifiers, attribution.

What enters is a `Reading`; what leaves are claim drafts. This module knows no relation: which words state which
relation is written in `ontology/relations/`.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.arguments import ANY, ArgumentFinder
from kg.extract.plausible import plausible
from kg.extract.pointing import DEEDS, Pointer
from kg.extract.predication import makers
from kg.extract.qualify import read_qualifiers
from kg.extract.reading import Reading, ReadPassage
from kg.extract.rules import TRIGGERS, Path_, Rule, RuleBook
from kg.extract.stance import StanceReader
from kg.extract.syntax import NEGATIONS, SAYING, SUBJECT, SUBJECT_PASSIVE, Step, agents, follow, status_of
from kg.extract.wording import WordingReader
from kg.ontology import Ontology
from kg.records import Argument, ClaimDraft, Evidence, Mention, Qualifiers, Span, Status

REPORTING = SAYING | {
    "accuse",
    "acknowledge",
    "call",
    "confirm",
    "describe",
    "explain",
    "promise",
    "report",
    "respond",
    "think",
    "vow",
}
PAPERS = frozenset(["ruling", "opinion", "lawsuit", "suit", "complaint", "letter", "memo", "statement", "op-ed", "tweet", "editorial", "brief", "petition", "resolution", "speech", "email", "remark", "comment"])  # fmt: skip
"""What speaks for whoever wrote it, as the subject of a stance: "the city's lawsuit blasted the order"."""
NOT_OF_ONE = frozenset(["law", "bill", "legislation", "measure", "ban", "attack", "claim", "argument", "language"])
"""What is made by many: who opposes a law that Congress passed does not oppose Congress."""
_REACH = 600
"""How many characters behind a fact "the ruling" or "the order" may still mean it."""
CLAUSES = {"ccomp", "parataxis", "advcl", "conj", "xcomp", "obj", "acl", "acl:relcl", "obl", "nmod", "csubj", "dep"}


@dataclass
class _Event:
    """An event that later sentences may come back to ("the letters"): who did it, when, by when."""

    relation: str
    subject: Mention
    qualifiers: Qualifiers
    sentence: Span


@dataclass(frozen=True)
class _Told:
    """The last fact of a relation: who did it to whom, in which sentence."""

    subjects: list[Mention]
    objects: list[Mention]
    sentence: Span

    def by_one_of(self, others: Iterable[Mention]) -> bool:
        """Tell whether one of some others did it."""
        return any(mine.span == other.span or mine.text == other.text for mine in self.subjects for other in others)


class FactReader:
    """Applies a rule book. Without a parser there are no dependency paths to follow, and no facts from them."""

    def __init__(self, book: RuleBook, ontology: Ontology):
        self._ontology = ontology
        self._by_lemma: dict[str, list[Rule]] = defaultdict(list)
        self._quotation_rules = [rule for rule in book.rules if rule.trigger == "quotation"]
        self._wording_rules = [rule for rule in book.rules if rule.trigger == "wording"]
        for rule in book.rules:
            for lemma in rule.lemmas if rule.trigger in TRIGGERS else ():
                self._by_lemma[lemma].append(rule)

    def read(self, reading: Reading) -> Iterator[ClaimDraft]:
        """Yield the claim drafts of one document, in the order of the text; the same fact may come more than once."""
        work = _Work(self, reading)
        for _ in self._from_parses(work, reading, events_only=True):
            pass  # a first pass learns the groups that the text names later ("nine jurisdictions", then the list)
        work.events.clear()
        facts = list(self._from_parses(work, reading))
        wordings = WordingReader(reading, work.arguments.allowed, work.has_title)
        for rule in self._wording_rules:
            facts += wordings.read(rule, self.types(rule, "subject"), self.types(rule, "object"))
        facts = list(plausible(facts, reading))
        yield from facts
        work.pointer = Pointer(reading, facts)
        told = set(facts)  # now that it is known who ruled, "they decried the ruling" speaks of the judge
        pointed = (draft for draft in self._from_parses(work, reading, metonymic_only=True) if draft not in told)
        yield from plausible(list(pointed), reading)
        stance = StanceReader(reading, work.arguments, work.pointer)
        for rule in self._quotation_rules:
            drafts = stance.read(rule, self.types(rule, "subject"), self.types(rule, "object"))
            yield from plausible(list(drafts), reading)

    def _from_parses(
        self, work: "_Work", reading: Reading, *, events_only: bool = False, metonymic_only: bool = False
    ) -> Iterator[ClaimDraft]:
        for read in reading.passages:
            if not read.passage.parsed:
                continue
            for token in read.passage.doc:
                for rule in self._by_lemma.get(token.lemma_.lower(), ()):
                    if (events_only and not rule.event) or (metonymic_only and ANY not in rule.through):
                        continue
                    if token.pos_ in TRIGGERS[rule.trigger]:
                        yield from work.apply(rule, token, read)

    def types(self, rule: Rule, side: str) -> tuple[str, ...]:
        """Return the types that a rule's subject or object may have: the rule's own, or the relation's domain or range."""
        relation = self._ontology.relations[rule.relation]
        own = rule.subject_types if side == "subject" else rule.object_types
        return tuple(sorted(own)) or (relation.domain if side == "subject" else relation.range)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether a type is another or lies below it."""
        return self._ontology.is_a(name, ancestor)


class _Work:
    """The state of reading one document."""

    def __init__(self, reader: FactReader, reading: Reading):
        self._reader = reader
        self._reading = reading
        self.arguments = ArgumentFinder(reading, reader.is_a)
        self.pointer: Pointer | None = None
        self.events: list[_Event] = []
        self._last_subject: dict[str, list[Mention]] = {}
        self._told: dict[str, _Told] = {}

    def _has(self, token: Token, path: Path_, read: ReadPassage) -> bool:
        """Tell whether a path leads anywhere; what something is called must be said, and not modify a name: "the Fair Grants Act"."""
        named = path[-1].role == "complement"
        return any(
            not (named and found.pos_ in {"ADJ", "PROPN"} and read.index.in_a_name(found))
            for found in follow(token, path)
        )

    def apply(self, rule: Rule, token: Token, read: ReadPassage) -> Iterator[ClaimDraft]:
        if (
            _orphaned(token)
            or any(not self._has(token, path, read) for path in rule.require)
            or any(follow(token, path) for path in rule.forbid)
        ):
            return
        subjects = self._side(rule, token, read, rule.subject, "subject")
        if not subjects and rule.inherit_subject:
            subjects = self._last_subject.get(rule.relation, [])
        told = self._told_before(rule.subject_of or rule.object_of, read.passage.span(token.sent))
        if not subjects and rule.subject_of and told is not None:
            subjects = told.subjects
        if rule.subject_titles:
            subjects = [mention for mention in subjects if self.has_title(mention, rule)]
        if not subjects:
            return
        status = self._status(rule, token)
        if status is None:
            return
        sentence = token.sent
        extent = read.passage.span(sentence)
        quoted = self._reading.quotation_at(read.passage.token_span(token))
        qualifiers = read_qualifiers(rule.qualifiers, token, read, self._reading)
        if any(getattr(qualifiers, name) is None for name in rule.needs):
            return
        if rule.event:
            qualifiers = self._remember(rule, subjects[0], qualifiers, extent)
        objects = self._side(rule, token, read, rule.object, "object")
        types = self._reader.types(rule, "object")
        if not objects and rule.object_of and told is not None and not told.by_one_of(subjects):
            objects = [mention for mention in told.objects if self.arguments.allowed(mention, types)]
        if not objects and rule.object_elsewhere:
            objects = self._reading.called(
                rule.object_elsewhere, extent, lambda m: self.arguments.allowed(m, types), rule.object_within
            )
        if rule.event and status is Status.ASSERTED and len(objects) > len(self.arguments.group):
            self.arguments.group = objects
        if status is Status.ASSERTED:
            self._last_subject[rule.relation] = subjects
            if objects:
                self._tell(rule.relation, subjects, objects, extent)
        speaker = quoted.speaker if quoted is not None else self._attribution(token, read)
        for subject in subjects:
            for target in objects:
                if self._same(self._named(target), self._named(subject)):
                    continue
                evidence = Evidence(self._reading.document.id, extent, read.passage.printed(sentence), rule.name, rule.version, rule.confidence,
                                    attributed_to=speaker if speaker != subject.span else None)  # fmt: skip
                yield ClaimDraft(subject.span, rule.relation, target.span, evidence, qualifiers, status)

    def _tell(self, relation: str, subjects: list[Mention], objects: list[Mention], sentence: Span) -> None:
        """Remember the last fact of a relation; what several rules find in one sentence is one fact."""
        before = self._told.get(relation)
        if before is not None and before.sentence == sentence and before.by_one_of(subjects):
            objects = list(dict.fromkeys([*before.objects, *objects]))
        self._told[relation] = _Told(subjects, objects, sentence)

    def _told_before(self, relations: Iterable[str], here: Span) -> "_Told | None":
        """Return the last fact of some relations, where it was told not far before."""
        known = [self._told[name] for name in relations if name in self._told]
        last = max(known, key=lambda told: told.sentence.start, default=None)
        near = last is not None and last.sentence.start <= here.start <= last.sentence.end + _REACH
        return last if near else None

    def _side(
        self, rule: Rule, token: Token, read: ReadPassage, paths: tuple[tuple[Step, ...], ...], side: str
    ) -> list[Mention]:
        types = self._reader.types(rule, side)
        through = rule.through if side == "object" else PAPERS if ANY in rule.through else frozenset()
        for path in paths:
            words = follow(token, path)
            found = [m for reached in words for m in self.arguments.find(reached, read, types, through)]
            if not found and self.pointer is not None:
                doers = [m for reached in words for m in self.pointer.doers(reached, read)]
                doers += [
                    mention
                    for reached in words
                    if side == "object"
                    and ANY in rule.through
                    and reached.lemma_.lower() in (DEEDS | rule.through) - NOT_OF_ONE
                    for maker in makers(reached)
                    for mention in self.arguments.find(maker, read, types, frozenset())
                ]
                found = [mention for mention in doers if self.arguments.allowed(mention, types)]
            if not found and side == "subject" and rule.by_office:
                served = (
                    self._served(person, rule.by_office, types)
                    for reached in follow(token, path)
                    for person in self.arguments.find(reached, read, ("Person",), frozenset())
                )
                found = [body for body in served if body is not None]
            if found:
                return list(dict.fromkeys(found))
        return []

    def _served(self, person: Mention, titles: frozenset[str], types: tuple[str, ...]) -> Mention | None:
        """Return whom a person with one of some offices acts for: "Sheriff Jane Roe of Lane County no longer helps"."""
        surname = self._named(person).text.split()[-1]
        for holding in self._reading.holdings:
            if (
                holding.former
                or holding.person.text.split()[-1] != surname
                or not isinstance(holding.organization, Span)
            ):
                continue
            if any(word in holding.title.lower() for word in titles):
                body = self._reading.mention_by_span(holding.organization)
                if body is not None and self.arguments.allowed(body, types):
                    return body
        return None

    def _named(self, mention: Mention) -> Mention:
        """Return the name that a description or a pronoun stands for."""
        named = mention
        while named.antecedent is not None and (before := self._reading.mention_by_span(named.antecedent)) is not None:
            named = before
        return named

    @staticmethod
    def _status(rule: Rule, token: Token) -> Status | None:
        """Say what the clause does with a rule's fact; None where a rule for denials meets none."""
        if rule.negated:
            denied = any(child.lower_ in NEGATIONS or _no_longer(child) for child in token.children)
            return Status.ASSERTED if denied and status_of(token) is Status.NEGATED else None
        status = status_of(token, irrealis_counts=rule.irrealis and rule.status is None)
        return Status(rule.status) if rule.status and status is not Status.NEGATED else status

    def has_title(self, mention: Mention, rule: Rule) -> bool:
        """Tell whether a subject is no person, or one whom the article gives an office that the rule asks for."""
        if mention.type != "Person":
            return True
        named = self._named(mention)
        surname = named.text.split()[-1]
        titles = [holding.title for holding in self._reading.holdings if holding.person.text.split()[-1] == surname]
        titles += [named.hint("honorific") or "", named.hint("title") or ""]
        return any(word in title.lower() for title in titles for word in rule.subject_titles)

    def _remember(self, rule: Rule, subject: Mention, qualifiers: Qualifiers, extent: Span) -> Qualifiers:
        """Keep an event's date and deadline, or take them from the last event of the same subject."""
        self.arguments.letter_sender = subject
        if qualifiers.date is None:
            for event in reversed(self.events):
                if event.relation == rule.relation and self._same(event.subject, subject):
                    return replace(qualifiers, date=event.qualifiers.date, date_precision=event.qualifiers.date_precision,
                                   deadline=qualifiers.deadline or event.qualifiers.deadline)  # fmt: skip
            return qualifiers
        if qualifiers.deadline is None:
            qualifiers = replace(qualifiers, deadline=self._deadline_after(extent))
        self.events.append(_Event(rule.relation, subject, qualifiers, extent))
        return qualifiers

    @staticmethod
    def _same(one: Mention, other: Mention) -> bool:
        return one.span == other.span or (one.key is not None and one.key == other.key) or one.text == other.text

    def _deadline_after(self, extent: Span) -> datetime.date | None:
        """Return the deadline that the next sentence or two of the document name."""
        later = [
            date for read in self._reading.passages for date in read.dates
            if date.role == "deadline" and extent.start <= date.span.start <= extent.end + 400
        ]  # fmt: skip
        return later[0].value if later else None

    def _attribution(self, token: Token, read: ReadPassage) -> Argument | None:
        """Return who says what a predicate says: the subject of the reporting verb that its clause hangs on."""
        here = token
        while here.head != here:
            clause, here = here, here.head
            if clause.dep_ in {"ccomp", "parataxis"} and here.lemma_.lower() in REPORTING:
                for subject in agents(here):
                    mention = read.index.at(subject)
                    if mention is not None:
                        return mention.span
                return None
            if clause.dep_ not in CLAUSES:
                break
        for child in here.children:
            if child.dep_ == "parataxis" and child.lemma_.lower() in REPORTING:
                for subject in agents(child):
                    mention = read.index.at(subject)
                    if mention is not None:
                        return mention.span
        return None


def _orphaned(verb: Token) -> bool:
    """Tell whether the parser lost a finite verb's subject in another clause: "Roe left, but they, joined by others, accused him"."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or any(
        child.dep_ in SUBJECT | SUBJECT_PASSIVE for child in verb.children
    ):
        return False
    if verb.dep_ == "conj":
        between = verb.doc[min(verb.head.i, verb.i) : verb.i]
        return any(word.lower_ == "but" and word.head.pos_ in {"NOUN", "PROPN"} for word in between)
    return verb.dep_ == "advcl" and not any(
        child.dep_ in {"mark", "aux", "aux:pass", "advmod"} for child in verb.children
    )


def _no_longer(adverb: Token) -> bool:
    return adverb.lower_ == "longer" and any(child.lower_ == "no" for child in adverb.children)
