"""Lookups: queries of one triple pattern that match a few triples, answered in the server's own process, as JSON.

They are what programs ask most (a label, the types of a thing, who is called so), and the way to a worker and back
takes ten times as long as the step in the index that answers them. How long one takes is known: one more step for each
triple that matches, up to a bound, so it holds nobody up. What is not a lookup by its wording, matches more, or is
wrong in any way, is left to the workers. In go the output folder of a build and the text of a query, out comes the
answer that Oxigraph gives, byte for byte, or None. The store is only read.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store

from kg.errors import KgError
from kg.graph.query import QUERY_PREFIXES
from kg.graph.store import open_store
from kg.graph.terms import Node

MOST = 200
"""Triples that the pattern of a lookup may match."""
LONGEST = 2_000
"""Characters that a lookup may have."""
_NAME = r"(?:[A-Za-z][\w-]*)?:[A-Za-z](?:[\w-]|\\[/.()&'])*"
_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*>"
_VARIABLE = r"[?$][A-Za-z]\w*"
_STRING = r'"[^"\\\n\r]*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*)?'
_REST = r"(?:\s|\#[^\n\r]*(?![^\n\r]))*"
LOOKUP = re.compile(
    rf"""\s*(?P<prologue>(?:PREFIX\s+[A-Za-z][\w-]*:\s*{_IRI}\s*)*)
    SELECT\s+(?P<chosen>\*|{_VARIABLE}(?:\s+{_VARIABLE})*)\s*(?:WHERE\s*)?\{{
    \s*(?P<subject>{_IRI}|{_NAME}|{_VARIABLE})\s+(?P<predicate>{_IRI}|{_NAME}|a(?=\s)|{_VARIABLE})
    \s+(?P<object>{_IRI}|{_NAME}|{_STRING}|{_VARIABLE})\s*\.?\s*\}}\s*{_REST}""",
    re.VERBOSE | re.IGNORECASE,
)
"""The wording of a lookup: nothing in it but one pattern of plain terms."""
PREFIX = re.compile(r"PREFIX\s+([A-Za-z][\w-]*):\s*<([^>]*)>", re.IGNORECASE)
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")
HERE = DefaultGraph()


class Lookups:
    """Answers lookups on one build; `base` is what the prefix `id:` stands for."""

    def __init__(self, output: Path, base: str):
        self._output, self._prefixes = output, {**QUERY_PREFIXES, "id": base}
        self._store: Store | None = None

    def open(self) -> None:
        """Open the store of the build that is there now; where it cannot be read, no lookup is answered here."""
        try:
            self._store = open_store(self._output)
        except KgError:
            self._store = None  # a worker says why

    def close(self) -> None:
        """Let go of the store."""
        self._store = None

    def answer(self, text: str) -> bytes | None:
        """Return the answer to a lookup as SPARQL 1.1 Query Results JSON, or None where a worker must answer."""
        if self._store is None or len(text) > LONGEST or "\\u" in text or "\\U" in text:
            return None  # an escape may stand for any character, even in a comment
        found = LOOKUP.fullmatch(text)
        if found is None:
            return None
        prologue, chosen, *written = found.groups()
        table = _table(chosen, *(word[1:] if word[0] in "?$" else "" for word in written))
        if table is None:
            return None
        try:
            known = self._declared(prologue)
            subject, predicate = _node(written[0], known), _node(written[1], known)
            thing = _literal(written[2]) if written[2][0] == '"' else _node(written[2], known)
            rows = [
                f"{{{','.join([f'{name}:{_value(quad[part])}' for name, part in table.cells])}}}"
                for quad in islice(self._store.quads_for_pattern(subject, predicate, thing, HERE), MOST + 1)
            ]
        except (ValueError, KeyError, TypeError, OSError, RuntimeError):
            return None
        if len(rows) > MOST:
            return None
        return f"{table.head}{','.join(rows)}]}}}}".encode()

    def _declared(self, prologue: str) -> Mapping[str, str]:
        return {**self._prefixes, **dict(PREFIX.findall(prologue))} if prologue else self._prefixes


class _Table(NamedTuple):
    """The beginning of an answer, up to its rows, and which part of a triple stands under which name in a row."""

    head: str
    cells: tuple[tuple[str, int], ...]


@lru_cache(256)
def _table(chosen: str, *variables: str) -> _Table | None:
    """Return the table of an answer, None where a worker must answer; `variables` are the pattern's, "" for a term."""
    names = [name for name in variables if name]
    columns = sorted(names) if chosen == "*" else [word[1:] for word in chosen.split()]
    if len(set(names)) < len(names) or len(set(columns)) < len(columns):
        return None
    cells = tuple((quoted(column), variables.index(column)) for column in columns if column in names)
    return _Table(f'{{"head":{{"vars":[{",".join(map(quoted, columns))}]}},"results":{{"bindings":[', cells)


def _node(written: str, prefixes: Mapping[str, str]) -> NamedNode | None:
    """Return a name of a pattern, None for a variable. Raises KeyError for a prefix that nobody declared."""
    if written[0] in "?$":
        return None
    if written[0] == "<":
        return NamedNode(written[1:-1])
    if written == "a":
        return TYPE
    prefix, _, local = written.partition(":")
    return NamedNode(prefixes[prefix] + local.replace("\\", ""))


def _literal(written: str) -> Literal:
    value, _, language = written[1:].rpartition('"')
    return Literal(value, language=language[1:].lower()) if language else Literal(value)


def _value(term: Node) -> str:
    """Return a term as SPARQL 1.1 Query Results JSON writes it. Raises TypeError for a term that RDF 1.1 does not have."""
    if isinstance(term, Literal):
        if term.language:
            return f'{{"type":"literal","value":{quoted(term.value)},"xml:lang":{quoted(term.language)}}}'
        if term.datatype == STRING:
            return f'{{"type":"literal","value":{quoted(term.value)}}}'
        return f'{{"type":"literal","value":{quoted(term.value)},"datatype":{quoted(term.datatype.value)}}}'
    if isinstance(term, NamedNode):
        return f'{{"type":"uri","value":{quoted(term.value)}}}'
    if isinstance(term, BlankNode):
        return f'{{"type":"bnode","value":{quoted(term.value)}}}'
    raise TypeError(f"no term of RDF 1.1: {term}")
