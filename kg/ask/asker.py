"""The asker: a question in plain English in, the SPARQL that it stands for and the answer out.

Four families are understood: what somebody said; who did what to whom (one side named, or both); how much money; who
somebody is. What fits none is an error that says so and shows what would be understood. Nothing is guessed beyond that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.ask.compose import about_person, facts, money, quotations
from kg.ask.lexicon import Lexicon, Phrase, read_lexicon
from kg.ask.linking import Named, link_names, unknown_names
from kg.errors import QueryError
from kg.graph.query import Answer, Querier
from kg.ontology import Ontology

SAID = re.compile(r"\b(?:what (?:did|has|have|does|do)|did)\s+\{(\d+)\}\s+(?:say|said|tell|told|claim)\b")
QUOTED = re.compile(r"\b(?:quotes?|quotations?|words|statements?)\s+(?:by|of|from)\s+\{(\d+)\}")
IDENTITY = re.compile(r"^\s*(?:who|what)\s+(?:is|was|are|were)\s+(?:the\s+)?\{(\d+)\}\W*$")
MONEY = re.compile(r"\bhow much\b")
YEAR = re.compile(r"\b(?:in|during|since|of)?\s*((?:19|20)\d\d)\b")
PLACEHOLDER = re.compile(r"\{(\d+)\}")
EXAMPLES = (
    "Who threatened Chicago's funding?",
    "What did Jeff Sessions say about 1373?",
    "Which counties got letters in 2018?",
    "Who sued the Department of Justice?",
    "How much money did Sacramento County get?",
    "Who is Rahm Emanuel?",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood, in words; the SPARQL; the answer."""

    understood: str
    sparql: str
    answer: Answer


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
        text, named = link_names(self.querier, question.strip().rstrip("?!. "))
        if unknown := unknown_names(text):
            raise self._confused(question, named, unknown)
        text = text.lower()
        year = next((match[1] for match in YEAR.finditer(text)), None)
        for family in (self._said, self._identity, self._money, self._relation):
            found = family(text, named, year)
            if found is not None:
                return found
        raise self._confused(question, named)

    def _said(self, text: str, named: list[Named], year: str | None) -> tuple[str, str] | None:
        match = SAID.search(text) or QUOTED.search(text)
        if match is None:
            return None
        speaker = named[int(match[1])]
        rest = text[match.end() :]
        about = [named[int(number)] for number in PLACEHOLDER.findall(rest)]
        topic = re.search(r"\b(?:about|on|of)\s+(.+)$", rest)
        words = [] if about or topic is None else _topic_words(topic[1], year)
        understood = (
            f"what {speaker.label} said" + _listed(" about ", [one.label for one in about] or words) + _in(year)
        )
        return understood, quotations(speaker, about, words, year)

    def _identity(self, text: str, named: list[Named], _: str | None) -> tuple[str, str] | None:
        match = IDENTITY.match(text)
        if match is None:
            return None
        person = named[int(match[1])]
        return f"what the graph knows of {person.label}", about_person(person)

    def _money(self, text: str, named: list[Named], year: str | None) -> tuple[str, str] | None:
        if not MONEY.search(text) or not named:
            return None
        who = " and ".join(one.label for one in named)
        return f"amounts of money with {who}{_in(year)}", money(named, year)

    def _relation(self, text: str, named: list[Named], year: str | None) -> tuple[str, str] | None:
        for phrase in self.lexicon.phrases:
            match = phrase.pattern.search(text)
            if match is not None:
                return self._with(phrase, text[: match.start()], match.group() + text[match.end() :], named, year)
        return None

    def _with(
        self, phrase: Phrase, before: str, after: str, named: list[Named], year: str | None
    ) -> tuple[str, str] | None:
        """Tell subject and object by where they stand; what a question asks for has a class and no name."""
        helped = re.search(r"\b(?:did|does|do|has|have)\b", before)
        left = [named[int(n)] for n in PLACEHOLDER.findall(before)]
        right = [named[int(n)] for n in PLACEHOLDER.findall(after)]
        asked = self._class(before[: helped.start()] if helped else before)
        first: Named | str | None = left[0] if left else asked
        second: Named | str | None = right[0] if right else (asked if left and helped else None)
        if first is None and second is None:
            return None
        subject, thing = (second, first) if phrase.backward else (first, second)
        relation = self.ontology.relations[phrase.relation]
        shown = [one.label if isinstance(one, Named) else one.lower() if one else "anybody" for one in (subject, thing)]
        program = next((one for one in right[1:] if one.path.startswith("program/")), None)
        return f"{shown[0]} – {relation.label} – {shown[1]}{_in(year)}", facts(
            relation.name, subject, thing, year, program
        )

    def _class(self, text: str) -> str | None:
        """Return the class that the words before the verb ask for; "Entity" where any will do."""
        found = [
            (match.start(), name)
            for words, name in self.lexicon.classes.items()
            if (match := re.search(rf"\b{re.escape(words)}\b", text)) is not None
        ]
        special = [pair for pair in found if pair[1] not in {"Entity", "Person"} or "who" not in text]
        if special:
            return max(special)[1]
        return "Entity" if found else None

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


def _topic_words(topic: str, year: str | None) -> list[str]:
    words = re.findall(r"[\w-]+", topic)
    return [word for word in words if word not in {"the", "a", "an", "in", "of", "and", year}]


def _listed(before: str, words: list[str]) -> str:
    return before + " and ".join(words) if words else ""


def _in(year: str | None) -> str:
    return f" in {year}" if year else ""
