"""Whom "he" and "she" mean: the person whose gender, place in the sentence and nearness speak for it.

In: the passages of a document in their order, its mentions, what each description stands for, and the quotations. Out: a
PRONOUN mention for each pronoun outside quotations, with the span of the name that it stands for. Somebody without a
name ("a driver") may be meant, too: then the pronoun gets no mention, for nobody is better than somebody wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.given_names import gender_of
from kg.extract.passages import Passage
from kg.extract.saying import FINITE
from kg.extract.syntax import agents
from kg.records import Mention, MentionKind, Quotation, Span
from kg.reference import Reference

MALE, FEMALE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
REFLEXIVE = {"himself", "herself"}
POSSESSIVE = {"nmod:poss", "poss"}
APART = {"advcl", "acl", "acl:relcl", "conj", "parataxis", "compound", "appos", *POSSESSIVE}
"""Relations behind which somebody named again may be the subject all the same."""
REACH = 1500
"""How far back, in characters, a person is still meant."""
LEAST = -2.0
"""What at least must speak for a person."""
SUBJECT, OTHER, SAME_CLAUSE, SENTENCE, BETWEEN, QUOTED, KNOWN, NAMED_AGAIN = 3.0, 0.5, 1.5, 1.5, 0.25, 3.0, 0.75, 0.25
"""What speaks for a person (the part in the sentence, being the subject of a possessive's clause, a gender that is known
to fit, each earlier mention) and against (each sentence and person between, standing in a quotation)."""
BESIDE = 40
"""Within how many characters behind a quotation its reporting clause names the speaker."""
TITLE_BEFORE = 16
"""How many characters before a name may hold its title."""
UNNAMED = re.compile(
    r"(?P<m>(?:gun|police|business|states|congress)?man|father|son|husband|brother|boy|uncle|grandfather)"
    r"|(?P<f>(?:police|business|congress)?woman|mother|daughter|wife|sister|girl|aunt|grandmother)"
    r"|suspect|immigrant|migrant|refugee|student|officer|agent|judge|mayor|sheriff|governor"
    r"|professor|teacher|driver|worker|employee|victim|child|teenager|friend|person|candidate|senator|lawmaker|voter|killer|nominee"
    r"|successor|predecessor|owner|leader|founder|veteran|soldier|doctor|pastor|priest|resident|tenant"
)
"""Nouns that speak of one person, whose name nobody need know."""
BEHIND_QUOTED = re.compile(rf"[\s,”\"’'.?!]*(?:(?:{FINITE.pattern})\s+)?")
BEFORE_QUOTED = re.compile(rf"\s+(?:[a-z]+\s+){{0,2}}?(?:{FINITE.pattern})[^.;“”\"]{{0,60}}[“\"]?")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody spoken of at a place: the name that a mention there stands for, None for somebody unnamed."""

    span: Span
    name: Mention | None
    token: Token | None
    sentence: int
    gender: str | None
    quoted: bool

    @property
    def who(self) -> str:
        """Return what tells two people apart: the surname, or the place of somebody unnamed."""
        return self.name.text.split()[-1] if self.name else f"at {self.span.start}"


