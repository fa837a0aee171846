"""SPARQL on a store, read-only, with the usual prefixes known. The store's default graph is the union of its graphs.

In go a store and the text of a query, out come plain tables of terms. What could reach beyond the store is refused
before it runs: SERVICE and FROM would call out or read files, updates would write. What cannot be answered at all, an
unknown prefix or a misspelt name of the ontology, is an error that names the nearest one that exists.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store, Triple
from rapidfuzz import fuzz, process

from kg.errors import QueryError
from kg.graph.terms import PREFIXES, Node
from kg.ids import ONTOLOGY_BASE, RESOURCE_BASE

QUERY_PREFIXES = {**PREFIXES, "id": RESOURCE_BASE}

TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"{3}|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
                |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?P<prefix>[^\W\d_](?:[\w.-]*[\w-])?)?:(?P<local>(?:[\w:%-]|\\.|\.(?=[\w:%\\-]))*))
    | (?P<word>[^\W\d]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
"""The tokens of SPARQL 1.1 that matter here; whatever lies between them is punctuation."""

UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
REFUSED = {
    "SERVICE": "SERVICE calls another server, and queries here never leave this store",
    "FROM": "FROM reads files and other servers; the default graph is already the union of all graphs",
}
POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query: a table (SELECT), a set of triples (CONSTRUCT, DESCRIBE) or a yes or no (ASK)."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Node | None, ...], ...] = ()
    triples: frozenset[Triple] | None = None
    boolean: bool | None = None

    def __len__(self) -> int:
        return len(self.rows) if self.triples is None else len(self.triples)


class Querier:
    """Runs queries on one store; `base` is what the prefix `id:` stands for."""

    def __init__(self, store: Store, base: str = RESOURCE_BASE):
        self.store = store
        self.prefixes = {**QUERY_PREFIXES, "id": base}

    def run(self, text: str, *, place: str | None = None) -> Answer:
        """Answer a query. `place` (a file) is named in the errors.

        Raises QueryError, with line and column where they are known, for what does not parse, what is refused, and
        names of the ontology that do not exist.
        """
        check(text, place)
        try:
            result = self.store.query(text, prefixes=self.prefixes)
        except SyntaxError as error:
            raise self._syntax_error(text, str(error), place) from error
        except ValueError as error:
            raise QueryError("the query cannot be run", place=place, hint=str(error)) from error
        self._check_names(text, place)
        try:
            return _answer(result)
        except (OSError, RuntimeError) as error:
            raise QueryError("the query failed while running", place=place, hint=str(error)) from error

    def rows(self, text: str) -> Iterator[tuple[Node | None, ...]]:
        """Yield the rows of one of our own queries, which is trusted and not checked."""
        result = self.store.query(text, prefixes=self.prefixes)
        assert isinstance(result, QuerySolutions)
        for solution in result:
            yield tuple(solution)

    @cached_property
    def names(self) -> frozenset[str]:
        """The local names that the ontology graph declares and those that the graph uses as relations."""
        found = set()
        query = "SELECT DISTINCT ?term WHERE { { ?term rdfs:label [] } UNION { [] rdf:predicate ?term } }"
        for (node,) in self.rows(query):
            if isinstance(node, NamedNode) and node.value.startswith(ONTOLOGY_BASE):
                found.add(node.value.removeprefix(ONTOLOGY_BASE))
        return frozenset(found)

    def _check_names(self, text: str, place: str | None) -> None:
        if not self.names:
            return
        declared = _declared_prefixes(text, self.prefixes)
        for token in tokens(text):
            if token.lastgroup == "iri":
                name = token.group()[1:-1]
                local = name.removeprefix(ONTOLOGY_BASE) if name.startswith(ONTOLOGY_BASE) else None
            elif token.lastgroup == "name" and declared.get(token["prefix"] or "") == ONTOLOGY_BASE:
                local = token["local"]
            else:
                continue
            if local and local not in self.names:
                raise QueryError(
                    "the ontology has no such name",
                    place=_place(place, text, token.start()),
                    value=token.group(),
                    hint=_nearest(local, self.names, "pol:"),
                )

    def _syntax_error(self, text: str, message: str, place: str | None) -> QueryError:
        unknown = unknown_prefix(text, self.prefixes)
        if unknown:
            return QueryError(
                "the prefix is not declared",
                place=_place(place, text, unknown.start()),
                value=f"{unknown['prefix'] or ''}:",
                hint=_nearest(unknown["prefix"] or "", self.prefixes, "", ":"),
            )
        match = POSITION.match(message)
        if match is None:
            return QueryError("the query is no valid SPARQL 1.1", place=place, hint=message)
        line, column = int(match[1]), int(match[2])
        printed = text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""
        return QueryError(
            "the query is no valid SPARQL 1.1",
            place=f"{place or 'query'}:{line}:{column}",
            value=printed[max(0, column - 20) : column + 20].strip() or None,
            hint=_expected(match[3]),
        )


def check(text: str, place: str | None = None) -> None:
    """Refuse what a read-only query may not hold. Raises QueryError naming line and column."""
    first = True
    for token in tokens(text):
        if token.lastgroup != "word":
            first = first and token.lastgroup in {"comment", "iri", "name"}
            continue
        word = token.group().upper()
        where = _place(place, text, token.start())
        if word in REFUSED:
            raise QueryError(f"{word} is refused", place=where, hint=REFUSED[word])
        if first and word in UPDATES:
            raise QueryError(
                "updates are refused", place=where, value=token.group(), hint="The graph changes only by building it"
            )
        first = first and word in {"PREFIX", "BASE"}


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield comments, IRIs, strings, variables, prefixed names and words, so that none is taken for another."""
    return TOKEN.finditer(text)


def unknown_prefix(text: str, known: dict[str, str]) -> re.Match[str] | None:
    """Return the first prefixed name whose prefix is neither declared nor known."""
    declared = _declared_prefixes(text, known)
    return next((t for t in tokens(text) if t.lastgroup == "name" and (t["prefix"] or "") not in declared), None)


def _declared_prefixes(text: str, known: dict[str, str]) -> dict[str, str]:
    found = dict(known)
    words = [token for token in tokens(text) if token.lastgroup != "comment"]
    for keyword, name, iri in zip(words, words[1:], words[2:], strict=False):
        if keyword.group().upper() == "PREFIX" and name.lastgroup == "name" and iri.lastgroup == "iri":
            found[name["prefix"] or ""] = iri.group()[1:-1]
    return found


def _answer(result: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    if isinstance(result, QueryBoolean):
        return Answer(boolean=bool(result))
    if isinstance(result, QueryTriples):
        return Answer(triples=frozenset(result))
    columns = tuple(variable.value for variable in result.variables)
    return Answer(columns, tuple(tuple(solution) for solution in result))


def _place(place: str | None, text: str, offset: int) -> str:
    before = text[:offset]
    return f"{place or 'query'}:{before.count(chr(10)) + 1}:{offset - (before.rfind(chr(10)) + 1) + 1}"


def _nearest(name: str, known: frozenset[str] | dict[str, str], before: str, after: str = "") -> str:
    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=50, processor=str.lower)
    if found:
        return f"Did you mean {before}{found[0]}{after}?"
    return f"Known are {', '.join(f'{before}{known_name}{after}' for known_name in sorted(known)[:30])}"


def _expected(message: str) -> str:
    words = re.findall(r"\b[A-Z]{2,}(?: [A-Z]{2,})*\b|The [a-zA-Z ]+|\"[^\"]{1,3}\"", message)
    return f"Expected here: {', '.join(dict.fromkeys(words))}" if words else "Compare it with the saved queries"
