"""Abuse: what a hostile or a careless client may try, and that the next simple query is answered all the same.

Everything stays on this machine and is bounded in number and time.
"""

import asyncio
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from .conftest import Server, family, free_port, launched
from .corpus import articles, many, write_corpus

LIMITS = (
    "timeout=1.5, rows=1000, size=4_000_000, memory=400_000_000, body=100_000, quick=2, slow=2, receive=2.0, wait=6.0"
)
SIMPLE = "SELECT ?l { id:person\\/ada-quill a pol:Person ; rdfs:label ?l }"
"""A quick query that a worker answers: one pattern alone would not need any."""
LOOKUP = "SELECT ?l { id:person\\/ada-quill rdfs:label ?l }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d) }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (<a:a>|!<a:b>)* ?b . ?b (<a:a>|^!<a:b>|!<a:c>)* ?c . ?c (!<a:a>|^!<a:a>)* ?d }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c LIMIT 5"
GROWING = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g)); SEPARATOR='xxxxxxxxxx') AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FREED = 3.0
"""Seconds in which a worker is free again after its client hung up; left alone, its query would hold it longer."""
AT_ONCE = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
"""Seconds within which a simple query must be answered: one, and more only where others keep this machine busy."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with narrow limits, on some thousands of triples."""
    output = tmp_path_factory.mktemp("limits") / "output"
    write_corpus(output, articles() + many(60))
    port = free_port()
    code = (
        "from pathlib import Path; from kg.serve.server import serve; from kg.serve.limits import Limits; "
        f"from kg.settings import Settings; serve(Path({str(output)!r}), Settings(), Limits({LIMITS}), port={port})"
    )
    with launched([sys.executable, "-c", code], port, output) as running:
        yield running


def ask(server: Server, query: str, timeout: float = 30.0) -> httpx.Response:
    return httpx.get(f"{server.url}/sparql", params={"query": query}, timeout=timeout)


def answers_at_once(server: Server) -> float:
    """Ask a simple query that no memory of earlier answers helps with; return the seconds it took."""
    start = time.monotonic()
    answer = ask(server, SIMPLE.replace("?l", f"?l{time.monotonic_ns()}"))
    assert answer.status_code == 200 and "Ada Quill" in answer.text
    return time.monotonic() - start