class PronounReader:
    """Resolves the pronouns of one document, passage by passage in their order; it keeps who was spoken of so far."""

    def __init__(
        self,
        passages: Sequence[Passage],
        names: Sequence[Mention],
        quotations: Sequence[Quotation],
        reference: Reference,
    ):
        self._names = [name for name in names if name.type == "Person"]
        self._quoted = [piece for passage in passages for piece in _pieces(passage, quotations)]
        self._reference = reference
        self._full_names: dict[str, list[str]] = {}
        for entry in reference.entries.values():
            for alias in entry.aliases if entry.type == "Person" else ():
                self._full_names.setdefault(alias, []).append(entry.label)
        self._around = {
            name.span: passage.text[
                max(name.span.start - passage.start - TITLE_BEFORE, 0) : name.span.start - passage.start
            ]
            for passage in passages
            for name in self._names
            if passage.extent.covers(name.span)
        }
        self._spoken: list[Person] = []
        self._sentences = 0
        self._genders = self._told_genders()

    def _told_genders(self) -> dict[str, set[str]]:
        """Return the genders that titles and given names tell, by surname."""
        told: dict[str, set[str]] = {}
        for name in self._names:
            gender = self._gender_here(name)
            if gender is not None:
                told.setdefault(name.text.split()[-1], set()).add(gender)
        return told

    def _gender_here(self, name: Mention) -> str | None:
        """Return the gender that a mention tells by its own title and words, or the tables by its key."""
        titled = gender_of((), f"{name.hint('honorific') or ''} {self._around.get(name.span, '')}")
        keys = [name.key or "", *(name.hint("candidates") or "").split("|")]
        tabled = [entry.label for key in keys if (entry := self._reference.entries.get(key))]
        tabled = tabled or self._full_names.get(name.text, [])
        return titled or gender_of(word for full in (name.text, *tabled) for word in full.split()[:-1])

    def gender(self, name: Mention) -> str | None:
        """Return "f" or "m" where the article or the tables tell, else None."""
        told = self._genders.get(name.text.split()[-1], set())
        return self._gender_here(name) or (next(iter(told)) if len(told) == 1 else None)

    def read(self, passage: Passage, described: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the pronouns of the next passage that stand for somebody; `described` are its resolved descriptions."""
        people = [*self._names, *(m for m in described if m.type == "Person")]
        standing = {m.span.start: m for m in people if passage.extent.covers(m.span)}
        by_span = {name.span: name for name in self._names}
        for sentence in passage.sentences():
            self._sentences += 1
            for token in sentence:
                span = passage.token_span(token)
                mention = standing.get(span.start)
                if mention is not None:
                    name = by_span.get(mention.antecedent or mention.span)
                    if name is not None:
                        self._add(mention.span, name, passage, token)
                elif token.lower_ in MALE | FEMALE and not (token.text.isupper() and len(token) > 1):
                    yield from self._pronoun(token, span, passage)
                elif (
                    passage.parsed
                    and self._is_unnamed(token)
                    and not any(m.span.covers(span) for m in standing.values())
                ):
                    self._add(span, None, passage, token)

    def _add(self, span: Span, name: Mention | None, passage: Passage, token: Token) -> None:
        tokens = passage.tokens(span)
        root = tokens.root if passage.parsed and tokens is not None and len(tokens) else None
        while root is not None and root.dep_ in {"appos", "flat"} and root.head != root:
            root = root.head  # "Mayor Ana Ruiz", "the mayor, Ana Ruiz,"
        noun = UNNAMED.fullmatch(token.lower_)
        gender = self.gender(name) if name else noun.lastgroup if noun else None
        quoted = any(piece.covers(span) for piece, _ in self._quoted)
        self._spoken.append(Person(span, name, root, self._sentences, gender, quoted))

    def _is_unnamed(self, token: Token) -> bool:
        """Tell whether a word is a subject that speaks of one person without a name: "the driver", "my son", not "the man"."""
        noun = UNNAMED.fullmatch(token.lower_)
        return bool(
            noun
            and token.dep_.startswith("nsubj")
            and token.tag_ not in {"NNS", "NNPS", "NNP"}
            and any(
                c.dep_ in POSSESSIVE or (c.dep_ == "det" and not (c.lower_ == "the" and noun.lastgroup))
                for c in token.children
            )
        )

    def _pronoun(self, token: Token, span: Span, passage: Passage) -> Iterator[Mention]:
        if any(piece.covers(span) for piece, _ in self._quoted):
            return
        gender = "m" if token.lower_ in MALE else "f"
        meant = self._speaker(span, passage) or self._meant(token, span, gender, passage)
        if meant is None:
            return
        person = Person(span, meant.name, token if passage.parsed else None, self._sentences, gender, quoted=False)
        self._spoken.append(person)
        if meant.name is not None:
            self._genders.setdefault(meant.who, set()).add(gender)
            yield Mention(span, token.text, "Person", "coreference", MentionKind.PRONOUN, antecedent=meant.name.span)

    def _speaker(self, span: Span, passage: Passage) -> Person | None:
        """Return who speaks the quotation that a pronoun reports: “…,” he said."""
        text = passage.text
        at, behind = span.start - passage.start, span.end - passage.start
        for piece, quotation in self._quoted:
            start, end = piece.start - passage.start, piece.end - passage.start
            if (0 < at - end < BESIDE and BEHIND_QUOTED.fullmatch(text, end, at)) or (
                0 < start - behind < 2 * BESIDE and BEFORE_QUOTED.fullmatch(text, behind, start)
            ):
                spoke = (p for p in reversed(self._spoken) if p.name and p.name.span == quotation.speaker)
                return next(spoke, None)
        return None

    def _meant(self, token: Token, span: Span, gender: str, passage: Passage) -> Person | None:
        """Choose among the people spoken of before, each at the place that speaks for them most."""
        spoken = [*self._spoken, *self._subject_ahead(token, passage)] if passage.parsed else self._spoken
        near = [p for p in spoken if span.start - p.span.start <= REACH and p.gender in (None, gender)]
        if passage.parsed and (beside := self._beside(token, near)):
            return beside
        barred = self._barred(token, passage) if passage.parsed else set()
        often = [p.who for p in near]
        owners = _owners(token) if passage.parsed else []
        best, chosen = (LEAST, 0), None
        for number, person in enumerate(near):
            if person.who in barred:
                continue
            between = len({other.who for other in near[number + 1 :]} - {person.who})
            score = (
                _role(person.token)
                - SENTENCE * min(self._sentences - person.sentence, 4)
                - BETWEEN * between
                - QUOTED * person.quoted
                + KNOWN * (person.gender == gender)
                + NAMED_AGAIN * min(often.count(person.who), 4)
                + SAME_CLAUSE * (person.token is not None and person.token in owners)
            )
            if (score, number) > best:
                best, chosen = (score, number), person
        return chosen

    def _subject_ahead(self, token: Token, passage: Passage) -> Iterator[Person]:
        """Yield Ruiz for the pronoun in "In her speech, Ruiz left": the subject of a sentence that opens with another phrase."""
        main = token.sent.root
        subject = next((c for c in main.children if c.dep_.startswith("nsubj") and c.i > token.i), None)
        front = next((c for c in main.children if c.is_ancestor(token)), None)
        if subject is None or front is None or front.dep_ not in {"advcl", "obl"}:
            return
        span = passage.token_span(subject)
        for name in self._names:
            if name.span.covers(span):
                yield Person(name.span, name, subject, self._sentences, self.gender(name), quoted=False)

    def _beside(self, token: Token, near: Sequence[Person]) -> Person | None:
        """Return Ruiz for "Ruiz herself", and for another "herself" the subject of its verb."""
        if token.lower_ not in REFLEXIVE:
            return None
        meant = [token.head, *agents(token.head)]
        return next((p for p in reversed(near) if p.token is not None and p.token in meant), None)

    def _barred(self, token: Token, passage: Passage) -> set[str]:
        """Return whom a pronoun cannot mean: who else has a part in its clause, and who is named in what "he" says."""
        if token.dep_ in POSSESSIVE or token.lower_ in REFLEXIVE:
            return set()
        doers = agents(token.head) if token.head.dep_ not in APART else []
        is_subject = token.dep_.startswith("nsubj")
        barred = {
            person.who
            for person in self._spoken
            if person.token is not None
            and person.token.doc is token.doc
            and person.token.dep_ not in POSSESSIVE
            and (token.head == person.token.head or person.token in doers)
            and not (is_subject and person.token.dep_.startswith("nsubj"))
        }
        if is_subject:
            later = (name for name in self._names if name.span.start > passage.start + token.idx)
            barred |= {name.text.split()[-1] for name in later if _is_said_of(token, passage, name)}
        return barred


def _is_said_of(subject: Token, passage: Passage, name: Mention) -> bool:
    """Tell whether a name has a part in what its subject's verb says, so that "he" in "he said that Ruiz won" is not Ruiz."""
    tokens = passage.tokens(name.span)
    word = tokens.root if tokens is not None and len(tokens) else subject.head
    while word not in (subject.head, word.head) and word.dep_ not in APART:
        word = word.head
    return word == subject.head and tokens is not None


def _pieces(passage: Passage, quotations: Sequence[Quotation]) -> Iterator[tuple[Span, Quotation]]:
    """Yield where the words of each quotation stand in a passage, without the clauses that report them."""
    for quotation in quotations:
        at = max(quotation.span.start - passage.start, 0)
        for words in quotation.text.split(" … "):
            found = passage.source.find(words, at) if quotation.span.overlaps(passage.extent) else -1
            if found >= 0:
                at = found + len(words)
                yield Span(passage.start + found, passage.start + at), quotation


def _owners(token: Token) -> list[Token]:
    """Return the subject of the clause that a possessive stands in: Ruiz in "Vance heard that Ruiz sold her house"."""
    if token.dep_ not in POSSESSIVE:
        return []
    verb = next((word for word in token.ancestors if word.pos_ == "VERB"), None)
    return agents(verb) if verb is not None else []


def _role(token: Token | None) -> float:
    """Say how much its part in the sentence speaks for a person: most as the subject of the main clause."""
    if token is None:
        return OTHER
    if token.dep_.startswith("nsubj"):
        return SUBJECT if token.head.dep_ in {"ROOT", "root", "conj", "parataxis"} else SUBJECT - 0.5
    if token.head == token or token.dep_ == "compound":
        return 0.0
    if token.dep_ == "conj":
        return _role(token.head) - SUBJECT / 2
    return _role(token.head) / 2 if token.dep_ in POSSESSIVE else OTHER
