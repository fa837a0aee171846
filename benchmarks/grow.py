"""Grows a real graph to any size, in its own shapes: what `benchmarks/serve.py` measures on.

    python -m benchmarks.grow OUTPUT FOLDER [TRIPLES]

In goes the output folder of a build. Its documents are copied as often as it takes, each copy with documents, evidence,
mentions and quotations of its own. People, groups, towns and local bodies get other names in most copies, some sooner
than others; agencies, laws, programs and states stay, so that they stand in ever more facts, as in a growing corpus. A
claim between two that stay is one claim with ever more evidence. The same input gives the same graph.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from kg.graph.store import STORE, build_store
from kg.graph.terms import GRAPH_QUARANTINE, resource
from kg.ids import RESOURCE_BASE

OWN = ("document", "evidence", "mention", "quotation")
"""What each copy of a document has for itself."""
RENAMED = re.compile(r"person/.*|organization/.*|publication/.*|jurisdiction/us/../.+|agency/us/../.+")
IRI = re.compile(re.escape(f"<{RESOURCE_BASE}") + r"([a-z]+)/([^<>]*)>")
NAMES = re.compile(r"<[^<>]*(?:[#/](?:label|altLabel|prefLabel|name))> \"")
SOONEST, LATEST = 1, 9
"""After how many copies a name becomes another one."""


def copies(lines: list[str], claims: dict[str, tuple[str, ...]], number: int) -> Iterator[str]:
    """Yield the quads of the documents once more, as copy `number`."""

    def renamed(match: re.Match[str]) -> str:
        kind, rest = match[1], match[2]
        if kind in OWN:
            return f"<{RESOURCE_BASE}{kind}/{rest}-{number}>"
        if kind == "claim":
            turns = [_turn(end, number) for end in claims.get(rest, ())]
            return f"<{RESOURCE_BASE}claim/{rest}-{'-'.join(map(str, turns))}>" if any(turns) else match[0]
        turn = _turn(f"{kind}/{rest}", number)
        return f"<{RESOURCE_BASE}{kind}/{rest}-{turn}>" if turn else match[0]

    for line in lines:
        subject = IRI.match(line)
        turn = _turn(f"{subject[1]}/{subject[2]}", number) if subject else 0
        if turn and NAMES.search(line):
            head, quote, tail = line.rpartition('"')
            yield IRI.sub(renamed, head) + f" {turn}" + quote + IRI.sub(renamed, tail)
        else:
            yield IRI.sub(renamed, line)


def grow(output: Path, folder: Path, triples: int) -> int:
    """Write `graph.nq`, `graph.ttl` and the store of a grown graph; return how many triples it has."""
    folder.mkdir(parents=True)
    lines = (output / "graph.nq").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if GRAPH_QUARANTINE not in line]
    documents = [line for line in lines if f"<{RESOURCE_BASE}document/" in line.rsplit(" ", 2)[1]]
    union = {_triple(line) for line in lines}
    with (folder / "graph.nq").open("w", encoding="utf-8") as quads:
        quads.writelines(f"{line}\n" for line in lines)
        claims, number = _claims(documents), 0
        while len(union) < triples:
            number += 1
            made = list(copies(documents, claims, number))
            quads.writelines(f"{line}\n" for line in made)
            union.update(map(_triple, made))
    with (folder / "graph.ttl").open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in sorted(union))
    build_store(folder / "graph.ttl", folder / "graph.nq", folder / STORE, without=resource(GRAPH_QUARANTINE))
    return len(union)


def _claims(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the two ends of each claim, as paths."""
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        iris = IRI.findall(line)
        if len(iris) > 1 and iris[0][0] == "claim":
            for role in ("subject", "object"):
                if f"rdf-syntax-ns#{role}>" in line:
                    found.setdefault(iris[0][1], {})[role] = "/".join(iris[1])
    return {claim: tuple(ends[role] for role in sorted(ends)) for claim, ends in found.items()}


def _turn(path: str, number: int) -> int:
    """Return the number in the name that something has in a copy, 0 for what keeps its name."""
    if not RENAMED.fullmatch(path):
        return 0
    return number // (SOONEST + crc32(path.encode()) % (LATEST - SOONEST + 1))


def _triple(quad: str) -> str:
    return quad.rsplit(" ", 2)[0] + " ."


if __name__ == "__main__":
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    print(f"{grow(Path(sys.argv[1]), Path(sys.argv[2]), size):,} triples")
