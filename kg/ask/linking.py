"""Names in a question: which entities of the graph it speaks of.

In go a `Querier` and a question, out comes the question with a placeholder for each name, and the entities. The longest
name wins; of several entities with that name the one with the most mentions. Nothing is guessed from parts of names.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.graph.query import Querier
from kg.graph.terms import Node

LONGEST = 8
"""The most words that a name may have."""
WORD = re.compile(r"[\w§$.&’'-]*\w|\S")
SECTION = re.compile(
    r"(?:\b(?:section|sec\.)|§)\s*(\d[\w-]*)|\b(\d{3,5})\b(?=\s*$|\s+(?:of|law|and|statute))", re.IGNORECASE
)
COMMON = frozenset((
    "a", "an", "and", "by", "did", "do", "does", "for", "from", "get", "got", "had", "has", "have", "he", "how",
    "in", "is", "it", "letter", "letters", "money", "of", "on", "or", "said", "say", "she", "the", "they", "to",
    "was", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "with", "year", "mayor",
    "governor", "county", "city", "state", "law", "program", "agency", "department", "court", "people", "person",
    "us", "its", "their", "many", "much", "about", "grants", "funding", "federal", "office", "list", "show",
    "tell", "me", "know", "known", "mention", "mentioned", "happened", "happen", "documents", "articles",
))  # fmt: skip
"""Words of questions that are no name on their own, whatever the graph calls somebody."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that the question names: the words, path, label."""

    words: str
    path: str
    label: str


def link_names(querier: Querier, question: str) -> tuple[str, list[Named]]:
    """Return the question with `{0}`, `{1}` … in the place of names, and what they name."""
    text = _sections(question)
    words = [(match.start(), match.end()) for match in WORD.finditer(text)]
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST, len(words))):
            span = words[first][0], words[last][1]
            for form in _forms(text[slice(*span)]):
                spans[form].append((span[0], span[0] + len(form)))
    known = _known(querier, [form for form in spans if form not in COMMON])
    chosen: list[tuple[int, int, str, str]] = []
    for form in sorted(known, key=lambda form: (-len(form), form)):
        for start, end in spans[form]:
            if all(end <= taken[0] or taken[1] <= start for taken in chosen):
                chosen.append((start, end, *known[form]))
    chosen.sort()
    named = [Named(text[start:end], path, label) for start, end, path, label in chosen]
    for number, (start, end, _, _) in reversed(list(enumerate(chosen))):
        text = f"{text[:start]}{{{number}}}{text[end:]}"
    return re.sub(r"\}['’]s?\b", "} 's", text), named


def unknown_names(text: str) -> list[str]:
    """Return the capitalised words that are left of a question after linking: names that the graph does not have."""
    words = re.findall(r"(?<=\s)[A-Z][\w-]*\w", text)
    return [word for word in words if word.lower() not in COMMON]


def _forms(words: str) -> set[str]:
    lower = words.lower()
    bare = re.sub(r"['’]s?$", "", lower)
    return {lower, bare} - {""}


def _sections(question: str) -> str:
    """Return the question with bare section numbers spelled as laws are called: "1373" as "section 1373"."""
    return SECTION.sub(
        lambda match: f"section {match[1] or match[2]}" if not _is_year(match[2]) else match[0], question
    )


def _is_year(digits: str | None) -> bool:
    return digits is not None and len(digits) == 4 and digits[:2] in {"19", "20"}


def _known(querier: Querier, forms: list[str]) -> dict[str, tuple[str, str]]:
    """Return path and label of the entity that each form names, lower case."""
    if not forms:
        return {}
    values = " ".join(str(Literal(form)) for form in sorted(forms))
    weights: dict[str, int] = {}
    found: dict[str, set[tuple[int, str, str]]] = defaultdict(set)
    rows = querier.rows(
        f"""SELECT DISTINCT ?form ?e ?label ?main {{ VALUES ?form {{ {values} }}
        {{ SELECT ?e ?label ?name ?main {{ ?e a pol:Entity ; rdfs:label ?label ; ?p ?name VALUES (?p ?main)
           {{ (rdfs:label true) (skos:altLabel false) }} }} }} FILTER(LCASE(STR(?name)) = ?form) }}"""
    )
    for form, entity, label, main in rows:
        path = _text(entity)
        if path not in weights:
            count = querier.rows(f"SELECT (COUNT(?m) AS ?n) {{ ?m pol:refersTo <{path}> }}")
            weights[path] = int(_text(next(count)[0]) or 0)
        found[_text(form)].add((weights[path] + (_text(main) == "true"), path, _text(label)))
    base = querier.prefixes["id"]
    best = {form: max(among, key=lambda item: (item[0], item[1])) for form, among in found.items()}
    return {form: (path.removeprefix(base), label) for form, (_, path, label) in best.items()}


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else ""
