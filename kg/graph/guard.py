"""What a query asks for, seen before it runs: its form, the graphs that it names, and whether it must be refused.

In goes the text of a query, out comes a `Request`; this is the one place that decides what is refused, for `kg query`
and for `kg serve`. SERVICE and updates are refused here. FROM and FROM NAMED are collected, so that whoever runs the
query can refuse graphs that the store does not hold; nothing is ever fetched.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.errors import QueryError

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
TABLES = frozenset({"SELECT", "ASK"})
"""The forms that give rows or a yes or no; the others give triples."""
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})

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
PLAIN = re.compile(
    r"""\s*(?:(?:BASE|PREFIX\s+[\w.-]*:)\s*<[^<>"{}|^`\\\x00-\x20]*>\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w.:-])""",
    re.IGNORECASE,
)
"""A query whose form comes first, but for prefixes."""
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
LIST_GRAPHS = "List the graphs with SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Request:
    """A query's form ("" where there is none) and its dataset clauses, as IRIs."""

    form: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read_request(text: str, prefixes: Mapping[str, str], place: str | None = None) -> Request:
    """Read what a query asks for; `place` (a file) is named in the errors.

    Escapes such as \\u0053 count as the characters that they stand for, and as they are written: SPARQL reads them
    first, everywhere, and engines differ. Raises QueryError, with line and column, for SERVICE, for an update, and for
    a dataset clause without an absolute IRI.
    """
    capitals = text.upper()  # once its form is seen, a query must hold one of these to be refused or to name a graph
    watched = "SERVICE" in capitals or "FROM" in capitals or "\\U" in capitals
    if not watched and (found := PLAIN.match(text)) is not None:
        return Request(found[1].upper())
    plain = unescape(text)
    if plain != text:
        _Reader(text, prefixes, place).read()
    return _Reader(text, prefixes, place, plain).read()


def unescape(text: str) -> str:
    """Return the text with the codepoint escapes of SPARQL resolved; impossible ones stay."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]

    return ESCAPE.sub(character, text)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield comments, IRIs, strings, variables, prefixed names and words, so that none is taken for another."""
    return TOKEN.finditer(text)


def fingerprint(text: str) -> str:
    """Return the shape of a query: its tokens, with a mark for each literal and IRI, and variables by their number.

    Queries of one shape take about the same time, so what one of them took tells where to run the next.

    >>> fingerprint("SELECT * { ?s <http://a/b> 'x' }") == fingerprint("SELECT *  { ?t <http://a/c> 'yy' }")
    True
    """
    marks = {"iri": "<>", "string": "''", "language": "", "comment": ""}
    variables: dict[str, str] = {}
    words = []
    for token in tokens(text):
        if token.lastgroup == "variable":
            words.append(variables.setdefault(token.group()[1:], f"?{len(variables)}"))
        else:
            words.append(marks.get(token.lastgroup or "", token.group()))
    return " ".join(word for word in words if word)


def declared_prefixes(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return the known prefixes and those that a query declares."""
    found = dict(known)
    words = [token for token in tokens(text) if token.lastgroup != "comment"]
    for keyword, name, iri in zip(words, words[1:], words[2:], strict=False):
        if keyword.group().upper() == "PREFIX" and name.lastgroup == "name" and iri.lastgroup == "iri":
            found[name["prefix"] or ""] = iri.group()[1:-1]
    return found


def at(text: str, offset: int, place: str | None = None) -> str:
    """Return a place for people: file (or "query"), line and column, both from 1.

    >>> at("SELECT *\\n{ x }", 11)
    'query:2:3'
    """
    line, column = position(text, offset)
    return f"{place or 'query'}:{line}:{column}"


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def excerpt(text: str, start: int, end: int) -> str:
    """Return the line at an offset, cut where it is long, with a caret below each character from `start` to `end`."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    line = text[first : last if last >= 0 else len(text)].rstrip("\r")
    left = max(0, start - first - LEFT)
    shown = line[left : left + WIDTH].replace("\t", " ")
    before = start - first - left
    carets = max(1, min(end - start, len(shown) - before))
    return f"{shown}\n{' ' * before}{'^' * carets}"


LEFT, WIDTH = 60, 100
"""How much of a long line is shown before the caret, and in all."""


class _Reader:
    """Reads one query; `plain` is the text with its escapes resolved."""

    def __init__(self, text: str, prefixes: Mapping[str, str], place: str | None, plain: str | None = None):
        self.text, self.place = text, place
        self.plain = text if plain is None else plain
        self.known = dict(prefixes)
        self.stream = (token for token in tokens(self.plain) if token.lastgroup != "comment")

    def read(self) -> Request:
        form = ""
        default: list[str] = []
        named: list[str] = []
        for token in self.stream:
            if token.lastgroup != "word":
                continue
            word = token.group().upper()
            if word == "SERVICE":
                hint = "SERVICE calls another server, and queries here never leave this store"
                raise self._refused("SERVICE is refused", token, hint)
            if word == "PREFIX" and not form:
                self._declare()
            elif not form and word in UPDATES:
                raise self._refused("updates are refused", token, "The graph changes only by building it")
            elif not form and word in FORMS:
                form = word
            elif word == "FROM":
                is_named, iri = self._graph(token)
                (named if is_named else default).append(iri)
        return Request(form, tuple(default), tuple(named))

    def _declare(self) -> None:
        name, iri = next(self.stream, None), next(self.stream, None)
        if name is not None and iri is not None and name.lastgroup == "name" and iri.lastgroup == "iri":
            self.known[name["prefix"] or ""] = iri.group()[1:-1]

    def _graph(self, clause: re.Match[str]) -> tuple[bool, str]:
        """Return whether the clause is FROM NAMED, and its IRI."""
        token = next(self.stream, None)
        is_named = token is not None and token.lastgroup == "word" and token.group().upper() == "NAMED"
        if is_named:
            token = next(self.stream, None)
        iri = ""
        if token is not None and token.lastgroup == "iri":
            iri = token.group()[1:-1]
        elif token is not None and token.lastgroup == "name" and (token["prefix"] or "") in self.known:
            iri = self.known[token["prefix"] or ""] + re.sub(r"\\(.)", r"\1", token["local"])
        if not ABSOLUTE.match(iri):
            raise self._refused("FROM needs the whole IRI of a graph of this store", token or clause, LIST_GRAPHS)
        return is_named, iri

    def _refused(self, message: str, token: re.Match[str], hint: str) -> QueryError:
        start, end = self._written(token.start()), self._written(token.end())
        return QueryError(
            message,
            place=at(self.text, start, self.place),
            value=self.text[start:end],
            hint=hint,
            excerpt=excerpt(self.text, start, end),
        )

    def _written(self, offset: int) -> int:
        """Return where a character of the plain text stands in the text as it was written."""
        if self.plain == self.text:
            return offset
        for match in ESCAPE.finditer(self.text):
            longer = len(match[0]) - len(unescape(match[0]))
            if match.start() < offset:
                offset += longer
        return offset
