"""From a word of a parse to the mentions it speaks of: coordination, lists, groups, owners, metonymy.

What enters is the token that a rule's path leads to; what leaves are mentions of the types that the relation allows.
A word that speaks of nobody identified gives none.
"""

from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Token

from kg.extract.enumerations import INCLUDING, coordinated_before, in_enumeration, listed_behind, listed_just_before
from kg.extract.laws import law_before, speaks_of_law
from kg.extract.reading import Reading, ReadPassage
from kg.extract.syntax import OBJECT, POSSESSIVE, RELATIVE, SUBJECT, SUBJECT_PASSIVE, agents, preposition
from kg.records import Mention, MentionKind, Span

OWNED_BODIES_LISTED = """\
official leader lawyer attorney prosecutor officer authority government administration department police agency office
council spokesman spokeswoman mayor lawmaker legislature representative leadership team campaign jail legislator city
county state voter resident supervisor law-enforcement jurisdiction counterpart commissioner agent counsel"""
OWNED_BODIES = frozenset(OWNED_BODIES_LISTED.split())
"""Nouns that act for the place or body they belong to: "officials in Chicago", "the county's lawyers"."""
GROUPS = frozenset(
    [
        "jurisdiction",
        "city",
        "county",
        "state",
        "community",
        "municipality",
        "locality",
        "government",
        "place",
        "town",
        "area",
        "mayor",
        "grantee",
        "recipient",
    ]
)
TERRITORIES = {"counties", "cities", "towns", "states", "jurisdictions", "municipalities", "localities"}
"""Plurals behind which a place only says where they lie: "counties in Maryland" are not Maryland."""
COLLECTIVES = frozenset(["coalition", "group", "number", "dozen", "hundred", "handful", "list", "series", "alliance"])
PLURALS = {"them", "they", "all", "each", "both"}
THOSE = {"those", "any"}
"""Plurals that a clause picks out of a group just named: "those that do not answer"."""
FLOATING = {"all", "both", "each"}
"""Plurals that may stand behind the names that they speak of."""
PARTS = frozenset(["most", "much", "all", "part", "portion", "half", "provision"])
"""What is only a share of what follows with "of": "most of Arizona's law", "key provisions of the act"."""
FIRST_PERSON = {"i", "we"}
ANY = "any"
"""In a rule's `through`: whatever somebody owns stands for them, but other people and what is done to them."""
OTHERS_LISTED = """\
adviser advisor aide ally appointee arrest assassination assistant attorney backer base brother challenger chief child conviction
critic dad daughter death deportation defeat departure detractor donor ex-wife exit family fan father firing foe follower friend
grandfather husband impeachment indictment judge kid lawyer loss mom mother murder nephew niece nominee opponent ouster parent
pick predecessor prosecution removal resignation rival secretary sister son staff staffer successor supporter surrogate trial
victim voter wife enemy capital airport resident citizen people son-in-law ambassador neighbor"""
OTHERS = frozenset(OTHERS_LISTED.split())
STATEMENTS_LISTED = "resolution petition brief statement motion op-ed editorial ad email memo tweet measure filing"
STATEMENTS = frozenset(STATEMENTS_LISTED.split())
"""What says something in the name of whoever makes it: "the council passed a resolution condemning…"."""
MAKING_LISTED = "pass approve adopt sign file launch issue release write send post publish introduce start submit"
MAKING = frozenset(MAKING_LISTED.split())
NUMBERS_LISTED = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBERS = tuple(NUMBERS_LISTED.split())
LETTERS = frozenset(["letter", "notice", "demand", "missive", "request"])


