"""The SPARQL 1.1 Protocol, query operation: https://www.w3.org/TR/sparql11-protocol/.

In goes an HTTP request by GET, by POST of a form or by POST of a query, out comes a response in the form that the
client wants. Updates are refused. Queries run in the workers of `kg.serve.state`, never in this process.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import QueryError
from kg.graph.guard import TABLES, fingerprint, read_request
from kg.graph.query import QUERY_PREFIXES
from kg.serve.description import describe_service
from kg.serve.media import GRAPH_MEDIA, HTML, TABLE_MEDIA, Media, choose, named
from kg.serve.reply import matches, refuse, reply
from kg.serve.state import AnswerError, State

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
METHODS = ["GET", "HEAD", "POST"]
PARAMETERS = ("query", "default-graph-uri", "named-graph-uri", "format")

T = TypeVar("T")


async def endpoint(request: Request) -> Response:
    """Answer a request to `/sparql`."""
    state: State = request.app.state.kg
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
    try:
        given = await read_parameters(request, state.limits.body)
        if "query" not in given:
            return await _service(request, state)
        return await _answer(request, state, given)
    except AnswerError as error:
        return refuse(error.status, error.reason)


async def read_parameters(request: Request, most: int) -> dict[str, list[str]]:
    """Return the parameters of a request, each with its values. Raises AnswerError for what the protocol does not allow."""
    if len(request.url.query) > most:
        raise AnswerError(414, f"the address is longer than {most:,} bytes: POST the query")
    given = _parse(request.url.query.encode("ascii", "replace"))
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")
        body = await read_body(request, most)
        media = kind[0].strip().lower()
        if media == UPDATE or "update" in given:
            raise AnswerError(403, "updates are refused: the graph changes only by building it")
        _check_charset(kind[2])
        if media == DIRECT:
            if "query" in given:
                raise AnswerError(400, "the query stands both in the address and in the body")
            given["query"] = [_text(body)]
        elif media == FORM:
            for name, values in _parse(body).items():
                given.setdefault(name, []).extend(values)
        else:
            raise AnswerError(415, f"POST a query as {DIRECT} or as a form ({FORM}), not as {media or 'nothing'}")
    if "update" in given:
        raise AnswerError(403, "updates are refused: the graph changes only by building it")
    for name in ("query", "format"):
        if len(given.get(name, [])) > 1:
            raise AnswerError(400, f"give one {name}, not {len(given[name])}")
    if request.method == "POST" and "query" not in given:
        raise AnswerError(400, "the request holds no query")
    return given


async def read_body(request: Request, most: int) -> bytes:
    """Return the body. Raises AnswerError as soon as it is known to be longer than `most` bytes."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise AnswerError(413, f"the request is larger than {most:,} bytes")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise AnswerError(413, f"the request is larger than {most:,} bytes")
    return bytes(body)


async def while_connected(request: Request, work: Awaitable[T]) -> T:
    """Await something as long as the client is there. Raises AnswerError where the client hangs up."""
    running = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({running, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            return running.result()
        raise AnswerError(499, "the client has gone")
    finally:
        running.cancel()
        leaving.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _answer(request: Request, state: State, given: dict[str, list[str]]) -> Response:
    text = given["query"][0]
    default, graphs = given.get("default-graph-uri", []), given.get("named-graph-uri", [])
    try:
        form = read_request(text, {**QUERY_PREFIXES, "id": state.base}).form
    except QueryError as error:
        raise AnswerError(400, error.shown()) from error
    offered = TABLE_MEDIA if form in TABLES or not form else GRAPH_MEDIA
    browser = (HTML,) if request.method in {"GET", "HEAD"} else ()
    media = _media(request, given, (*offered, *browser))
    if media is None:
        wanted = ", ".join(m.type for m in offered)
        raise AnswerError(406, f"this answer comes as {wanted}; none of them is in the request's Accept header")
    if media is HTML:
        pairs = [(name, value) for name in PARAMETERS[:3] for value in given.get(name, [])]
        return RedirectResponse(f"query?{urlencode(pairs)}", 303, {"Vary": "Accept"})
    state.look()
    tag = state.tag("query", text, media.name, default, graphs)
    headers = {}
    if "format" in given:
        headers["Content-Disposition"] = f'inline; filename="answer.{media.name}"'
    if matches(request, tag):
        return await reply(request, b"", media.content_type, tag, headers)
    body = await while_connected(request, run_query(state, text, media.name, default, graphs))
    return await reply(request, body, media.content_type, tag, headers)


async def run_query(state: State, text: str, kind: str, default: list[str], graphs: list[str]) -> bytes:
    """Return the answer to a query in a format. Raises AnswerError."""
    limits = state.limits
    arguments: dict[str, Any] = {"text": text, "kind": kind, "default": default, "named": graphs}
    answer: bytes = await state.ask("query", fingerprint(text), **arguments, rows=limits.rows, size=limits.size)
    return answer


async def _service(request: Request, state: State) -> Response:
    media = choose(request.headers.get("accept"), (*GRAPH_MEDIA, HTML))
    if media is None:
        raise AnswerError(406, f"the service description comes as {', '.join(m.type for m in GRAPH_MEDIA)}")
    if media is HTML:
        return RedirectResponse("query", 303, {"Vary": "Accept"})
    dataset = await state.ask("dataset")
    address = str(request.url.replace(query="", fragment=""))
    body = describe_service(address, dataset, media.name)
    return await reply(request, body, media.content_type, state.tag("service", address, media.name))


def _media(request: Request, given: dict[str, list[str]], offered: tuple[Media, ...]) -> Media | None:
    if "format" in given and (media := named(given["format"][0], offered)) is not None:
        return media
    return choose(request.headers.get("accept"), offered)


def _parse(data: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(
            data.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=1_000
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise AnswerError(400, "the parameters are no percent-encoded UTF-8, or too many") from error


def _check_charset(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise AnswerError(415, f"the query must be UTF-8, not {value.strip()}")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AnswerError(400, "the query is no UTF-8") from error
