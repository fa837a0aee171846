"""`kg serve`: one process that answers HTTP, and the workers behind it.

In go the output folder and who may ask; it runs until it is told to stop. The store is only read. The texts of the
documents, where the caller has them, are put into a file of their own for the document pages.
"""

import ipaddress
import resource
import secrets
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import uvicorn

from kg.errors import InputError, OutputError
from kg.graph.store import STORE
from kg.ontology import read_queries
from kg.serve.access import LOOPBACK
from kg.serve.app import make_app
from kg.serve.connection import make_protocol
from kg.serve.limits import Limits
from kg.serve.state import State
from kg.settings import Settings

FILES = 8_192
"""Open files that the server asks the system for: one a connection."""
TEXTS = "texts.sqlite"


def serve(
    output: Path,
    settings: Settings,
    limits: Limits,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token: str | None = None,
    public: bool = False,
    origins: Sequence[str] = (),
    texts: Iterable[tuple[str, str]] = (),
    announce: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve an output folder until interrupted.

    On an address that others reach, everybody needs the token (made and announced where none is given), unless
    `public`; on this machine's own, only where one is given. `texts` are pairs of a document's id and its text. `announce` gets the address.
    Raises OutputError where there is no graph, InputError where the address is taken.
    """
    if not (output / STORE).is_dir():
        raise OutputError(
            "there is no graph here yet", place=str(output), hint=f"Build one first: kg build -o {output}"
        )
    _raise_file_limit()
    loopback = is_loopback(host)
    if not loopback and not public:
        token = token or secrets.token_urlsafe(18)
    with tempfile.TemporaryDirectory(prefix="kg-texts-") as folder:
        file = Path(folder) / TEXTS
        kept = file if write_texts(texts, file) else None
        state = State(output, settings.base, limits, settings.ontology, read_queries(settings.ontology), kept)
        app = make_app(state, token=token, hosts=LOOPBACK if loopback else (), origins=origins)
        server = make_server(app, limits, host, port)
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)
        address = f"http://{shown}:{port}/" + (f"?token={token}" if token else "")
        _check_port(host, port)
        announce(address)
        server.run()


def make_server(app: Callable[..., Any], limits: Limits, host: str, port: int) -> uvicorn.Server:
    """Return the HTTP server."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=make_protocol(limits),
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=2,
        backlog=2_048,
    )
    return uvicorn.Server(config)


def write_texts(texts: Iterable[tuple[str, str]], file: Path) -> int:
    """Write the texts of documents to a file for the document pages; return how many."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE texts (id TEXT PRIMARY KEY, text TEXT NOT NULL)")
        database.executemany("INSERT OR IGNORE INTO texts VALUES (?, ?)", texts)
        database.commit()
        return int(database.execute("SELECT COUNT(*) FROM texts").fetchone()[0])


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(
                "the address cannot be used", value=f"{host}:{port}", hint=f"{error.strerror}. Take another --port"
            ) from error


def _raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
