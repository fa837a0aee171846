"""The asker: a question in plain English in, the SPARQL that it stands for and the answer out.

The families that are understood stand in `Asker.read`, the more special ones first. What fits none is an error that says
so and shows what would be understood; words of a question that were not used are named beside what was understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.ask import compose
from kg.ask.compose import NO_CLASS, Holder, Side
from kg.ask.lexicon import Lexicon, Phrase, read_lexicon
from kg.ask.linking import COMMON, Named, link_names, unknown_names
from kg.ask.times import Period, read_period
from kg.errors import QueryError
from kg.graph.query import Answer, Querier
from kg.ontology import Ontology

TOPIC = r"(?:about|on|of|regarding|concerning)"
SAID = re.compile(
    r"\b(?:what (?:did|has|have|does|do)|did)\s+\{(\d+)\}\s+(?:ever\s+)?(?:say|said|tell|told|claim|speak|spoken|talk|talked)\b"
)
QUOTED = re.compile(r"\b(?:quotes?|quotations?|words|statements?|comments?)\s+(?:by|of|from)\s+\{(\d+)\}")
SAID_OF = re.compile(
    rf"^(who|which [a-z]+(?: [a-z]+)?)\s+(?:has\s+|have\s+)?(?:said|say|says|spoke|spoken|talked|commented)\b.*?\b{TOPIC}\s+(.+)$"
    rf"|^what (?:was|is|has been) said {TOPIC}\s+(.+)$|^(?:quotes?|quotations?|statements?|comments?) {TOPIC}\s+(.+)$"
)
DOCUMENT = r"(?:articles?|documents?|stories|story|texts?|reports|news|pieces?|releases?|letters)"
MENTIONED = re.compile(
    rf"\b{DOCUMENT}\b.*?\b(?:mentions?|mentioned|mentioning|names?|about|cover|covers|discuss|discusses|speaks? of|refers? to)\b.*\{{\d"
    rf"|^where (?:is|was|are|were) .*\}}.*\b(?:mentioned|named|discussed)\b|^who (?:wrote|reported|writes) about\b"
)
IDENTITY = re.compile(
    r"^(?:who|what|where)\s+(?:is|was|are|were)\s+(?:the\s+)?\{(\d+)\}\W*$"
    r"|^(?:tell me|what do (?:you|we) know|what is known|what is there|show me|show|facts?|everything|information)\b"
    r"(?:\s+(?:all|everything|more|of|on|about|facts?))*\s+(?:the\s+)?\{(\d+)\}\W*$"
)
HAPPENED = re.compile(r"\bwhat (?:has )?(?:happened|happens|was going on|took place)\b")
DEADLINE = re.compile(r"\bdeadlines?\b|\bby when\b")
MONEY = re.compile(r"\bhow much\b|\b(?:what|which) (?:money|amounts?|sums?)\b")
CASH = re.compile(r"\b(?:money|funding|funds|grants?|dollars|cash|aid)\b")
POST = re.compile(
    r"^who\s+(?:is|was|are|were|has been|became)\s+(?:the\s+|an?\s+)?([a-z][a-z .-]*?)(?:\s+(?:of|for|at|in)\s+(?:the\s+)?\{(\d+)\})?$"
)
LISTED = re.compile(
    r"^(?:list|show|name|what are|which are|who are|give me|which|what)\s+(?:me\s+)?(?:all\s+)?(?:the\s+)?([a-z][a-z -]*?)(?:\s+(?:are there|are known|there are|are named|do you know))?$"
)
ANY_POST = frozenset({"head", "leader", "boss", "chief", "in charge"})
"""Words for whoever leads, which are seldom anybody's title."""
HOW_MANY = re.compile(r"^how many\s+(.*?)\b(?=\s|$)")
BEYOND = re.compile(
    r"^why\b|^how\s+(?!many\b|much\b)|\b(?:not|never|nobody|without|except|neither|nor|instead|no longer)\b|n['’]t\b"
)
"""Reasons, manners and denials: no template asks for them, and to leave them out would turn the answer round."""
PLURAL = re.compile(r"(?:\b(?:an?|any|some|every|which|what)\s+(?:[a-z-]+\s+)?[a-z]+|[a-z]+s|people)$")
"""Words that stand for any member of a class; "the city" is one that the question does not name."""
PLACEHOLDER = re.compile(r"\{(\d+)\}")
HELPED = re.compile(r"\b(?:did|does|do|has|have|had)\b")
IDLE = COMMON | frozenset(
    [*["be", "been", "being", "are", "am", "that", "this", "these", "those", "there", "any", "some", "all", "ever", "also", "then", "than", "as", "at", "into", "over", "under"],
     *["show", "tell", "list", "name", "give", "me", "many", "more", "most", "first", "last", "since", "before", "after", "during", "between", "when"]]
)  # fmt: skip
"""Words that add nothing to a question, so that they need not be used."""
EXAMPLES = (
    "Who threatened Chicago's funding?",
    "What did Jeff Sessions say about 1373?",
    "Which counties got letters in January 2018?",
    "Who is the mayor of Chicago?",
    "How much money did Sacramento County get?",
    "Which articles mention San Francisco?",
    "Tell me about Rahm Emanuel.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood, in words; the SPARQL; the answer."""

    understood: str
    sparql: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Question:
    """A question in lower case with placeholders for names and without its time; the names; the time."""

    text: str
    named: list[Named]
    period: Period | None

    def names(self, part: str) -> list[Named]:
        """Return the entities that a part of the text names."""
        return [self.named[int(number)] for number in PLACEHOLDER.findall(part)]

    @property
    def when(self) -> str:
        """The time in words, with a space before it."""
        return f" {self.period.words}" if self.period else ""


@dataclass(slots=True)
class _Sides:
    """What stands on the sides of a relation, and the words that nothing was made of."""

    subject: Side = None
    thing: Side = None
    program: Named | None = None
    asked: str = ""
    unused: list[str] = field(default_factory=list)


Read = tuple[str, str] | None
"""What a question means, in words and as SPARQL; None where it is of another family."""


class Asker:
    """Answers questions on one store."""

    def __init__(self, querier: Querier, ontology: Ontology):
        self.querier, self.ontology = querier, ontology
        self.lexicon: Lexicon = read_lexicon(ontology)

    def ask(self, question: str) -> Asked:
        """Answer a question. Raises QueryError, with what would be understood, where it fits no template."""
        understood, sparql = self.read(question)
        return Asked(understood, sparql, self.querier.run(sparql))

    def read(self, question: str) -> tuple[str, str]:
        """Return what a question means, in words and as SPARQL."""
        linked, named = link_names(self.querier, question.strip().rstrip("?!. "))
        text, period = read_period(linked)
        if unknown := unknown_names(text):
            raise self._confused(question, named, unknown)
        asked = Question(" ".join(text.lower().split()), named, period)
        if BEYOND.search(asked.text):
            hint = "Reasons, manners and what did not happen are beyond me: ask who, what, which, when or how many"
            raise QueryError("I do not understand this question", value=question, hint=f"{hint}. Or ask with kg query")
        for family in (
            self._deadline, self._said, self._mentioned, self._identity, self._happened, self._post, self._listing,
            self._money, self._relation,
        ):  # fmt: skip
            found = family(asked)
            if found is not None:
                return found
        raise self._confused(question, named)

    @cached_property
    def titles(self) -> frozenset[str]:
        """The titles of posts that the graph knows, lower case."""
        rows = self.querier.rows("SELECT DISTINCT ?t { ?claim rdf:predicate pol:holdsPost ; pol:title ?t }")
        return frozenset(str(getattr(title, "value", "")).lower() for (title,) in rows)

    def _deadline(self, asked: Question) -> Read:
        if not DEADLINE.search(asked.text):
            return None
        return f"deadlines{_listed(' with ', asked.named)}{asked.when}", compose.deadlines(asked.named, asked.period)

    def _said(self, asked: Question) -> Read:
        if match := SAID.search(asked.text) or QUOTED.search(asked.text):
            speaker: Side = asked.named[int(match[1])]
            topic = re.search(rf"\b{TOPIC}\s+(.+)$", asked.text[match.end() :])
            rest = topic[1] if topic else ""
            start = f"what {asked.named[int(match[1])].label} said"
        elif match := SAID_OF.search(asked.text):
            asker, *parts = match.groups()
            speaker, rest = self._wanted(asker or ""), next(part for part in parts if part)
            start = f"what {self._shown(speaker)} said"
        else:
            return None
        about = asked.names(rest)
        words = [] if about else _topic_words(rest)
        if not isinstance(speaker, Named) and not about and not words:
            return None
        understood = (
            start + (_listed(" about ", about) or (f" about {' and '.join(words)}" if words else "")) + asked.when
        )
        return understood, compose.quotations(speaker, about, [_stem(word) for word in words], asked.period)

    def _mentioned(self, asked: Question) -> Read:
        if not asked.named or not MENTIONED.search(asked.text):
            return None
        return f"documents that mention{_listed(' ', asked.named)}{asked.when}", compose.mentions(
            asked.named, asked.period
        )

    def _identity(self, asked: Question) -> Read:
        match = IDENTITY.match(asked.text)
        if match is None:
            return None
        entity = asked.named[int(match[1] or match[2])]
        if asked.period:
            return f"what happened with {entity.label}{asked.when}", compose.happened([entity], asked.period)
        return f"what the graph knows of {entity.label}", compose.about(entity)

    def _happened(self, asked: Question) -> Read:
        if not HAPPENED.search(asked.text) or not (asked.named or asked.period):
            return None
        understood = f"what happened{_listed(' with ', asked.named)}{asked.when}"
        return understood, compose.happened(asked.named, asked.period)

    def _post(self, asked: Question) -> Read:
        """Understand "who is the mayor of X", "who is the attorney general", "list the mayors"."""
        body: Side = None
        if match := POST.match(asked.text):
            role = match[1].strip()
            body = asked.named[int(match[2])] if match[2] else None
            if role in ANY_POST and body is not None:
                return f"who holds a post at {body.label}{asked.when}", compose.facts(
                    "holdsPost", None, body, asked.period
                )
        elif match := LISTED.match(asked.text):
            role = match[1].strip()
        else:
            return None
        title = self._title(role)
        if title is None and not (body is not None and POST.match(asked.text)):
            return None
        where = f" at {body.label}" if isinstance(body, Named) else ""
        return f"who holds the post of {title or role}{where}{asked.when}", compose.posts(
            title or role, body, asked.period
        )

    def _money(self, asked: Question) -> Read:
        kind = self._class(asked.text)
        if not MONEY.search(asked.text) or not (asked.named or (CASH.search(asked.text))):
            return None
        kind = None if asked.named else kind
        who = _listed(" with ", asked.named) or (f" with any {self._words(kind)}" if kind and kind != NO_CLASS else "")
        return f"amounts of money{who}{asked.when}", compose.money(asked.named, kind, asked.period)

    def _relation(self, asked: Question) -> Read:
        for phrase in self.lexicon.phrases:
            match = phrase.pattern.search(asked.text)
            if match is not None:
                return self._with(phrase, match, asked)
        return None

    def _with(self, phrase: Phrase, match: re.Match[str], asked: Question) -> Read:
        sides = self._sides(phrase, match, asked)
        counted = HOW_MANY.match(asked.text)
        if sides.subject is None and sides.thing is None and counted is None:
            return None
        relation = self.ontology.relations[phrase.relation]
        shown = f"{self._shown(sides.subject)} – {relation.label} – {self._shown(sides.thing)}{asked.when}"
        if sides.unused:
            shown += f"; not used: {' '.join(sides.unused)}"
        if counted is None:
            return shown, compose.facts(relation.name, sides.subject, sides.thing, asked.period, program=sides.program)
        what = {"subject": "?s", "object": "?o"}.get(sides.asked, "?claim")
        return f"how many: {shown}", compose.number(
            what, relation.name, sides.subject, sides.thing, asked.period, program=sides.program
        )

    def _sides(self, phrase: Phrase, match: re.Match[str], asked: Question) -> _Sides:
        """Tell subject and object by where they stand; what a question asks for has a class or a title and no name."""
        before, behind = asked.text[: match.start()], asked.text[match.end() :]
        helped = HELPED.search(before)
        left, right = asked.names(before), asked.names(match.group() + behind)
        question = before[: helped.start()] if helped else before
        wanted = self._wanted(question)
        first: Side = left[0] if left else wanted
        second: Side = right[0] if right else wanted if left and helped else self._any(behind)
        sides = _Sides(first, second)
        sides.asked = "" if not isinstance(wanted, str | Holder) else "subject" if first == wanted else "object"
        if phrase.backward:
            sides.subject, sides.thing = second, first
            sides.asked = {"subject": "object", "object": "subject"}.get(sides.asked, "")
        sides.program = next((one for one in right[1:] if one.path.startswith("program/")), None)
        known = IDLE | {word for words in self.lexicon.classes for word in words.split()} | set(match.group().split())
        title = next((side.title for side in (first, second) if isinstance(side, Holder)), "")
        words = re.findall(r"[a-z][a-z-]+", PLACEHOLDER.sub(" ", f"{before} {behind}"))
        sides.unused = [
            word for word in words if word not in known and not (title and word.startswith(title.split()[-1]))
        ]
        return sides

    def _listing(self, asked: Question) -> Read:
        match = LISTED.match(asked.text)
        kind = self.lexicon.classes.get(match[1].strip()) if match and not asked.named else None
        if kind is None or kind == NO_CLASS:
            return None
        return f"every {self._words(kind)} that the documents mention", compose.listing(kind)

    def _wanted(self, text: str) -> Side:
        """Return who is asked for: holders of a title, or the members of a class."""
        words = re.findall(r"[a-z-]+", text)
        for size in (3, 2, 1):
            for start in range(len(words) - size + 1):
                phrase = " ".join(words[start : start + size])
                if phrase not in IDLE and phrase not in self.lexicon.kinds and (title := self._title(phrase)):
                    return Holder(title)
        return self._class(text)

    def _any(self, text: str) -> Side:
        """Return the class or title that words behind a verb name, where they stand for any member of it."""
        for match in re.finditer(r"(?:[a-z-]+\s+){0,2}[a-z-]+", text):
            parts = match[0].split()
            for end in range(1, len(parts) + 1):
                words = " ".join(parts[:end])
                if PLURAL.search(words) and (found := self._wanted(words)) not in {None, NO_CLASS}:
                    return found
        return None

    def _title(self, words: str) -> str | None:
        """Return the title of a post that the words name, in the singular, where somebody in the graph holds it."""
        for form in (
            words,
            re.sub(r"ies$", "y", words),
            words.removesuffix("s"),
            re.sub(r"s\b", "", words),
            re.sub(r"men$", "man", words),
        ):
            if form and any(re.search(rf"\b{re.escape(form)}\b", title) for title in self.titles):
                return form
        return None

    def _class(self, text: str) -> str | None:
        """Return the class that words ask for; NO_CLASS where any will do."""
        found = [
            (match.start(), name)
            for words, name in self.lexicon.classes.items()
            if (match := re.search(rf"\b{re.escape(words)}\b", text)) is not None
        ]
        special = [pair for pair in found if pair[1] not in {NO_CLASS, "Person"} or "who" not in text]
        if special:
            return max(special)[1]
        return NO_CLASS if found else None

    def _shown(self, side: Side) -> str:
        if isinstance(side, Named):
            return side.label
        if isinstance(side, Holder):
            return f"any {side.title}"
        return f"any {self._words(side)}" if side and side != NO_CLASS else "anybody or anything"

    def _words(self, kind: str | None) -> str:
        return self.ontology.classes[kind].label.lower() if kind else ""

    def _confused(self, question: str, named: list[Named], unknown: Sequence[str] = ()) -> QueryError:
        if unknown:
            hint = f"The graph knows nobody and nothing by the name of {' or '.join(unknown)}. Or ask with kg query"
            return QueryError("I do not understand this question", value=question, hint=hint)
        seen = (
            f"It names {', '.join(one.label for one in named)}, but" if named else "No name in it is in the graph, and"
        )
        return QueryError(
            "I do not understand this question",
            value=question,
            hint=f"{seen} no template fits. Try: {' '.join(EXAMPLES)} Or write SPARQL: kg query -e 'SELECT …'",
        )


def _topic_words(topic: str) -> list[str]:
    return [
        word
        for word in re.findall(r"[\w-]+", topic)
        if word not in {"the", "a", "an", "in", "of", "and", "his", "her", "their"}
    ]


def _stem(word: str) -> str:
    """Return what forms of a noun have in common.

    >>> _stem("cities"), _stem("city"), _stem("letters"), _stem("press")
    ('cit', 'cit', 'letter', 'press')
    """
    for ending in ("ies", "y", "s"):
        if word.endswith(ending) and not word.endswith("ss") and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word


def _listed(before: str, named: Sequence[Named]) -> str:
    return before + " and ".join(one.label for one in named) if named else ""
