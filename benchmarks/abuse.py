"""What hostile clients do to the server: how soon the next simple query is answered, and how much memory all of it takes.

    python -m benchmarks.abuse FOLDER

FOLDER holds a graph of `benchmarks.grow`. The server has its usual limits. Each attack goes on for some seconds; while it
does, and right after it, a simple query that no memory of earlier answers helps with is asked again and again. Memory is
the proportional set size of the server and its workers together, at its highest.
"""

import asyncio
import contextlib
import os
import socket
import statistics
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import httpx

from benchmarks.serve import family, free_port, running

SIMPLE = "SELECT ?l {{ id:person\\/jeff-sessions a pol:Person ; rdfs:label ?l }} # {}"
CROSS = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d) }} # {}"
PATHS = "SELECT (COUNT(*) AS ?n) {{ ?a (<a:a>|!<a:b>)* ?b . ?b (<a:a>|^!<a:b>|!<a:c>)* ?c }} # {}"
SORTED = "SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY ?f ?c LIMIT 5 # {}"
SECONDS = 12.0
MEGABYTES = 100


def memory(process: int) -> int:
    """Return the bytes that a process and all below it take, what they share counted once."""
    total = 0
    for one in family(process):
        with contextlib.suppress(OSError, IndexError):
            rolled = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(rolled.partition("Pss:")[2].split()[0]) * 1024
    return total


class Watch:
    """Asks the simple query all the time, and looks at the memory."""

    def __init__(self, port: int, process: int):
        self.port, self.process = port, process
        self.times: list[float] = []
        self.failed = self.highest = 0
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask), threading.Thread(target=self._weigh)]

    def __enter__(self) -> "Watch":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        while not self._over.is_set():
            start = time.monotonic()
            try:
                with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
                    query = httpx.QueryParams({"query": SIMPLE.format(time.monotonic_ns())})
                    connection.request("GET", f"/sparql?{query}")
                    answer = connection.getresponse()
                    self.failed += answer.status != 200 or b"Sessions" not in answer.read()
            except (OSError, HTTPException):
                self.failed += 1
            self.times.append(time.monotonic() - start)
            self._over.wait(0.2)

    def _weigh(self) -> None:
        while not self._over.wait(0.3):
            self.highest = max(self.highest, memory(self.process))


async def many(url: str, query: str, clients: int) -> str:
    """Ask a query by many clients at once, again and again."""
    codes: dict[int, int] = {}
    until = time.monotonic() + SECONDS
    async with httpx.AsyncClient(base_url=url, timeout=90, limits=httpx.Limits(max_connections=None)) as client:

        async def one(number: int) -> None:
            turn = 0
            while time.monotonic() < until:
                turn += 1
                answer = await client.get("/sparql", params={"query": query.format(f"{number} {turn}")})
                codes[answer.status_code] = codes.get(answer.status_code, 0) + 1
                await asyncio.sleep(0.5 if answer.status_code == 503 else 0)

        await asyncio.gather(*(one(number) for number in range(clients)))
    return ", ".join(f"{count} × {code}" for code, count in sorted(codes.items()))


async def bodies(url: str) -> str:
    """Send bodies of 100 MB, announced and in pieces."""
    codes: list[str] = []

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(MEGABYTES):
            yield b" " * 1_048_576

    async with httpx.AsyncClient(timeout=60) as client:
        for _ in range(8):
            try:
                answer = await client.post(
                    f"{url}/sparql", content=pieces(), headers={"Content-Type": "application/sparql-query"}
                )
                codes.append(str(answer.status_code))
            except httpx.TransportError:
                codes.append("hung up")
    return ", ".join(codes)


async def loris(url: str) -> str:
    """Open 500 connections that never finish their request."""
    port = httpx.URL(url).port or 80
    sockets = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(500)]
    for number, one in enumerate(sockets):
        one.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nHost: localh"[: 5 + number % 40])
    await asyncio.sleep(SECONDS + 6)
    dropped = 0
    for one in sockets:
        one.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            try:
                dropped += one.recv(1) == b""
            except ConnectionResetError:
                dropped += 1
        one.close()
    return f"{dropped} of {len(sockets)} dropped"


ATTACKS: dict[str, Callable[[str], Awaitable[str]]] = {
    "nothing": lambda _: asyncio.sleep(SECONDS / 2, ""),
    "12 clients with cross joins": lambda url: many(url, CROSS, 12),
    "12 clients with endless paths": lambda url: many(url, PATHS, 12),
    "12 clients sorting a cross join": lambda url: many(url, SORTED, 12),
    "8 bodies of 100 MB": bodies,
    "500 slow-loris connections": loris,
    "500 clients with the simple query": lambda url: many(url, SIMPLE, 500),
}


def main(folder: Path) -> None:
    """Try every attack."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    code = (
        "from pathlib import Path; from kg.serve.server import serve; from kg.serve.limits import Limits; "
        f"from kg.settings import Settings; serve(Path({str(folder)!r}), Settings(), Limits.for_machine(), port={port})"
    )
    with running([sys.executable, "-c", code], port) as process:
        time.sleep(5)
        for name, attack in ATTACKS.items():
            load = os.getloadavg()[0]
            with Watch(port, process) as watch:
                said = asyncio.run(attack(url))
                before = len(watch.times)
                time.sleep(1.5)
            after = watch.times[before] if len(watch.times) > before else watch.times[-1]
            print(
                f"{name:34} while: median {statistics.median(watch.times):5.2f} s, worst {max(watch.times):5.2f} s; next "
                f"{after:5.2f} s; failed {watch.failed}; memory {watch.highest / 1e6:5.0f} MB; load {load:.0f}; {said}",
                flush=True,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
