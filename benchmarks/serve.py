"""How fast questions are answered, beside plain pyoxigraph and Oxigraph's own server, on the same store in the same run.

    python -m benchmarks.serve [FOLDER]

FOLDER holds a graph of `benchmarks.grow` (1M triples, from the build in `output`, are made where none is given).
Prints label lookups a second with 16 connections from `kg serve` and from `oxigraph serve-read-only` (PyPI: oxigraph;
`make interop` gets it), in turns, with the processor time that each server takes for one, once our search index is made; then for each saved question
and a two-hop join the processor time that `kg query` and pyoxigraph alone take, in turns, and that the server takes,
with the wait for it. Processor time tells more where the machine does other things too. The limits: 1.2 times pyoxigraph, 20 ms for the join, half of Oxigraph's lookups.
"""

import asyncio
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

from benchmarks.grow import grow
from kg.errors import QueryError
from kg.graph.query import Querier
from kg.graph.store import STORE, open_store
from kg.ontology import read_queries
from kg.settings import Settings

TRIPLES = 1_000_000
OXIGRAPH = Path(__file__).parents[1] / "build" / "interop" / "python" / "bin" / "oxigraph"
HUB = "id:agency\\/us\\/department-of-justice pol:sentLetterTo ?place"
JOINS = {
    "two-hop join, a person": """SELECT ?place ?who { id:person\\/jeff-sessions pol:threatensFundingOf ?place .
  ?who pol:threatensFundingOf|pol:holdsPost|pol:sentLetterTo ?place }""",
    "two-hop join, biggest hub": f"SELECT ?place ?who {{ {HUB} . ?who pol:threatensFundingOf ?place }}",
    "hub, two relations by VALUES": f"""SELECT ?place ?who {{ {HUB} .
  VALUES ?how {{ pol:threatensFundingOf pol:holdsPost }} ?who ?how ?place }}""",
    "hub, two relations by a path": f"SELECT ?place ?who {{ {HUB} . ?who pol:threatensFundingOf|pol:holdsPost ?place }}",
}
"""Joins, from a person and from whoever sent the most letters. Oxigraph takes a path of alternatives four times as long as VALUES."""
CONNECTIONS, LOOKUPS, ROUNDS, TURNS = 16, 2_000, 3, 3


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the processor time of this process for some work: what else the machine does counts less than in wall time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(querier: Querier, text: str) -> tuple[float, float, float]:
    """Return the milliseconds of pyoxigraph alone and of `Querier` as medians, all rows read; and the ratio's median."""

    def rows() -> object:
        return [tuple(row) for row in querier.store.query(text, prefixes=querier.prefixes)]  # type: ignore[union-attr]

    pairs = [(cpu_seconds(rows), cpu_seconds(lambda: querier.run(text))) for _ in range(ROUNDS)]
    alone, ours = (1_000 * statistics.median(side) for side in zip(*pairs, strict=True))
    return alone, ours, statistics.median(own / other for other, own in pairs)


