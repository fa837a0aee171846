"""The union of a graph as JSON-LD, streamed: a context with readable names, then one object per subject.

In go sorted canonical N-Triples lines (read twice: once to see what each property holds, once to write), out comes one
JSON document whose lines are the subjects. Properties are named as in the ontology (`refersTo`), those of other
vocabularies with their prefix (`oa:exact`).
"""

import json
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, parse

from kg.graph.terms import PREFIXES
from kg.graph.write import TYPE, Statement, group_by_subject, shorten

IRI = "@id"
STRING = "xsd:string"
MIXED = ""
"""What a property holds where it holds several kinds of things: then each value says its own type."""

Json = str | int | float | bool | dict[str, str] | list["Json"]


def write_jsonld(lines: Iterable[str], path: Path, base: str) -> None:
    """Write sorted canonical N-Triples lines, which can be iterated again and again, to a JSON-LD file."""
    kinds = property_kinds(lines)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            f'{{"@context": {json.dumps(context(kinds, base), ensure_ascii=False, sort_keys=True)},\n"@graph": ['
        )
        separator = "\n"
        for subject, statements in group_by_subject(lines):
            node = _node(subject, statements, kinds, base)
            file.write(separator + json.dumps(node, ensure_ascii=False))
            separator = ",\n"
        file.write("\n]}\n")


def property_kinds(lines: Iterable[str]) -> dict[str, str]:
    """Tell what each property's values are: "@id", a datatype's short name, or MIXED."""
    kinds: dict[str, str] = {}
    for line in lines:
        _, predicate, value = line.split(" ", 2)
        kind = _kind(value[:-2])
        if kinds.setdefault(predicate, kind) != kind:
            kinds[predicate] = MIXED
    return kinds


def context(kinds: dict[str, str], base: str) -> dict[str, Json]:
    """Return the JSON-LD context for these properties."""
    terms: dict[str, Json] = {"@base": base, "@version": 1.1, **PREFIXES}
    for predicate, kind in kinds.items():
        if predicate == TYPE:
            continue
        term = {"@id": _compact(predicate)}
        if kind not in {STRING, MIXED, "@language"}:
            term["@type"] = kind
        terms[_name(predicate)] = term
    return terms


def _node(subject: str, statements: list[Statement], kinds: dict[str, str], base: str) -> dict[str, Json]:
    node: dict[str, Json] = {"@id": _reference(subject, base)}
    values: dict[str, list[Json]] = {}
    for predicate, value in statements:
        if predicate == TYPE:
            values.setdefault("@type", []).append(_compact(value))
        else:
            values.setdefault(_name(predicate), []).append(_value(value, kinds[predicate], base))
    for name in sorted(values, key=lambda name: (name != "@type", name)):
        node[name] = values[name][0] if len(values[name]) == 1 else values[name]
    return node


def _kind(value: str) -> str:
    if value.startswith("<"):
        return IRI
    suffix = value[value.rindex('"') + 1 :]
    if suffix.startswith("@"):
        return "@language"
    return _compact(suffix[2:]) if suffix else STRING


def _value(value: str, kind: str, base: str) -> Json:
    if value.startswith("<"):
        return _reference(value, base) if kind == IRI else {"@id": _reference(value, base)}
    literal = _literal(value)
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    if kind == MIXED:
        datatype = _compact(f"<{literal.datatype.value}>")
        return literal.value if datatype == STRING else {"@value": literal.value, "@type": datatype}
    return literal.value


def _literal(value: str) -> Literal:
    if "\\" not in value and value.endswith('"'):
        return Literal(value[1:-1])
    quad = next(iter(parse(f"<a:a> <a:a> {value} .", format=RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, Literal)
    return quad.object


def _reference(token: str, base: str) -> str:
    iri = token[1:-1]
    path = iri.removeprefix(base)
    return path if path != iri and path and ":" not in path.partition("/")[0] else iri


def _compact(token: str) -> str:
    short = shorten(token)
    return token[1:-1] if short.startswith("<") else short


def _name(predicate: str) -> str:
    return _compact(predicate).removeprefix("pol:")
