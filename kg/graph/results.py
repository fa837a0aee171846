"""The answer to a query as text: CSV, TSV and JSON as the W3C defines them, Turtle for triples, plain cells for a table.

In goes an `Answer`, out comes text. Rows keep their order; triples are sorted.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, serialize

from kg.errors import QueryError
from kg.graph.query import Answer
from kg.graph.terms import PREFIXES, Node, term
from kg.graph.write import shorten
from kg.ids import RESOURCE_BASE

XSD_STRING = term("xsd:string")


def write_answer(answer: Answer, kind: str) -> str:
    """Return the answer in a format of FORMATS. Raises QueryError where the format does not suit the answer."""
    if (answer.triples is not None) != (kind == "turtle"):
        raise QueryError(
            "this format does not suit the answer",
            value=kind,
            hint="CONSTRUCT and DESCRIBE give turtle; SELECT and ASK give table, csv, tsv or json",
        )
    return FORMATS[kind](answer)


def cells(answer: Answer, base: str = RESOURCE_BASE) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return headings and rows for people: IRIs shortened, literals bare."""
    if answer.boolean is not None:
        return ("answer",), [("yes" if answer.boolean else "no",)]
    return answer.columns, [tuple(show(node, base) for node in row) for row in answer.rows]


def show(node: Node | None, base: str = RESOURCE_BASE) -> str:
    """Return a term for people: a path, a prefixed name, or the words of a literal.

    >>> show(NamedNode("https://w3id.org/policy-kg/id/person/a")), show(Literal("x")), show(None)
    ('person/a', 'x', '')
    """
    if node is None:
        return ""
    if isinstance(node, NamedNode):
        if node.value.startswith(base):
            return node.value.removeprefix(base)
        short = shorten(str(node))
        return node.value if short.startswith("<") else short
    return node.value if isinstance(node, Literal) else str(node)


def _csv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results CSV: values without their types."""
    if answer.boolean is not None:
        return f"{str(answer.boolean).lower()}\r\n"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(answer.columns)
    writer.writerows([_bare(node) for node in row] for row in answer.rows)
    return text.getvalue()


def _tsv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle."""
    if answer.boolean is not None:
        return f"{str(answer.boolean).lower()}\n"
    rows: list[Iterable[str]] = [[f"?{name}" for name in answer.columns]]
    rows += [["" if node is None else str(node) for node in row] for row in answer.rows]
    return "".join("\t".join(row) + "\n" for row in rows)


def _json(answer: Answer) -> str:
    """SPARQL 1.1 Query Results JSON."""
    if answer.boolean is not None:
        return json.dumps({"head": {}, "boolean": answer.boolean}) + "\n"
    bindings = [
        {name: _json_term(node) for name, node in zip(answer.columns, row, strict=True) if node is not None}
        for row in answer.rows
    ]
    found = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _json_term(node: Node) -> dict[str, str]:
    if isinstance(node, NamedNode):
        return {"type": "uri", "value": node.value}
    if isinstance(node, BlankNode):
        return {"type": "bnode", "value": node.value}
    if not isinstance(node, Literal):
        raise QueryError("a triple in the place of a term has no JSON form", value=str(node))
    found = {"type": "literal", "value": node.value}
    if node.language:
        found["xml:lang"] = node.language
    elif node.datatype != XSD_STRING:
        found["datatype"] = node.datatype.value
    return found


def _turtle(answer: Answer) -> str:
    triples = sorted(answer.triples or (), key=str)
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()


def _bare(node: Node | None) -> str:
    if node is None:
        return ""
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


FORMATS: dict[str, Callable[[Answer], str]] = {"csv": _csv, "tsv": _tsv, "json": _json, "turtle": _turtle}
"""How an answer is written, by the name of the format."""
