"""Other people's stores: how each reads Turtle and writes N-Triples, and whether it is here. `make interop` gets them.

A reader takes a path and returns N-Triples; what it cannot read is an AssertionError with what it said. Everything runs
on this machine, in processes of its own.
"""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from zipfile import ZipFile

from ..serve.conftest import free_port

HERE = Path(__file__).parent
INTEROP = Path(os.environ.get("KG_INTEROP", HERE.parents[1] / "build" / "interop"))
MODULES = INTEROP / "node_modules"
VIRTUOSO = INTEROP / "virtuoso"
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
XERCES = "org/apache/jena/ext/xerces/"
CLASHING = ("log4j-over-slf4j", "slf4j-log4j12", "slf4j-jcl", "slf4j-jdk14", "slf4j-simple", "jcl-over-slf4j", "maven")
"""Jars of Debian that must not stand on one class path."""
SQL_ERROR = "*** Error"
"""What Virtuoso's client says, before it ends as if all were well."""
VIRTUOSO_INI = """[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/v-temp.db
TransactionFile = {folder}/v-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = /
[HTTPServer]
ServerPort = 127.0.0.1:{web}
[SPARQL]
ResultSetMaxRows = 10000000
"""


def run(*command: str, text: str | None = None) -> bytes:
    """Run a program; a failure is an AssertionError with what it said."""
    done = subprocess.run(
        command, input=text.encode() if text else None, capture_output=True, timeout=SLOW, check=False,
        env=os.environ | {"NODE_PATH": str(MODULES), "LD_LIBRARY_PATH": str(VIRTUOSO / "libraries")},
    )  # fmt: skip
    said = done.stderr.decode(errors="replace")
    assert done.returncode == 0 and SQL_ERROR not in said, said[:2_000]
    return done.stdout


def java(classes: str, *arguments: str) -> bytes:
    """Run a class, or a file of source, with Debian's libraries."""
    return run("java", "-cp", classes, *arguments)


def rapper(path: Path) -> bytes:
    return run("rapper", "-q", "-i", "turtle", "-o", "ntriples", str(path))


def serdi(path: Path) -> bytes:
    return run("serdi", "-e", "-i", "turtle", "-o", "ntriples", str(path))


def n3(path: Path) -> bytes:
    return run("node", "--max-old-space-size=4096", "-e", N3_JS, "-", str(path))


def oxigraph(path: Path) -> bytes:
    return run("node", "-e", OXIGRAPH_JS, "-", str(path))


def riot(path: Path) -> bytes:
    return java(jena_classes(), "riotcmd.riot", "--quiet", "--output=N-Triples", str(path))


def tdb2(path: Path) -> bytes:
    location = path.with_suffix(".tdb2")
    java(jena_classes(), "tdb2.tdbloader", "--loc", str(location), str(path))
    return java(jena_classes(), "tdb2.tdbdump", "--loc", str(location))


def rdf4j(path: Path) -> bytes:
    return java(jars(), str(HERE / "Rdf4jRead.java"), str(path))


def virtuoso(path: Path) -> bytes:
    """Load into a graph of its own of a running server, and ask for all triples."""
    port, web = virtuoso_server()
    graph = path.as_uri()
    load = f"DB.DBA.TTLP_MT(file_to_string_output('{path}'), '', '{graph}', 0);"
    run(str(VIRTUOSO / "usr/bin/isql-vt"), f"127.0.0.1:{port}", "dba", "dba", f"exec={load}")
    return virtuoso_answer(web, f"CONSTRUCT {{ ?s ?p ?o }} FROM <{graph}> WHERE {{ ?s ?p ?o }}", "text/plain")


def virtuoso_answer(web: int, query: str, accept: str) -> bytes:
    """Ask Virtuoso over HTTP."""
    body = urlencode({"query": query}).encode()
    request = Request(f"http://127.0.0.1:{web}/sparql", body, {"Accept": accept})
    with urlopen(request, timeout=SLOW) as answer:
        data: bytes = answer.read()
    return data


@cache
def virtuoso_server() -> tuple[int, int]:
    """Start Virtuoso in a folder of its own; return its ports for SQL and for HTTP. It ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="kg-virtuoso-"))
    port, web = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(folder=folder, port=port, web=web))
    process = subprocess.Popen(
        [VIRTUOSO / "usr/bin/virtuoso-t", "-f", "-c", folder / "virtuoso.ini"], cwd=folder,
        env=os.environ | {"LD_LIBRARY_PATH": str(VIRTUOSO / "libraries")},
        stdout=subprocess.DEVNULL, stderr=(folder / "said").open("w"), start_new_session=True,
    )  # fmt: skip

    def end() -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    until = time.monotonic() + 90
    while "Server online" not in (folder / "said").read_text(errors="replace"):
        assert process.poll() is None and time.monotonic() < until, (folder / "said").read_text()[-1_000:]
        time.sleep(0.2)
    return port, web


def jars() -> str:
    """Return the class path of Debian's libraries."""
    return ":".join(str(jar) for jar in sorted(JAVA.glob("*.jar")) if not jar.name.startswith(CLASHING))


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
    return f"{folder}:{jars()}"


def has_module(name: str) -> bool:
    """Tell whether a module of npm is here, and node to run it."""
    return shutil.which("node") is not None and (MODULES / name).is_dir()


def has_java(library: str, *, compiler: bool = False) -> bool:
    """Tell whether a library of Debian is here, and Java to run it; `compiler` where a file of source is to be run."""
    program = "javac" if compiler else "java"
    return shutil.which(program) is not None and any(JAVA.glob(f"{library}*.jar"))


def has_virtuoso() -> bool:
    """Tell whether Virtuoso's programs are here."""
    return (VIRTUOSO / "usr/bin/virtuoso-t").is_file()


JENA = "Jena (Debian: libapache-jena-java) is not installed"
READERS: dict[str, tuple[Callable[[Path], bytes], Callable[[], bool], str]] = {
    "rapper": (rapper, lambda: shutil.which("rapper") is not None, "rapper (Debian: raptor2-utils) is not installed"),
    "serdi": (serdi, lambda: shutil.which("serdi") is not None, "serdi (Debian: serdi) is not installed"),
    "n3": (n3, lambda: has_module("n3"), f"n3 (npm) is not installed below {INTEROP}"),
    "oxigraph": (oxigraph, lambda: has_module("oxigraph"), f"oxigraph (npm) is not installed below {INTEROP}"),
    "riot": (riot, lambda: has_java("jena-arq"), JENA),
    "tdb2": (tdb2, lambda: has_java("jena-tdb2"), JENA),
    "rdf4j": (
        rdf4j, lambda: has_java("rdf4j-rio", compiler=True),
        "RDF4J (Debian: librdf4j-java, default-jdk-headless) is not installed",
    ),
    "virtuoso": (virtuoso, has_virtuoso, f"Virtuoso is not unpacked below {INTEROP}"),
}  # fmt: skip
KEEPS_VALUES = {oxigraph, tdb2, riot, virtuoso}
"""Readers that keep the values of numbers and not how they were written, or fail for a number that is none."""