class ArgumentFinder:
    """Resolves words to mentions within one document; remembers groups ("23 jurisdictions") that the document lists."""

    def __init__(self, reading: Reading, is_a: Callable[[str, str], bool]):
        self._reading = reading
        self._is_a = is_a
        self.group: list[Mention] = max(reading.lists.values(), key=len, default=[])
        self.letter_sender: Mention | None = None

    def find(self, token: Token, read: ReadPassage, types: Iterable[str], through: frozenset[str]) -> list[Mention]:
        """Return the mentions that a word speaks of, in the order of the text, each once."""
        allowed = tuple(types)
        found = list(self._resolve(token, read, allowed, through, depth=0))
        found = sorted(dict.fromkeys(found), key=lambda mention: mention.span)
        return [mention for mention in found if not self._locates_another(mention, read)]

    def _resolve(
        self, token: Token, read: ReadPassage, types: tuple[str, ...], through: frozenset[str], depth: int
    ) -> Iterator[Mention]:
        if depth > 3:
            return
        direct = self._mention(token, read, types)
        if direct is not None:
            yield direct
        else:
            yield from self._indirect(token, read, types, through, depth)
        for child in _with_flat(token):
            if child.dep_ == "conj" and not _begins_clause(child):
                yield from self._resolve(child, read, types, through, depth + 1)
        if direct is None or in_enumeration(direct, token):
            for child in token.children:
                if child.dep_ == "appos":
                    yield from self._resolve(child, read, types, through, depth + 1)

    def _indirect(
        self, token: Token, read: ReadPassage, types: tuple[str, ...], through: frozenset[str], depth: int
    ) -> Iterator[Mention]:
        lemma = token.lemma_.lower()
        named = list(self._included(token, read, types, through, depth)) or list(self._called(token, read, types))
        named = named or list(self._made_by(token, read, types, through, depth))
        if named:
            yield from named
            return
        if lemma in LETTERS & through:
            owners = list(self._owners(token, read, types))
            if owners:
                yield from owners
                return
        if lemma in LETTERS or (token.lower_ in {"they", "it"} and self._speaks_of_letters(token)):
            if self.letter_sender is not None and self.allowed(self.letter_sender, types):
                yield self.letter_sender
            return
        if lemma in OWNED_BODIES or token.dep_ == "appos":
            person = self._apposed_to(token, read, types)
            if person is not None:
                yield person
                return
        if lemma in OWNED_BODIES | through:
            owners = list(self._owners(token, read, types))
            if owners:
                yield from owners
                return
        if ANY in through and token.pos_ == "NOUN" and lemma not in OTHERS:
            holders = [child for child in token.children if child.dep_ in POSSESSIVE]
            owners = [m for child in holders if (m := self._mention(child, read, types)) is not None]
            if owners:
                yield from owners
                return
        if lemma in PARTS:
            for child in token.children:
                if child.dep_ == "nmod" and preposition(child) == "of":
                    yield from self._resolve(child, read, types, through, depth + 1)
        law = law_before(token, read) if speaks_of_law(token) else None
        if law is not None and self.allowed(law, types):
            yield law
            return
        if token.lower_ in {"they", "it"} and token.dep_.startswith("nsubj"):
            reporters = [
                m for word in _reporting_subjects(token) for m in self._resolve(word, read, types, through, depth + 1)
            ]
            if reporters:
                yield from reporters
                return
        if token.lower_ == "it" and token.dep_ == "nsubj" and token.head.dep_ == "conj":
            for subject in agents(token.head.head):  # "the court struck it down, but it upheld …"
                yield from self._resolve(subject, read, types, through, depth + 1)
            return
        yield from self._members(token, read, types, through, depth)

    def _members(
        self, token: Token, read: ReadPassage, types: tuple[str, ...], through: frozenset[str], depth: int
    ) -> Iterator[Mention]:
        """Yield whom a plural stands for: names just before it, those predicated of it, or a list of the document."""
        if token.lower_ in FLOATING:
            listed = listed_just_before(token, read, types)
            if listed:
                yield from listed
                return
        if token.lower_ in {"them", "they"}:
            coordinated = coordinated_before(token, read, types)
            if coordinated:
                yield from coordinated
                return
        if token.lemma_.lower() in GROUPS:  # "Boston and Chicago are among the cities that…"
            predicated = [child for child in token.children if child.dep_ == "nsubj"]
            named = [m for child in predicated for m in self._resolve(child, read, types, through, depth + 1)]
            if named:
                yield from named
                return
        if (
            token.lemma_.lower() in GROUPS
            or token.lower_ in PLURALS
            or _picked(token)
            or self._possessed_by_group(token)
        ):
            listed = self._reading.list_introduced_by(token.sent, read.passage) or listed_behind(token, read, types)
            members = listed or (self.group if self._speaks_of_group(token) else [])
            yield from (mention for mention in members if self.allowed(mention, types))

    def _mention(self, token: Token, read: ReadPassage, types: tuple[str, ...]) -> Mention | None:
        """Return the mention at a word: the person of a title with name, the name that an honorific begins, or itself."""
        mention = read.titled.get(token.i) or read.index.at(token)
        if mention is None and token.lower_ in FIRST_PERSON:
            mention = self._quoted_speaker(token, read)
        if mention is None:
            names = (read.index.at(child) for child in token.children if child.dep_ in {"flat", "flat:name"})
            mention = next((name for name in names if name is not None and name.type == "Person"), None)
        if mention is None or not self.allowed(mention, types):
            return None
        if mention.kind is MentionKind.NOMINAL:  # "the federal judge, Jane Roe"
            beside = [read.index.at(child) for child in token.children if child.dep_ == "appos"]
            named = next(
                (m for m in beside if m is not None and m.kind is MentionKind.NAME and m.type == "Person"), None
            )
            if named is not None and mention.type == "Person":
                return named
        return mention

    def _quoted_speaker(self, token: Token, read: ReadPassage) -> Mention | None:
        """Return who says "I" or "we" in a quotation."""
        quotation = self._reading.quotation_at(read.passage.token_span(token))
        speaker = quotation.speaker if quotation is not None else None
        return self._reading.mention_by_span(speaker) if isinstance(speaker, Span) else None

    @staticmethod
    def _locates_another(mention: Mention, read: ReadPassage) -> bool:
        """Tell whether a state only says where the place before it lies: "Sacramento, Calif."."""
        return mention.type == "Jurisdiction" and any(
            other.hint("within") and 0 < mention.span.start - other.span.end <= 4 for other in read.index.mentions
        )

    def allowed(self, mention: Mention, types: Iterable[str]) -> bool:
        """Tell whether a mention has one of some types."""
        return any(self._is_a(mention.type, name) for name in types)

    def _apposed_to(self, token: Token, read: ReadPassage, types: tuple[str, ...]) -> Mention | None:
        """Return the person whom a noun describes: in "Jane Roe, a strategist and former Smith spokesman who…" that is Roe."""
        here = token
        while here.dep_ in {"appos", "conj"}:
            here = here.head
            mention = read.index.at(here)
            if mention is not None and mention.type == "Person" and self.allowed(mention, types):
                return mention
        return None

    def _included(
        self, token: Token, read: ReadPassage, types: tuple[str, ...], through: frozenset[str], depth: int
    ) -> Iterator[Mention]:
        """Yield the named members of a group: "cities such as Boston", "places like Miami", "jurisdictions, including Chicago"."""
        if token.tag_ not in {"NNS", "NNPS"} and token.lemma_ not in COLLECTIVES:
            return
        for child in token.children:
            if child.dep_ in {"nmod", "obl", "acl", "appos", "advcl", "prep", "parataxis"} and child.i > token.i:
                words = {
                    preposition(child),
                    child.lower_,
                    *(part.lower_ for part in child.children if part.dep_ in {"case", "mark"}),
                }
                if words & INCLUDING:
                    for target in (child, *(part for part in child.children if part.dep_ in {"obj", "pobj", "dobj"})):
                        yield from self._resolve(target, read, types, through, depth + 1)
                elif child.dep_ == "nmod" and token.lemma_ in COLLECTIVES and preposition(child) == "of":
                    yield from self._included(child, read, types, through, depth + 1)
                elif child.lemma_ == "lead":  # "a coalition led by California"
                    for leader in agents(child):
                        yield from self._resolve(leader, read, types, through, depth + 1)

    def _called(self, token: Token, read: ReadPassage, types: tuple[str, ...]) -> Iterator[Mention]:
        """Yield what a noun is said to be called: "a federal law known as Section 1373"."""
        for child in token.children:
            if child.dep_ in {"acl", "acl:relcl"} and child.lemma_ in {"know", "call", "name", "title", "dub"}:
                for name in child.children:
                    mention = self._mention(name, read, types) if name.i > child.i else None
                    if mention is not None:
                        yield mention

    def _made_by(
        self, token: Token, read: ReadPassage, types: tuple[str, ...], through: frozenset[str], depth: int
    ) -> Iterator[Mention]:
        """Yield who makes a statement: in "the council passed a resolution condemning…" the council condemns."""
        if token.lemma_.lower() in STATEMENTS and token.dep_ in OBJECT and token.head.lemma_.lower() in MAKING:
            for maker in agents(token.head):
                if maker != token:
                    yield from self._resolve(maker, read, types, through, depth + 1)

    def _owners(self, token: Token, read: ReadPassage, types: tuple[str, ...]) -> Iterator[Mention]:
        """Yield whom a noun belongs to: "Chicago's policy", "Chicago officials", "officials in Chicago", "the mayor of Boston"."""
        for child in token.children:
            if child.dep_ in POSSESSIVE or (
                child.i < token.i and child.dep_ in {"compound", "amod", "nmod", "flat", "nmod:unmarked", "nmod:desc"}
            ):
                mention = self._mention(child, read, types)
                if mention is not None and (child.dep_ in POSSESSIVE or not _only_says_whose(mention, token)):
                    yield mention
            elif child.dep_ in {"nmod", "obl", "prep"} and child.i > token.i and token.lower_ not in TERRITORIES:
                target = (
                    child
                    if child.dep_ != "prep"
                    else next((part for part in child.children if part.dep_ == "pobj"), child)
                )
                if preposition(target) in {"of", "in", "for", "from", "at", "with", "by"}:
                    mention = self._mention(target, read, types)
                    if mention is not None:
                        yield mention
                        for other in target.children:
                            more = self._mention(other, read, types) if other.dep_ == "conj" else None
                            if more is not None:
                                yield more

    def _speaks_of_letters(self, token: Token) -> bool:
        return any(word.lemma_.lower() in LETTERS for word in token.sent[: max(0, token.i - token.sent.start)])

    @staticmethod
    def _possessed_by_group(token: Token) -> bool:
        return any(child.lower_ == "their" and child.dep_ in POSSESSIVE for child in token.children)

    def _speaks_of_group(self, token: Token) -> bool:
        """Tell whether a generic plural means the document's list: same number, definite, or said of the letters' receivers."""
        if len(self.group) < 3:
            return False
        if token.lower_ in {"them", "they"} or _picked(token):
            return self._group_just_named(token)
        if token.lower_ in PLURALS or self._possessed_by_group(token):
            return True
        return self._definite(token)

    def _definite(self, token: Token) -> bool:
        numbers = [child.lower_ for child in token.children if child.dep_ in {"nummod"}]
        if numbers:
            return numbers[0] in {str(len(self.group)), *NUMBERS[len(self.group) : len(self.group) + 1]}
        return any(child.lower_ in {"the", "these", "those", "all", "such"} for child in token.children)

    def _group_just_named(self, pronoun: Token) -> bool:
        """Tell whether the words before a pronoun, in its sentence or the one before, speak of the document's list."""
        begin = pronoun.sent.start
        before = pronoun.doc[begin - 1].sent.start if begin else 0
        return any(
            word.lemma_.lower() in GROUPS and word.tag_ == "NNS" and self._definite(word)
            for word in pronoun.doc[before : pronoun.i]
        )


