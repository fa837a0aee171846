"""How fast the server answers, against plain pyoxigraph in one process: `python benchmarks/serve.py [DOCUMENTS]`.

Prints, for a generated graph (about 90 triples a document): label lookups a second over HTTP with 16 connections, and
the time of each saved question and of a two-hop join through the server (nothing kept from earlier answers) beside the
same with pyoxigraph alone, as a ratio. The limits are 1.2 for the questions and 20 ms for the join at 1M triples.
"""

import asyncio
import contextlib
import io
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx
from pyoxigraph import QueryResultsFormat, Store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "serve"))

from corpus import articles, many, write_corpus

from kg.graph.query import QUERY_PREFIXES
from kg.graph.store import open_store
from kg.ontology import read_queries
from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.serve.server import make_server
from kg.serve.state import State
from kg.settings import Settings

PORT = 8971
LOOKUP = "SELECT ?label {{ <https://w3id.org/policy-kg/id/person/made-{}> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
TWO_HOPS = """SELECT ?c { id:person\\/made-7 pol:threatensFundingOf|pol:supports|pol:holdsPost ?b .
  ?c pol:threatensFundingOf|pol:supports|pol:holdsPost ?b }"""
CONNECTIONS, LOOKUPS, ROUNDS = 16, 4_000, 5


async def lookups(people: int) -> float:
    """Return label lookups a second; each asks another query, so none is answered from memory."""

    async def one(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        for i in range(LOOKUPS // CONNECTIONS):
            text = LOOKUP.format(i % people) + f" # {number} {i}"
            address = f"/sparql?{httpx.QueryParams({'query': text})}"
            writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            answer = await reader.read(65_536)
            assert b" 200 " in answer[:20], answer
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))
    return LOOKUPS / (time.perf_counter() - start)


def alone(store: Store, text: str) -> float:
    """Return the milliseconds that pyoxigraph takes for a query and writing its answer as JSON."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        store.query(text, prefixes=QUERY_PREFIXES).serialize(output=io.BytesIO(), format=QueryResultsFormat.JSON)
        times.append(time.perf_counter() - start)
    return 1_000 * statistics.median(times)


async def served(client: httpx.AsyncClient, text: str) -> float:
    """Return the milliseconds that a query takes through the server."""
    times = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        answer = await client.get("/sparql", params={"query": f"{text}\n# round {number}"})
        assert answer.status_code == 200, answer.text
        times.append(time.perf_counter() - start)
    return 1_000 * statistics.median(times)


async def main(documents: int) -> None:
    """Write the graph, serve it, measure."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        write_corpus(output, articles() + many(documents))
        limits = Limits.for_machine(timeout=120.0, rows=5_000_000)
        saved = read_queries(settings.ontology)
        state = State(output, settings.base, limits, settings.ontology, saved)
        server = make_server(make_app(state), limits, "127.0.0.1", PORT)
        running = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.1)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=300) as client:
            answer = await client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
            print(f"{int(answer.json()['results']['bindings'][0]['n']['value']):,} triples")
            await lookups(20)
            print(f"label lookups over HTTP: {await lookups(20):,.0f} a second")
            store = open_store(output)
            for name, text in {"two-hop join": TWO_HOPS, **{n: q.text for n, q in saved.items()}}.items():
                plain = alone(store, text)
                through = await served(client, text)
                print(f"{name:28} pyoxigraph {plain:9.1f} ms   served {through:9.1f} ms   ratio {through / plain:6.2f}")
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await running


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
