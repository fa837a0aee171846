"""Answers to SPARQL as bytes: what runs in a worker for `/sparql` and for the query page.

In goes a query that `kg.graph.guard` has let through, out come bytes in one of the formats of `kg.serve.media`. An
answer that grows beyond its limits is an error, never a part of an answer. Nothing outside the store is read.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import InputError, QueryError
from kg.graph.query import Querier
from kg.graph.terms import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

TABLE_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
SMALLEST_ROW = 2
"""Bytes that a row takes at least, in any format."""


class TooLargeError(Exception):
    """The answer has more rows or bytes than one may take."""


class Sink(BytesIO):
    """Where an answer is written: bytes in memory, up to a limit."""

    def __init__(self, size: int):
        super().__init__()
        self._size = size

    def write(self, piece: "ReadableBuffer") -> int:
        """Take a piece in. Raises TooLargeError beyond the limit."""
        written = super().write(piece)
        if self.tell() > self._size:
            raise TooLargeError(f"the answer is larger than {self._size:,} bytes: add LIMIT, or ask for less")
        return written


def answer_query(
    querier: Querier, *, text: str, kind: str, default: list[str], named: list[str], rows: int, size: int
) -> bytes:
    """Answer a query in a format, on the store's default graph (the union of all) or, where graphs are named, on those alone.

    Raises QueryError for what does not parse or names a graph that is not here, TooLargeError beyond `rows` or `size`.
    """
    result = querier.start(text, default, named)
    sink = Sink(size)
    if isinstance(result, QueryTriples):
        return write_triples(result, kind, rows, size)
    result.serialize(output=sink, format=TABLE_FORMATS[kind])
    if sink.tell() > rows * SMALLEST_ROW and count_rows(sink.getvalue(), kind) > rows:
        raise TooLargeError(f"the answer has more than {rows:,} rows: add LIMIT, or ask for less")
    return sink.getvalue()


def write_triples(triples: Iterable[Triple], kind: str, rows: int, size: int) -> bytes:
    """Write triples, each once, sorted. Raises TooLargeError beyond `rows` or `size`."""
    found = set(islice(triples, rows + 1))
    if len(found) > rows:
        raise TooLargeError(f"the answer has more than {rows:,} triples: add LIMIT, or ask for less")
    sink = Sink(size)
    prefixes = None if kind in {"nt", "rdf"} else PREFIXES
    serialize(sorted(found, key=str), output=sink, format=GRAPH_FORMATS[kind], prefixes=prefixes)
    return sink.getvalue()


def count_rows(data: bytes, kind: str) -> int:
    """Count the solutions in a written answer, exactly.

    >>> count_rows(b'{"head":{"vars":["a"]},"results":{"bindings":[{},{"a":{"type":"uri","value":"},{"}}]}}', "json")
    2
    """
    if kind == "xml":
        return data.count(b"<result>") + data.count(b"<result/>")
    if kind == "tsv":
        return data.count(b"\n") - 1
    if kind == "csv":
        return re.sub(rb'"[^"]*"', b"", data).count(b"\n") - 1
    bare = JSON_STRING.sub(b"", data).partition(b"[")[2].partition(b"[")[2]
    return bare.count(b"},{") + 1 if bare.startswith(b"{") else 0


def hint_at_names(querier: Querier, *, text: str) -> str | None:
    """Return what is odd about a query that parses: a name that the ontology does not have, and the nearest one."""
    try:
        querier.check_names(text)
    except QueryError as error:
        return error.shown()
    return None


def describe(querier: Querier, *, iri: str, kind: str, rows: int, size: int) -> bytes:
    """Return what the graph says of a resource: its triples and, with their evidence, the claims about it.

    Raises InputError where the graph says nothing of it.
    """
    node = _graph(iri)
    query = f"""CONSTRUCT {{ ?s ?p ?o }} WHERE {{
      {{ BIND({node} AS ?s) ?s ?p ?o }}
      UNION {{ ?s rdf:subject|rdf:object {node} . ?s ?p ?o }}
      UNION {{ ?claim rdf:subject|rdf:object {node} ; prov:wasDerivedFrom ?s . ?s ?p ?o }}
    }}"""
    result = querier.store.query(query, prefixes=querier.prefixes)
    assert isinstance(result, QueryTriples)
    triples = list(islice(result, rows + 1))
    if not triples:
        raise InputError("the graph says nothing of this", value=iri)
    return write_triples(triples, kind, rows, size)


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError("this is no IRI", value=iri) from error
