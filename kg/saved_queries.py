"""Saved questions: `ontology/queries/*.rq`, SPARQL with a header of comments and parameters that have defaults.

In go the files, out come frozen records; nothing is run here. The header is

    # title: What one person said
    # description: The quotations of one person, with document and date.
    # parameter: person: the name of the speaker, in any case

and each parameter stands in the body with its default, as `VALUES ?person { "Jeff Sessions" }`, once or everywhere the
same. The value is one literal or one `<IRI>`; a given value takes its place and keeps its kind, so that it can never
become query text.
Import these names from `kg.ontology`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg.errors import ConfigurationError, QueryError

HEADER = re.compile(r"#\s*(title|description|parameter):\s*(.*?)\s*")
PARAMETER = re.compile(r"([A-Za-z]\w*):\s*(\S.*)")
TERM = r"""(?P<term>"(?:[^"\\\n]|\\.)*"|<[^<>"{}|^`\\\s]*>|[+-]?\d+(?:\.\d+)?)"""
IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*""")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked about. `default` is the plain value; `kind` is "text", "iri" or "number"."""

    name: str
    description: str
    default: str
    kind: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved question: `name` is the stem of its file, `text` the SPARQL with its header and its defaults."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    def with_parameters(self, values: Mapping[str, str]) -> str:
        """Return the query with values in place of defaults.

        A text is escaped as a SPARQL string; an IRI must be absolute, a number a plain decimal. Raises QueryError for
        a parameter that the question does not have, or a value of the wrong kind.

        >>> query = parse_query("said", '''# title: Said
        ... # description: What somebody said.
        ... # parameter: who: whose words
        ... SELECT * { VALUES ?who { "Ann" } ?s ?p ?who }''')
        >>> query.with_parameters({"who": 'Jo "J" Doe'}).splitlines()[-1]
        'SELECT * { VALUES ?who { "Jo \\\\"J\\\\" Doe" } ?s ?p ?who }'
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in known:
                raise QueryError(
                    f"the question {self.name!r} has no parameter of this name",
                    value=name,
                    hint=f"It has {', '.join(sorted(known))}" if known else "It has none",
                )
            written = _written(known[name], value)
            for start, end in reversed(_places(text, name)):
                text = text[:start] + written + text[end:]
        return text


def read_queries(folder: Path) -> dict[str, SavedQuery]:
    """Read the saved questions `queries/*.rq` in the folder `ontology/`, by name, sorted.

    Raises ConfigurationError naming file and value for a question without title or description, one that does not
    parse, a parameter that is declared and not used, or one whose default is missing.
    """
    found: dict[str, SavedQuery] = {}
    for path in sorted((folder / "queries").glob("*.rq")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError("the question cannot be read", place=str(path), hint=str(error)) from error
        found[path.stem] = parse_query(path.stem, text, place=str(path))
    return found


def parse_query(name: str, text: str, *, place: str | None = None) -> SavedQuery:
    """Read one saved question; `place` is named in the errors. Raises ConfigurationError as `read_queries` does."""
    place = place or name
    header: dict[str, list[tuple[int, str]]] = {"title": [], "description": [], "parameter": []}
    for number, line in enumerate(text.splitlines(), 1):
        if match := HEADER.fullmatch(line):
            header[match[1]].append((number, match[2]))
    for key in ("title", "description"):
        if len(header[key]) != 1 or not header[key][0][1]:
            raise ConfigurationError(f"the question needs one {key}", place=place, hint=f"Begin with # {key}: …")
    parameters = tuple(_parameter(text, value, f"{place}:{number}") for number, value in header["parameter"])
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError as error:
        raise ConfigurationError("the question is no valid SPARQL 1.1", place=place, hint=str(error)) from error
    return SavedQuery(name, header["title"][0][1], header["description"][0][1], parameters, text)


def _parameter(text: str, declared: str, place: str) -> Parameter:
    match = PARAMETER.fullmatch(declared)
    if match is None:
        raise ConfigurationError(
            "the parameter is not declared as NAME: description",
            place=place,
            value=declared,
            hint="Write # parameter: person: the name of the speaker",
        )
    try:
        defaults = {text[start:end] for start, end in _places(text, match[1])}
    except QueryError as error:
        raise ConfigurationError(error.message, place=place, value=match[1], hint=error.hint) from error
    if len(defaults) > 1:
        raise ConfigurationError("the parameter has several defaults", place=place, value=", ".join(sorted(defaults)))
    term = defaults.pop()
    if term.startswith('"'):
        return Parameter(match[1], match[2], _unescaped(term[1:-1]), "text")
    if term.startswith("<"):
        return Parameter(match[1], match[2], term[1:-1], "iri")
    return Parameter(match[1], match[2], term, "number")


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Return where the parameter's value stands in the query."""
    found = list(re.finditer(rf"VALUES\s+\?{re.escape(name)}\s*\{{\s*{TERM}\s*\}}", text))
    if not found:
        raise QueryError(
            "the parameter has no default", value=name, hint=f'Write VALUES ?{name} {{ "default" }} in the query'
        )
    return [match.span("term") for match in found]


def _written(parameter: Parameter, value: str) -> str:
    if parameter.kind == "text":
        return f'"{_escaped(value)}"'
    if parameter.kind == "iri" and IRI.fullmatch(value):
        return f"<{value}>"
    if parameter.kind == "number" and NUMBER.fullmatch(value):
        return value
    wanted = "an absolute IRI, such as https://example.org/x" if parameter.kind == "iri" else "a number, such as 10"
    raise QueryError(f"the parameter {parameter.name!r} cannot take this value", value=value, hint=f"It takes {wanted}")


def _escaped(value: str) -> str:
    """Escape a string; a u after a backslash too, because rdflib looks for code points before it reads escapes."""
    escaped = "".join(ESCAPES.get(c, c) for c in value)
    return re.sub(r"(?<=\\\\)[uU]", lambda match: f"\\U{ord(match[0]):08X}", escaped)


def _unescaped(text: str) -> str:
    plain = {written: char for char, written in ESCAPES.items()}
    return re.sub(r"\\.", lambda match: plain.get(match[0], match[0]), text)
