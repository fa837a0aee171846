"""HTTP replies: bytes with an entity tag, compressed where the client takes it; errors as plain text or as a page.

In go bytes and a request, out come Starlette responses. Nothing here asks the store.
"""

import asyncio
import gzip

from starlette.requests import Request
from starlette.responses import Response

SMALLEST = 500
"""Bytes under which compression is not worth it."""
LEVEL = 5


async def reply(
    request: Request, body: bytes, content_type: str, tag: str, headers: dict[str, str] | None = None
) -> Response:
    """Return a reply that may be kept, as long as it is asked again whether it is still the same."""
    found = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding", **(headers or {})}
    if matches(request, tag):
        return Response(status_code=304, headers=found)
    if len(body) >= SMALLEST and takes_gzip(request):
        if len(body) > 100_000:
            body = await asyncio.to_thread(gzip.compress, body, LEVEL, mtime=0)
        else:
            body = gzip.compress(body, LEVEL, mtime=0)
        found["Content-Encoding"] = "gzip"
    return Response(body, headers=found | {"Content-Type": content_type})


def matches(request: Request, tag: str) -> bool:
    """Tell whether the client has this answer already."""
    given = request.headers.get("if-none-match")
    if given is None or request.method not in {"GET", "HEAD"}:
        return False
    return given.strip() == "*" or tag.removeprefix("W/") in {t.strip().removeprefix("W/") for t in given.split(",")}


def takes_gzip(request: Request) -> bool:
    """Tell whether the client takes gzip."""
    for part in request.headers.get("accept-encoding", "").lower().split(","):
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