@pytest.mark.parametrize(
    ("name", "query", "reason"),
    [
        ("cross_join", CROSS, "longer than 1.5 seconds"),
        ("endless_paths", PATHS, "longer than 1.5 seconds"),
        ("sort_of_a_cross_join", SORTED, "the query took"),
        ("growing_string", GROWING, "the query took"),
        ("too_many_rows", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1001", "more than 1,000 rows"),
        ("too_many_triples", "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "more than 1,000 triples"),
        ("too_many_bytes", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 1000000", "larger than 4,000,000 bytes"),
    ],
)
def test_what_takes_too_much_ends_with_503_and_the_reason(small: Server, name: str, query: str, reason: str) -> None:
    start = time.monotonic()
    answer = ask(small, query)
    assert answer.status_code == 503 and reason in answer.text, answer.text[:300]
    assert answer.headers["content-type"].startswith("text/plain") and "retry-after" in answer.headers
    assert time.monotonic() - start < 8
    assert answers_at_once(small) < AT_ONCE


def test_as_many_rows_as_allowed_are_answered_whole(small: Server) -> None:
    found = ask(small, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000").json()
    assert len(found["results"]["bindings"]) == 1000


def test_slow_queries_hold_nobody_up(small: Server) -> None:
    async def run() -> tuple[list[int], list[float]]:
        async with httpx.AsyncClient(
            base_url=small.url, timeout=60, limits=httpx.Limits(max_connections=None)
        ) as client:
            slow = [
                asyncio.create_task(client.get("/sparql", params={"query": query + " OFFSET 0" * (n % 2) + f" # {n}"}))
                for n in range(12)
                for query in (CROSS, PATHS)
            ]
            await asyncio.sleep(0.3)
            times = []
            for n in range(10):
                start = time.monotonic()
                answer = await client.get("/sparql", params={"query": SIMPLE.replace("?l", f"?l{n}")})
                assert answer.status_code == 200
                times.append(time.monotonic() - start)
                await asyncio.sleep(0.1)
            return [answer.status_code for answer in await asyncio.gather(*slow)], times

    ask(small, CROSS)
    ask(small, PATHS)
    statuses, times = asyncio.run(run())
    assert set(statuses) == {503}
    assert max(times) < AT_ONCE, times


def test_simple_queries_sent_to_the_same_workers_as_deadly_ones_are_answered(small: Server) -> None:
    """More at a time than there are workers, so that some are on their way behind a query that is stopped or dies."""
    deadly = [query.replace("?i", f"?deadly{n}") for n in range(2) for query in (SORTED, GROWING)]
    simple = [SIMPLE.replace("?l", f"?behind{n}") for n in range(120)]
    mixed = [query for n, one in enumerate(deadly) for query in (one, *simple[30 * n : 30 * n + 30])]

    async def run() -> list[list[int]]:
        return await asyncio.gather(*(statuses(small, query, 1) for query in mixed))

    found = dict(zip(mixed, asyncio.run(run()), strict=True))
    assert [found[query] for query in simple] == [[200]] * len(simple)
    assert [found[query] for query in deadly] == [[503]] * len(deadly)
    assert answers_at_once(small) < AT_ONCE


async def statuses(server: Server, query: str, times: int) -> list[int]:
    """Ask a query on a connection of its own, several times without waiting; return the statuses of the answers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    address = f"/sparql?{httpx.QueryParams({'query': query})}"
    writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * times)
    received = b""
    while len(found := re.findall(rb"HTTP/1\.1 (\d+) ", received)) < times:
        piece = await asyncio.wait_for(reader.read(65_536), 30)
        if not piece:
            break
        received += piece
    writer.close()
    return [int(status) for status in found]


def test_500_parallel_clients(small: Server) -> None:
    async def run() -> list[list[int]]:
        return await asyncio.gather(*(statuses(small, f"{SIMPLE} # {n}", 1) for n in range(500)))

    assert asyncio.run(run()) == [[200]] * 500
    assert answers_at_once(small) < AT_ONCE


def test_1000_queued_requests(small: Server) -> None:
    """A thousand requests on fifty connections, one after the other without waiting for answers."""

    async def run() -> list[list[int]]:
        return await asyncio.gather(*(statuses(small, f"{SIMPLE} # again {n}", 20) for n in range(50)))

    assert asyncio.run(run()) == [[200] * 20] * 50
    assert answers_at_once(small) < AT_ONCE


def test_a_body_of_100_megabytes(small: Server) -> None:
    before = small.memory()
    with socket.create_connection(("127.0.0.1", small.port), timeout=10) as connection:
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        connection.sendall(f"{head}Content-Length: 104857600\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")

    def pieces() -> Iterator[bytes]:
        for _ in range(1_600):
            yield b" " * 65_536

    try:
        answer = httpx.post(
            f"{small.url}/sparql", content=pieces(), headers={"Content-Type": "application/sparql-query"}, timeout=20
        )
        assert answer.status_code == 413
    except httpx.TransportError:
        pass  # the server hung up before the client had sent all
    assert answers_at_once(small) < AT_ONCE
    assert small.memory() - before < 60_000_000


def test_slow_loris(small: Server) -> None:
    """A hundred clients that never finish their request are dropped after two seconds, and hold nobody up."""
    connections = [socket.create_connection(("127.0.0.1", small.port), timeout=10) for _ in range(100)]
    try:
        for number, connection in enumerate(connections):
            connection.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nHost: localh"[: 5 + number % 40])
        assert answers_at_once(small) < AT_ONCE
        until = time.monotonic() + 4
        for connection in connections:
            connection.settimeout(max(0.1, until - time.monotonic()))
            try:
                assert connection.recv(1) == b""
            except ConnectionResetError:
                continue
    finally:
        for connection in connections:
            connection.close()


def test_a_client_that_does_not_read_is_dropped(small: Server) -> None:
    query = httpx.QueryParams({"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000"})
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect(("127.0.0.1", small.port))
        request = f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n".encode()
        connection.sendall(request * 60)
        time.sleep(3.5)
        received = 0
        connection.settimeout(5)
        try:
            while piece := connection.recv(65_536):
                received += len(piece)
        except ConnectionResetError:
            pass
        assert received < 60 * 100_000
    assert answers_at_once(small) < AT_ONCE


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /sparql?query=%00%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /id/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /static/../pages.py HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /id/%3E%7D%20UNION%20%7B HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /id/%FF%FE HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    ],
)
def test_malformed_requests_get_an_error(small: Server, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", small.port), timeout=5) as connection:
        connection.sendall(data)
        try:
            head = connection.recv(100)
        except ConnectionResetError:
            head = b""
    assert head == b"" or head.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 404 ", b"HTTP/1.1 421 ")), head
    assert answers_at_once(small) < AT_ONCE


HEADERS = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"


@pytest.mark.parametrize(
    ("name", "first", "more"),
    [
        ("header_without_end", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", b"x" * 4_096),
        ("headers_without_end", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X: y\r\n" * 600),
        ("address_without_end", b"GET /", b"x" * 4_096),
        ("trailer_without_end", HEADERS + b"Transfer-Encoding: chunked\r\n\r\n1\r\nA\r\n0\r\nX: ", b"x" * 4_096),
        ("extension_without_end", HEADERS + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x" * 4_096),
    ],
)
def test_what_never_ends_is_cut_off_by_its_size(small: Server, name: str, first: bytes, more: bytes) -> None:
    start, sent = time.monotonic(), 0
    with socket.create_connection(("127.0.0.1", small.port), timeout=5) as connection:
        try:
            connection.sendall(first)
            while sent < 8_000_000:
                connection.sendall(more)
                sent += len(more)
        except OSError:
            pass
    assert sent < 8_000_000 and time.monotonic() - start < 10
    assert answers_at_once(small) < AT_ONCE


def test_a_connection_serves_on_after_what_is_no_upgrade_and_after_an_early_refusal(small: Server) -> None:
    """A client that offers HTTP/2 gets HTTP/1.1; a body that was refused while it came in is read over."""
    with socket.create_connection(("127.0.0.1", small.port), timeout=10) as connection:
        offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
        for _ in range(2):
            connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n" + offer + b"\r\n")
            assert b"HTTP/1.1 200 " in connection.recv(65_536)
        connection.sendall(HEADERS + b"Content-Length: 100001\r\n\r\n")
        assert b"HTTP/1.1 413 " in connection.recv(65_536)
        connection.sendall(b" " * 100_001)
        connection.sendall(b"HEAD /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = connection.recv(65_536)
        assert b"HTTP/1.1 200 " in answer and answer.endswith(b"\r\n\r\n")


def test_equal_slow_queries_outlive_the_client_that_asked_first(small: Server) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(?a != ?f) } # shared"
    address = f"GET /sparql?{httpx.QueryParams({'query': query})} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", small.port), timeout=10) as second:
        with socket.create_connection(("127.0.0.1", small.port), timeout=10) as first:
            first.sendall(address)
            second.sendall(address)
            time.sleep(0.3)
        answer = second.recv(65_536)
    assert b"HTTP/1.1 200 " in answer or b"longer than 1.5 seconds" in answer


def test_a_client_that_hangs_up_frees_its_worker(small: Server) -> None:
    for number in range(6):
        with socket.create_connection(("127.0.0.1", small.port), timeout=5) as connection:
            query = httpx.QueryParams({"query": CROSS.replace("?a", f"?hang{number}")})
            connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.05)
    until = time.monotonic() + FREED
    while ask(small, SIMPLE.replace("?l", f"?free{time.monotonic_ns()}")).status_code != 200:
        assert time.monotonic() < until
    assert answers_at_once(small) < AT_ONCE


@pytest.mark.parametrize("who", ["workers", "zygote"])
def test_the_server_survives_the_death_of_its_helpers(small: Server, who: str) -> None:
    answers_at_once(small)
    zygote = family(small.process.pid)[1]
    for process in family(zygote)[1:] if who == "workers" else [zygote]:
        os.kill(process, signal.SIGKILL)
    statuses = [ask(small, SIMPLE.replace("?l", f"?{who}{n}")).status_code for n in range(8)]
    assert statuses[-1] == 200 and set(statuses) <= {200, 503}
    assert answers_at_once(small) < AT_ONCE


def test_lookups_need_no_worker(small: Server) -> None:
    zygote = family(small.process.pid)[1]
    workers = family(zygote)[1:]
    for process in workers:
        os.kill(process, signal.SIGSTOP)
    try:
        answer = ask(small, LOOKUP, timeout=AT_ONCE)
    finally:
        for process in workers:
            os.kill(process, signal.SIGCONT)
    assert answer.status_code == 200 and "Ada Quill" in answer.text


def test_a_new_build_is_served_without_a_restart(small: Server, tmp_path: Path) -> None:
    tag = ask(small, SIMPLE).headers["etag"]
    headline = 'SELECT ?d { ?d schema:headline "An altogether new headline" }'
    assert ask(small, headline).json()["results"]["bindings"] == []
    other = articles()[:2]
    other[0].title = "An altogether new headline"
    write_corpus(tmp_path / "new", other)
    (small.output / "store").rename(tmp_path / "old")
    (tmp_path / "new" / "store").rename(small.output / "store")
    shutil.rmtree(tmp_path / "old")
    until = time.monotonic() + 6
    query = 'ASK { ?d schema:headline "An altogether new headline" }'
    while not ask(small, query).json().get("boolean"):
        assert time.monotonic() < until
        time.sleep(0.2)
    assert len(ask(small, headline).json()["results"]["bindings"]) == 1
    assert ask(small, SIMPLE).headers["etag"] != tag
    assert answers_at_once(small) < AT_ONCE


def test_no_process_is_left_behind(small: Server) -> None:
    processes = family(small.process.pid)
    assert len(processes) <= 3 + 4 + 1
