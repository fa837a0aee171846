"""Our Turtle in other people's stores: loaded, written out again, and compared triple by triple.

The built corpus, a generated graph and a file of nasty literals go through each reader that is installed here; a broken
file must fail in each. `make interop` installs them all. Readers that are missing are skipped with the reason.
"""

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kg.graph.write import canonical_lines, header, turtle_blocks
from kg.saved_queries import read_queries
from kg.settings import Settings

from ..serve.corpus import articles, many, write_corpus
from .nasty import CANONICAL, TYPED
from .nasty import triples as nasty

INTEROP = Path(os.environ.get("KG_INTEROP", Path(__file__).parents[2] / "build" / "interop"))
MODULES = INTEROP / "node_modules"
SIZE = int(os.environ.get("KG_INTEROP_DOCUMENTS", "120"))
"""Documents of the generated graph; 1,000 give about 100,000 triples."""
JAVA = Path("/usr/share/java")
SLOW = 300

N3_JS = """
const { Parser, Writer } = require('n3');
const quads = new Parser({ format: 'text/turtle' }).parse(require('fs').readFileSync(process.argv[2], 'utf8'));
const writer = new Writer(process.stdout, { format: 'N-Triples', end: false });
writer.addQuads(quads); writer.end();
"""
OXIGRAPH_JS = """
const oxigraph = require('oxigraph');
const store = new oxigraph.Store();
store.load(require('fs').readFileSync(process.argv[2], 'utf8'), { format: 'text/turtle' });
process.stdout.write(store.dump({ format: 'application/n-triples', from_graph_name: oxigraph.defaultGraph() }));
"""
QUERY_JS = """
const oxigraph = require('oxigraph'), fs = require('fs');
const store = new oxigraph.Store();
store.load(fs.readFileSync(process.argv[2], 'utf8'), { format: 'text/turtle' });
const queries = JSON.parse(fs.readFileSync(process.argv[3], 'utf8'));
const found = {};
for (const [name, text] of Object.entries(queries)) {
  found[name] = store.query(text).map((row) => [...row.values()].map((term) => term.value).join('\\u0001')).sort();
}
process.stdout.write(JSON.stringify(found));
"""


def run(*command: str, text: str | None = None) -> bytes:
    """Run a reader; a failure is an AssertionError with what it said."""
    done = subprocess.run(
        command, input=text.encode() if text else None, capture_output=True, timeout=SLOW, check=False,
        env=os.environ | {"NODE_PATH": str(MODULES)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")[:2_000]
    return done.stdout


def rapper(path: Path) -> bytes:
    return run("rapper", "-q", "-i", "turtle", "-o", "ntriples", str(path))


def serdi(path: Path) -> bytes:
    return run("serdi", "-e", "-i", "turtle", "-o", "ntriples", str(path))


def n3(path: Path) -> bytes:
    return run("node", "--max-old-space-size=4096", "-e", N3_JS, "-", str(path))


def oxigraph(path: Path) -> bytes:
    return run("node", "-e", OXIGRAPH_JS, "-", str(path))


@cache
def jena_classes() -> str:
    """Return the class path of Debian's Jena.

    Its messages of Xerces lie where Debian's patch of the class names does not look for them; a copy lies where it does.
    """
    folder = Path(tempfile.mkdtemp(prefix="kg-jena-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with ZipFile(JAVA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(XERCES) and not name.endswith(("/", ".class")):
                target = folder / "xerces" / name.removeprefix(XERCES)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [jar for jar in sorted(JAVA.glob("*.jar")) if not jar.name.startswith(CLASHING)]
    return ":".join([str(folder), *map(str, jars)])


def riot(path: Path) -> bytes:
    return run("java", "-cp", jena_classes(), "riotcmd.riot", "--quiet", "--output=N-Triples", str(path))


def tdb2(path: Path) -> bytes:
    location = path.with_suffix(".tdb2")
    run("java", "-cp", jena_classes(), "tdb2.tdbloader", "--loc", str(location), str(path))
    return run("java", "-cp", jena_classes(), "tdb2.tdbdump", "--loc", str(location))


def has_module(name: str) -> bool:
    return shutil.which("node") is not None and (MODULES / name).is_dir()


def has_jena() -> bool:
    return shutil.which("java") is not None and any(JAVA.glob("jena-arq*.jar"))


READERS: dict[str, tuple[Callable[[Path], bytes], Callable[[], bool], str]] = {
    "rapper": (rapper, lambda: shutil.which("rapper") is not None, "rapper (Debian: raptor2-utils) is not installed"),
    "serdi": (serdi, lambda: shutil.which("serdi") is not None, "serdi (Debian: serdi) is not installed"),
    "n3": (n3, lambda: has_module("n3"), f"n3 (npm) is not installed below {INTEROP}"),
    "oxigraph": (oxigraph, lambda: has_module("oxigraph"), f"oxigraph (npm) is not installed below {INTEROP}"),
    "riot": (riot, has_jena, "Jena (Debian: libapache-jena-java) is not installed"),
    "tdb2": (tdb2, has_jena, "Jena (Debian: libapache-jena-java) is not installed"),
}
XERCES = "org/apache/jena/ext/xerces/"
CLASHING = ("log4j-over-slf4j", "slf4j-log4j12", "slf4j-jcl", "slf4j-jdk14", "slf4j-simple", "jcl-over-slf4j", "maven")
"""Jars of Debian that must not stand on one class path."""
KEEPS_VALUES = {oxigraph, tdb2, riot}
"""Readers that keep the values of numbers and not how they were written, or fail for a number that is none."""


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
    (tmp_path / "broken.ttl").write_text(broken)
    with pytest.raises(AssertionError):
        reader(tmp_path / "broken.ttl")


def saved() -> dict[str, str]:
    return {name: query.text for name, query in read_queries(Settings().ontology).items()}


def test_saved_questions_have_the_same_answers_in_oxigraph_js(built: Path, tmp_path: Path) -> None:
    if not has_module("oxigraph"):
        pytest.skip(f"oxigraph (npm) is not installed below {INTEROP}")
    from kg.graph.query import Querier
    from kg.graph.store import open_store

    (tmp_path / "queries.json").write_text(json.dumps(saved()))
    theirs = json.loads(run("node", "-e", QUERY_JS, "-", str(built / "graph.ttl"), str(tmp_path / "queries.json")))
    querier = Querier(open_store(built))
    for name, text in saved().items():
        ours = sorted("\u0001".join(node.value for node in row if node is not None) for row in querier.run(text).rows)
        assert ours == theirs[name], name
    assert sum(map(len, theirs.values())) > 50
