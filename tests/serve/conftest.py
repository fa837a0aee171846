"""A real server, started as a user starts it, on a small graph: one for all tests that do no harm."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from .corpus import articles, write_corpus

STARTED = 30.0


@dataclass
class Server:
    """A running server: its address, its process, the folder that it serves."""

    url: str
    process: "subprocess.Popen[str]"
    output: Path
    announced: str

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def memory(self) -> int:
        """Return the resident memory of the server and its workers, in bytes."""
        total = 0
        for process in family(self.process.pid):
            try:
                fields = Path(f"/proc/{process}/smaps_rollup").read_text().split()
            except OSError:
                continue
            total += 1024 * int(fields[fields.index("Pss:") + 1])
        return total


def family(process: int) -> list[int]:
    """Return a process and all that it started."""
    found = [process]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(output: Path, *options: str) -> Iterator[Server]:
    """Run `kg serve` on a folder."""
    port = free_port()
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "-o", str(output), "--port", str(port)]
    with launched([*command, *options], port, output) as running:
        assert running.process.stdout is not None
        running.announced = running.process.stdout.readline()
        yield running


@contextmanager
def launched(command: list[str], port: int, output: Path) -> Iterator[Server]:
    """Run a server and wait until it answers."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | {"COLUMNS": "200"}
    )
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + STARTED
        while True:
            try:
                httpx.get(f"{url}/static/pages.css")
                break
            except httpx.TransportError:
                if process.poll() is not None or time.monotonic() > until:
                    process.kill()
                    raise AssertionError(process.communicate()[0]) from None
                time.sleep(0.1)
        yield Server(url, process, output, "")
        assert process.poll() is None, process.communicate()[0]
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of three articles, and the articles as files of JSON Lines."""
    folder = tmp_path_factory.mktemp("serve")
    texts = write_corpus(folder / "output", articles())
    lines = (json.dumps({"id": name, "text": text}) for name, text in texts)
    (folder / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "output"


@pytest.fixture(scope="session")
def server(graph: Path) -> Iterator[Server]:
    """A server that nobody may harm."""
    with serving(graph, "--documents", str(graph.parent / "articles.jsonl"), "--timeout", "8") as running:
        yield running


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as found:
        until = time.monotonic() + STARTED
        while "is being made" in found.get("/search?q=x", headers={"Accept": "text/html"}).text:
            assert time.monotonic() < until
            time.sleep(0.1)
        yield found


Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(client: httpx.Client) -> Ask:
    """Ask a query by GET."""

    def asking(query: str, accept: str = "application/sparql-results+json", **parameters: str) -> httpx.Response:
        return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})

    return asking
