"""The files of a graph: N-Quads and TriG by named graph, Turtle of the union, each the same bytes for the same input.

In go sets of triples, one named graph at a time; out come `graph.nq`, `graph.trig` and `graph.ttl`. Canonical N-Triples
lines are the currency: sorted, merged from runs on disk (so that a corpus never has to fit in memory), and grouped by
subject while they stream into Turtle. Blank nodes are refused, since nothing could keep their names stable.
"""

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.graph.terms import PREFIXES

RUN_LINES = 250_000
"""Lines held in memory before a sorted run is written: about 80 MB."""

LOCAL_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
INTEGER = re.compile(r"-?[0-9]+")
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NAMES = {namespace: prefix for prefix, namespace in PREFIXES.items()}

Statement = tuple[str, str]
"""Predicate and object, as N-Triples tokens."""


def canonical_lines(triples: Iterable[Triple]) -> list[str]:
    """Return the canonical N-Triples lines of some triples, sorted, each once, without the line end.

    Raises ValueError for a blank node.
    """
    lines = set()
    for triple in triples:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            raise ValueError(f"a blank node has no stable name: {triple}")
        lines.add(f"{triple} .")
    return sorted(lines)


class LineSorter:
    """Sorts more lines than fit in memory; iterating gives each line once, in order, as often as asked."""

    def __init__(self, folder: Path, run_lines: int = RUN_LINES):
        self._folder, self._run_lines = folder, run_lines
        self._lines: set[str] = set()
        self._runs: list[Path] = []

    def add(self, lines: Iterable[str]) -> None:
        """Take lines in, in any order; they hold no line end."""
        self._lines.update(lines)
        if len(self._lines) >= self._run_lines:
            path = self._folder / f"run-{len(self._runs)}.nt"
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{line}\n" for line in sorted(self._lines))
            self._runs.append(path)
            self._lines = set()

    def __iter__(self) -> Iterator[str]:
        sources = [*map(_read_lines, self._runs), iter(sorted(self._lines))]
        for line, _ in groupby(heapq.merge(*sources)):
            yield line

    def remove(self) -> None:
        """Delete the runs on disk."""
        for path in self._runs:
            path.unlink(missing_ok=True)
        self._runs = []


def _read_lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1]


class GraphWriter:
    """Writes the three files below a folder; call `add` for one named graph after the other, sorted by name.

    >>> import tempfile
    >>> from kg.graph.terms import RDFS_LABEL, resource
    >>> from pyoxigraph import Literal
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with GraphWriter(Path(folder)) as writer:
    ...         triple = Triple(resource("person/x"), RDFS_LABEL, Literal("X"))
    ...         writer.add(resource("document/a"), canonical_lines([triple]))
    ...     text = (Path(folder) / "graph.nq").read_text()
    >>> text.split()[1:3]
    ['<http://www.w3.org/2000/01/rdf-schema#label>', '"X"']
    """

    def __init__(self, folder: Path, run_lines: int = RUN_LINES):
        self.folder = folder
        self.triples = self.quads = 0
        self._work = folder / "runs"
        self._work.mkdir(parents=True)
        self.union = LineSorter(self._work, run_lines)
        self._quads: IO[str] = _open(folder / "graph.nq")
        self._trig: IO[str] = _open(folder / "graph.trig")
        self._trig.write(header())

    def add(self, name: NamedNode, lines: Sequence[str], *, in_union: bool = True) -> None:
        """Write one named graph, given as its canonical lines; with `in_union=False` it stays out of `graph.ttl`."""
        if not lines:
            return
        self._quads.writelines(f"{line[:-1]}{name} .\n" for line in lines)
        self._trig.write(f"\n{name} {{\n")
        self._trig.writelines(turtle_blocks(lines, indent="  "))
        self._trig.write("}\n")
        self.quads += len(lines)
        if in_union:
            self.union.add(lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._quads.close()
        self._trig.close()
        if error is None:
            with _open(self.folder / "graph.ttl") as file:
                file.write(header())
                file.writelines(f"\n{block}" for block in turtle_blocks(self._counted()))

    def _counted(self) -> Iterator[str]:
        for line in self.union:
            self.triples += 1
            yield line

    def remove_runs(self) -> None:
        """Delete what was needed only while writing; `union` cannot be read after that."""
        self.union.remove()
        self._work.rmdir()


def _open(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="\n")


def header() -> str:
    """Return the prefix declarations, sorted."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items()))


def group_by_subject(lines: Iterable[str]) -> Iterator[tuple[str, list[Statement]]]:
    """Group sorted canonical N-Triples lines: each subject once, with its predicates and objects in order."""
    for subject, group in groupby((line.split(" ", 2) for line in lines), key=lambda parts: parts[0]):
        yield subject, [(predicate, value[:-2]) for _, predicate, value in group]


def turtle_blocks(lines: Iterable[str], indent: str = "") -> Iterator[str]:
    """Yield one Turtle block per subject from sorted canonical N-Triples lines; the class comes first."""
    for subject, statements in group_by_subject(lines):
        statements.sort(key=lambda statement: statement[0] != TYPE)
        parts = []
        for predicate, group in groupby(statements, key=lambda statement: statement[0]):
            verb = "a" if predicate == TYPE else shorten(predicate)
            parts.append(f"{verb} {', '.join(turtle_object(value) for _, value in group)}")
        yield f"{indent}{shorten(subject)} " + f" ;\n{indent}    ".join(parts) + " .\n"


def turtle_object(token: str) -> str:
    """Return the Turtle form of an N-Triples object: numbers and booleans bare, known namespaces shortened."""
    if not token.startswith('"'):
        return shorten(token)
    end = token.rindex('"')
    text, suffix = token[1:end], token[end + 1 :]
    if not suffix.startswith("^^"):
        return token
    datatype = shorten(suffix[2:])
    if (
        (datatype == "xsd:integer" and INTEGER.fullmatch(text))
        or (datatype == "xsd:decimal" and DECIMAL.fullmatch(text))
        or (datatype == "xsd:boolean" and text in {"true", "false"})
    ):
        return text
    return f"{token[: end + 1]}^^{datatype}"


@lru_cache(maxsize=20_000)
def shorten(token: str) -> str:
    """Return the prefixed name of an `<IRI>` where a known namespace and a plain local name allow it.

    Names with dots, slashes or escapes stay whole: some stores read those wrongly.

    >>> shorten("<https://w3id.org/policy-kg/ontology#Claim>")
    'pol:Claim'
    >>> shorten("<https://w3id.org/policy-kg/id/person/a>")
    '<https://w3id.org/policy-kg/id/person/a>'
    """
    cut = max(token.rfind("#"), token.rfind("/")) + 1
    prefix, local = _NAMES.get(token[1:cut]), token[cut:-1]
    if prefix is None or not LOCAL_NAME.fullmatch(local):
        return token
    return f"{prefix}:{local}"