def _picked(token: Token) -> bool:
    """Tell whether a plural is what a clause picks out of a group: "those that do not answer"."""
    clauses = [child for child in token.children if child.dep_ in RELATIVE]
    people = any(word.lower_ == "who" for clause in clauses for word in clause.children)
    return token.lower_ in THOSE and bool(clauses) and not people


def _with_flat(token: Token) -> Iterator[Token]:
    """Yield what hangs on a name, whichever of its words the parser hung it on."""
    for child in token.children:
        yield child
        if child.dep_ in {"flat", "flat:name"}:
            yield from child.children


def _begins_clause(conjunct: Token) -> bool:
    """Tell whether a noun taken for coordinated is the subject of a clause of its own: "oppose the deal, and the senator said…"."""
    first = conjunct.left_edge
    if conjunct.pos_ not in {"NOUN", "PROPN", "PRON"} or first.i < 2 or conjunct.head.dep_ in SUBJECT | SUBJECT_PASSIVE:
        return False
    if not (first.lower_ in {"and", "but"} and first.nbor(-1).text == ","):
        return False
    sentence = conjunct.sent
    for word in sentence[conjunct.i + 1 - sentence.start :]:
        if word.dep_ in SUBJECT or word.text in {";", ":"} or word.lower_ in {"who", "which", "that"}:
            return False
        if word.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return True
    return False


def _only_says_whose(mention: Mention, noun: Token) -> bool:
    """Tell whether a name before a noun only says whose: who backs "the GOP bill" does not back the party, nor the Senate by its bill; "US states" are not the US."""
    if mention.hint("level") == "Country":
        return noun.lemma_.lower() in GROUPS
    return mention.type in {"Organization", "LegislativeBody"} and noun.lemma_.lower() in {
        "bill",
        "law",
        "measure",
        "proposal",
        "plan",
        "legislation",
    }


def _reporting_subjects(pronoun: Token) -> list[Token]:
    """Return the subject of the reporting verb above a pronoun: in "it said that it will", both are the same."""
    clause = pronoun.head
    while clause.dep_ in {"xcomp", "conj", "advcl"} and clause.head != clause:
        clause = clause.head
    return [found for found in agents(clause.head) if found != pronoun] if clause.dep_ == "ccomp" else []
