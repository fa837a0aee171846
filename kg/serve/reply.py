"""HTTP replies: bytes with an entity tag, compressed where the client takes it; errors as plain text or as a page.

In go bytes and the scope of a request (ASGI), out come Starlette responses. Nothing here asks the store.
"""

import asyncio
import gzip
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

SMALLEST = 500
"""Bytes under which compression is not worth it."""
LEVEL = 5
KEPT = [(b"cache-control", b"no-cache"), (b"vary", b"Accept, Accept-Encoding")]
"""The headers of an answer that may be kept, as long as it is asked again whether it is still the same."""


@dataclass(slots=True, eq=False)
class Ready:
    """An answer as it goes out."""

    status_code: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})


async def reply(scope: Scope, body: bytes, content_type: str, tag: str, headers: dict[str, str] | None = None) -> Ready:
    """Return a reply that may be kept, as long as it is asked again whether it is still the same."""
    found = [(b"etag", tag.encode()), *KEPT]
    if headers is not None:
        found += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    if matches(scope, tag):
        return Ready(304, found, b"")
    if len(body) >= SMALLEST and takes_gzip(scope):
        if len(body) > 100_000:
            body = await asyncio.to_thread(gzip.compress, body, LEVEL, mtime=0)
        else:
            body = gzip.compress(body, LEVEL, mtime=0)
        found.append((b"content-encoding", b"gzip"))
    found += [(b"content-type", content_type.encode()), (b"content-length", b"%d" % len(body))]
    return Ready(200, found, body)


def header(scope: Scope, name: bytes) -> str | None:
    """Return the first header of a name, in lower case, or None."""
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found.decode("latin-1")
    return None


def matches(scope: Scope, tag: str) -> bool:
    """Tell whether the client has this answer already."""
    given = header(scope, b"if-none-match")
    if given is None or scope["method"] not in {"GET", "HEAD"}:
        return False
    return given.strip() == "*" or tag.removeprefix("W/") in {t.strip().removeprefix("W/") for t in given.split(",")}


def takes_gzip(scope: Scope) -> bool:
    """Tell whether the client takes gzip."""
    for part in (header(scope, b"accept-encoding") or "").lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() in {"gzip", "*"} and quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            return True
    return False


def refuse(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error as plain text."""
    found = {"Cache-Control": "no-store"} | (headers or {})
    if status == 503:
        found.setdefault("Retry-After", "2")
    return Response(reason.rstrip() + "\n", status, found, "text/plain")
