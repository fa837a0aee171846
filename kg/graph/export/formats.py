"""The table of exports: names, what each writes, and where.

In go an output folder, out come files in another folder. What a build writes anyway (Turtle, TriG, N-Quads, JSON-LD,
GraphML) is copied.
"""

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import networkx as nx
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import OutputError, QueryError
from kg.graph.export.followthemoney import write_followthemoney
from kg.graph.export.tables import write_neo4j, write_parquet
from kg.graph.network import read_network
from kg.graph.query import Querier
from kg.graph.store import open_store
from kg.graph.terms import PREFIXES, term
from kg.ids import RESOURCE_BASE

BUILT = {
    "turtle": "graph.ttl",
    "trig": "graph.trig",
    "nquads": "graph.nq",
    "jsonld": "graph.jsonld",
    "graphml": "network.graphml",
}
"""The formats that every build writes, and their files."""

STAMP = re.compile(r' lastmodifieddate="[^"]*"')
REIFIES = term("rdf:reifies")
PARTS = frozenset({term("rdf:subject"), term("rdf:predicate"), term("rdf:object")})


def export(output: Path, kind: str, target: Path, base: str = RESOURCE_BASE) -> Path:
    """Write the graph of an output folder in a format of EXPORTS below the folder `target`; return what was written.

    Raises QueryError for an unknown format, OutputError where there is no graph or the target cannot be written.
    """
    if kind not in EXPORTS:
        raise QueryError("there is no such export", value=kind, hint=f"Take one of {', '.join(sorted(EXPORTS))}")
    try:
        target.mkdir(parents=True, exist_ok=True)
        if kind in BUILT:
            return Path(shutil.copyfile(output / BUILT[kind], target / BUILT[kind]))
        return _WRITERS[kind](Querier(open_store(output), base), target)
    except OSError as error:
        raise OutputError("the export cannot be written", place=str(target), hint=str(error)) from error


def _gexf(querier: Querier, target: Path) -> Path:
    """Write the network as GEXF 1.2, without the day of writing that networkx puts in."""
    network = read_network(querier.store, querier.prefixes["id"])
    path = target / "network.gexf"
    lines = (STAMP.sub("", line) for line in nx.generate_gexf(network))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path


def _rdfxml(querier: Querier, target: Path) -> Path:
    path = target / "graph.rdf"
    triples = sorted((quad.triple for quad in _union(querier.store)), key=str)
    prefixes = {name: namespace for name, namespace in PREFIXES.items() if name != "rdf"}
    serialize(triples, output=str(path), format=RdfFormat.RDF_XML, prefixes=prefixes)
    return path


def _rdf12(querier: Querier, target: Path) -> Path:
    """Write the union as RDF 1.2 Turtle: each claim reifies a triple term instead of naming its three parts."""
    path = target / "graph-rdf12.ttl"
    claims: dict[NamedNode, Triple] = {}
    for claim, subject, predicate, thing in querier.rows(
        "SELECT ?c ?s ?p ?o { ?c a pol:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    ):
        if (
            isinstance(claim, NamedNode)
            and isinstance(subject, NamedNode)
            and isinstance(predicate, NamedNode)
            and thing is not None
        ):
            claims[claim] = Triple(subject, predicate, thing)
    triples = {
        quad.triple for quad in _union(querier.store) if not (quad.predicate in PARTS and quad.subject in claims)
    } | {Triple(claim, REIFIES, triple) for claim, triple in claims.items()}
    serialize(sorted(triples, key=str), output=str(path), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return path


def _union(store: Store) -> Iterable[Quad]:
    return store.quads_for_pattern(None, None, None, DefaultGraph())


def _followthemoney(querier: Querier, target: Path) -> Path:
    path = target / "entities.ftm.json"
    lines = dict.fromkeys(write_followthemoney(querier))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return path


def _neo4j(querier: Querier, target: Path) -> Path:
    write_neo4j(querier, target / "neo4j")
    return target / "neo4j"


def _parquet(querier: Querier, target: Path) -> Path:
    write_parquet(querier, target / "parquet")
    return target / "parquet"


_WRITERS: dict[str, Callable[[Querier, Path], Path]] = {
    "followthemoney": _followthemoney,
    "gexf": _gexf,
    "neo4j": _neo4j,
    "parquet": _parquet,
    "rdf12": _rdf12,
    "rdfxml": _rdfxml,
}
EXPORTS = frozenset(BUILT) | frozenset(_WRITERS)
"""The names of all exports."""
