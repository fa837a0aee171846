"""Our Turtle in other people's stores: loaded, written out again, and compared triple by triple.

The built corpus, a generated graph and a file of nasty literals go through each reader that is installed here; a broken
file must fail in each. `make interop` installs them all. Readers that are missing are skipped with the reason.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kg.graph.write import canonical_lines, header, turtle_blocks

from ..serve.corpus import articles, many, write_corpus
from .nasty import CANONICAL, TYPED
from .nasty import triples as nasty
from .stores import KEEPS_VALUES, READERS, rdf4j, riot

SIZE = int(os.environ.get("KG_INTEROP_DOCUMENTS", "120"))
"""Documents of the generated graph; 1,000 give about 100,000 triples."""


@pytest.fixture(params=sorted(READERS))
def reader(request: pytest.FixtureRequest) -> Callable[[Path], bytes]:
    read, there, reason = READERS[request.param]
    if not there():
        pytest.skip(reason)
    return read


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("interop") / "output"
    write_corpus(folder, articles() + many(SIZE))
    return folder


def read_triples(data: bytes | str) -> set[str]:
    """Return triples in canonical form; blank nodes all look alike, and are counted by the caller."""
    return {named(quad.triple) for quad in parse(data, format=RdfFormat.N_TRIPLES)}


def named(triple: Triple) -> str:
    parts = (str(part) for part in (triple.subject, triple.predicate, triple.object))
    return " ".join("_:" if part.startswith("_:") else part for part in parts)


def write_turtle(path: Path, triples: list[Triple]) -> set[str]:
    path.write_text(header() + "".join(turtle_blocks(canonical_lines(triples))), encoding="utf-8", newline="\n")
    return {named(triple) for triple in triples}


def test_the_built_graph_loads_elsewhere(reader: Callable[[Path], bytes], built: Path) -> None:
    path = built / "graph.ttl"
    expected = {named(quad.triple) for quad in parse(path=str(path), format=RdfFormat.TURTLE)}
    found = read_triples(reader(path))
    assert len(expected) > 5_000
    assert found == expected, sorted(found ^ expected)[:6]


def test_nasty_literals_survive(reader: Callable[[Path], bytes], tmp_path: Path) -> None:
    without = "\ufffd" if reader is riot else None  # its warning counts as a failure
    triples = nasty(CANONICAL if reader in KEEPS_VALUES else TYPED, without)
    expected = write_turtle(tmp_path / "nasty.ttl", triples)
    found = read_triples(reader(tmp_path / "nasty.ttl"))
    assert found == expected, sorted(found ^ expected)[:6]


@pytest.mark.parametrize(
    "broken",
    [
        '@prefix a: <http://a/> .\na:x a:y "no end .\n',
        "@prefix a: <http://a/> .\na:x a:y .\n",
        "@prefix a: <http://a/> .\na:x a:y b:z .\n",
        "<http://a/x> <http://a/y> <http://a/z>\n<http://a/x> <http://a/y> 2 .\n",
    ],
)
def test_a_broken_file_fails(reader: Callable[[Path], bytes], tmp_path: Path, broken: str) -> None:
    if reader is rdf4j and broken.endswith("a:y .\n"):
        pytest.skip("RDF4J 3.7 reads a triple without an object as one about an empty number")
    (tmp_path / "broken.ttl").write_text(broken)
    with pytest.raises(AssertionError):
        reader(tmp_path / "broken.ttl")