async def lookups(port: int, path: str, labels: list[str], seed: int) -> float:
    """Return label lookups a second; each asks another query, so that none is answered from memory."""
    requests = []
    for number, iri in enumerate((labels * (1 + LOOKUPS // len(labels)))[:LOOKUPS]):
        query = f"SELECT ?l {{ <{iri}> <http://www.w3.org/2000/01/rdf-schema#label> ?l }} # {seed} {number}"
        address = f"{path}?{httpx.QueryParams({'query': query})}"
        accept = "Accept: application/sparql-results+json"
        requests.append(f"GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\n{accept}\r\n\r\n".encode())

    async def one(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in requests[number::CONNECTIONS]:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert b" 200 " in head[:20], head
            lower = head.lower()
            if b"content-length:" in lower:
                body = await reader.readexactly(int(lower.partition(b"content-length:")[2].split(b"\r\n")[0]))
            else:
                body = await reader.readuntil(b"0\r\n\r\n")
            assert b'"literal"' in body, body
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))
    return LOOKUPS / (time.perf_counter() - start)


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """Run a server until the block ends; return its process id once it listens."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, command
            time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for_index(port: int) -> None:
    """Wait until our server has made its search index, which it does beside answering."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=300, headers={"Accept": "text/html"}) as client:
        while "is being made" in client.get("/search?q=x").text:
            time.sleep(1)


def family(process: int) -> list[int]:
    """Return a process and all below it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in children for one in family(int(child)))]


def taken(process: int) -> float:
    """Return the processor seconds of a process and all below it, those that have ended included."""
    ticks = 0
    for one in family(process):
        ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def measure_questions(folder: Path, port: int, server: int) -> None:
    """Print what each question takes: alone, through `Querier`, through the server."""
    querier = Querier(open_store(folder))
    saved = {name: query.text for name, query in read_queries(Settings().ontology).items()}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=300) as client:
        for name, text in {**JOINS, **saved}.items():
            try:
                querier.check_names(text)
            except QueryError as error:  # the graph was built with another ontology
                print(f"{name:28} left out: {error}")
                continue
            alone, ours, ratio = compare(querier, text)
            times = []
            before = taken(server)
            for number in range(ROUNDS):
                start = time.perf_counter()
                answer = client.get("/sparql", params={"query": f"{text}\n# round {number}"})
                assert answer.status_code == 200, answer.text
                times.append(1_000 * (time.perf_counter() - start))
            print(
                f"{name:28} pyoxigraph {alone:8.1f} ms   kg query {ours:8.1f} ms   ratio {ratio:5.2f}   "
                f"kg serve {1_000 * (taken(server) - before) / ROUNDS:6.0f} ms ({statistics.median(times):6.0f} to wait)   "
                f"rows {len(querier.run(text)):6}", flush=True
            )  # fmt: skip


def measure_lookups(folder: Path, ports: tuple[int, int]) -> None:
    """Print label lookups a second of both servers, in turns."""
    querier = Querier(open_store(folder))
    labels = [row[0].value for row in querier.rows("SELECT ?e { ?e a pol:Entity ; rdfs:label ?l } ORDER BY ?e")]  # type: ignore[union-attr]
    server = OXIGRAPH if OXIGRAPH.is_file() else shutil.which("oxigraph")
    if server is None:
        print("Oxigraph's own server is not here: make interop")
        return
    theirs = [str(server), "serve-read-only", "--location", str(folder / STORE), "--bind", f"127.0.0.1:{ports[1]}"]
    with running([*ours_at(folder, ports[0])], ports[0]) as kg, running(theirs, ports[1]) as other:
        wait_for_index(ports[0])
        rates: dict[str, list[tuple[float, float]]] = {"kg serve": [], "oxigraph": []}
        for turn in range(TURNS + 1):
            for name, process, port, path in (
                ("kg serve", kg, ports[0], "/sparql"),
                ("oxigraph", other, ports[1], "/query"),
            ):
                before = taken(process)
                rate = asyncio.run(lookups(port, path, labels, turn))
                if turn:
                    rates[name].append((rate, 1e6 * (taken(process) - before) / LOOKUPS))
    for name, found in rates.items():
        seconds, micros = (statistics.median(side) for side in zip(*found, strict=True))
        every = ", ".join(f"{rate:,.0f}" for rate, _ in found)
        print(f"label lookups, {name:10} {seconds:7,.0f} a second ({every}), {micros:5.0f} µs of processor each")
    ratios = [a / b for (a, _), (b, _) in zip(*rates.values(), strict=True)]
    print(f"ratio {statistics.median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)})")


def ours_at(folder: Path, port: int) -> list[str]:
    """Return the command that serves a folder."""
    code = (
        "from pathlib import Path; from kg.serve.server import serve; from kg.serve.limits import Limits; "
        f"from kg.settings import Settings; serve(Path({str(folder)!r}), Settings(), "
        f"Limits.for_machine(timeout=120.0, rows=5_000_000), port={port})"
    )
    return [sys.executable, "-c", code]


def main(folder: Path) -> None:
    """Measure everything."""
    load = os.getloadavg()[0]
    print(f"{len(open_store(folder)):,} quads; load {load:.1f} on {os.cpu_count()} processors before", flush=True)
    measure_lookups(folder, (free_port(), free_port()))
    port = free_port()
    with running(ours_at(folder, port), port) as server:
        wait_for_index(port)
        measure_questions(folder, port, server)
    print(f"load {os.getloadavg()[0]:.1f} after")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            print(f"{grow(Path('output'), Path(made) / 'grown', TRIPLES):,} triples")
            main(Path(made) / "grown")
