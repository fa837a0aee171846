"""What a query asks for, seen before it runs: its form, the graphs that it names, and whether it must be refused.

In goes the text of a query, out comes a `Request`. SERVICE and updates are refused here. FROM and FROM NAMED are
collected, so that whoever runs the query can refuse graphs that the store does not hold; nothing is ever fetched.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.errors import QueryError
from kg.graph.query import UPDATES, tokens

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
TABLES = frozenset({"SELECT", "ASK"})
"""The forms that give rows or a yes or no; the others give triples."""

ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Request:
    """A query's form ("" where there is none) and its dataset clauses, as IRIs."""

    form: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read_request(text: str, prefixes: Mapping[str, str]) -> Request:
    """Read what a query asks for.

    Escapes such as \\u0053 count as the characters that they stand for: SPARQL reads them first, everywhere. Raises
    QueryError for SERVICE, for an update, and for a dataset clause without an absolute IRI.
    """
    plain = unescape(text)
    if plain != text:
        _read(text, prefixes)
    return _read(plain, prefixes)


def unescape(text: str) -> str:
    """Return the text with the codepoint escapes of SPARQL resolved; impossible ones stay."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]

    return ESCAPE.sub(character, text)


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


def _read(text: str, prefixes: Mapping[str, str]) -> Request:
    known = dict(prefixes)
    form = ""
    default: list[str] = []
    named: list[str] = []
    stream = (token for token in tokens(text) if token.lastgroup != "comment")
    for token in stream:
        if token.lastgroup != "word":
            continue
        word = token.group().upper()
        if word == "SERVICE":
            raise QueryError(
                "SERVICE is refused",
                place=_place(text, token.start()),
                hint="SERVICE calls another server, and queries here never leave this store",
            )
        if word == "PREFIX" and not form:
            _declare(stream, known)
        elif not form and word in UPDATES:
            raise QueryError(
                "updates are refused",
                place=_place(text, token.start()),
                value=token.group(),
                hint="The graph changes only by building it",
            )
        elif not form and word in FORMS:
            form = word
        elif word == "FROM":
            is_named, iri = _graph(stream, known, text, token.start())
            (named if is_named else default).append(iri)
    return Request(form, tuple(default), tuple(named))


def _declare(stream: Iterator[re.Match[str]], known: dict[str, str]) -> None:
    name, iri = next(stream, None), next(stream, None)
    if name is not None and iri is not None and name.lastgroup == "name" and iri.lastgroup == "iri":
        known[name["prefix"] or ""] = iri.group()[1:-1]


def _graph(stream: Iterator[re.Match[str]], known: Mapping[str, str], text: str, start: int) -> tuple[bool, str]:
    """Return whether the clause is FROM NAMED, and its IRI."""
    token = next(stream, None)
    is_named = token is not None and token.lastgroup == "word" and token.group().upper() == "NAMED"
    if is_named:
        token = next(stream, None)
    iri = ""
    if token is not None and token.lastgroup == "iri":
        iri = token.group()[1:-1]
    elif token is not None and token.lastgroup == "name" and (token["prefix"] or "") in known:
        iri = known[token["prefix"] or ""] + re.sub(r"\\(.)", r"\1", token["local"])
    if not ABSOLUTE.match(iri):
        raise QueryError(
            "FROM needs the whole IRI of a graph of this store",
            place=_place(text, start),
            value=token.group() if token else None,
            hint="List the graphs with SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
        )
    return is_named, iri


def _place(text: str, offset: int) -> str:
    before = text[:offset]
    return f"query:{before.count(chr(10)) + 1}:{offset - (before.rfind(chr(10)) + 1) + 1}"
