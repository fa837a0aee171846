"""An answer as the query page shows it: headings and cells with their links, or the text of a graph.

In go the bytes of an answer, out come plain values for a template.
"""

import json
from typing import Any

from kg.graph.terms import PREFIXES

SHOWN = 1_000
"""Rows that the page shows; the downloads have all."""
LONGEST_NAME = 200
MOST_NAMES = 2_000
TYPES = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = frozenset(TYPES + name for name in ("integer", "decimal", "double", "float"))


def as_table(body: bytes, kind: str, base: str) -> dict[str, Any]:
    """Return the answer to show: a yes or no, a table, or Turtle."""
    if kind == "ttl":
        text = body.decode("utf-8")
        lines = text.splitlines()
        cut = len(lines) > SHOWN
        return {"kind": "graph", "text": "\n".join(lines[:SHOWN]), "cut": cut}
    found = json.loads(body)
    if "boolean" in found:
        return {"kind": "boolean", "yes": found["boolean"]}
    columns, bindings = found["head"]["vars"], found["results"]["bindings"]
    rows = [[_cell(row.get(name), base) for name in columns] for row in bindings[:SHOWN]]
    return {"kind": "table", "columns": columns, "rows": rows, "total": len(bindings), "shown": SHOWN}


def texts_of(table: dict[str, Any]) -> list[str]:
    """Return the short texts of a table, which may be names of entities."""
    cells = (cell for row in table.get("rows", ()) for cell in row)
    found = {cell["text"] for cell in cells if cell["plain"] and 1 < len(cell["text"]) <= LONGEST_NAME}
    return sorted(found)[:MOST_NAMES]


def link_texts(table: dict[str, Any], paths: dict[str, str]) -> None:
    """Link the texts of a table that are names to what they name."""
    for row in table.get("rows", ()):
        for cell in row:
            if cell["plain"]:
                cell["path"] = paths.get(cell["text"], "")


def _cell(term: dict[str, Any] | None, base: str) -> dict[str, Any]:
    if term is None:
        return {"text": "", "iri": "", "path": "", "number": False, "note": "", "plain": False}
    value = term["value"] if isinstance(term["value"], str) else json.dumps(term["value"])
    if term["type"] == "uri":
        path = value.removeprefix(base) if value.startswith(base) else ""
        return {
            "text": path or _short(value),
            "iri": value,
            "path": path,
            "number": False,
            "note": value,
            "plain": False,
        }
    datatype = term.get("datatype", "")
    note = f"@{term['xml:lang']}" if "xml:lang" in term else datatype.replace(TYPES, "xsd:")
    number = datatype in NUMBERS
    return {"text": value, "iri": "", "path": "", "number": number, "note": note, "plain": not datatype}


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
