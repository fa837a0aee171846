"""The SPARQL 1.1 Protocol, query operation: https://www.w3.org/TR/sparql11-protocol/.

In goes an HTTP request by GET, by POST of a form or by POST of a query, out comes a response in the form that the
client wants. Updates are refused. Queries run in the workers of `kg.serve.state`, and only lookups (`kg.serve.lookup`) in
this process.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import QueryError
from kg.graph.guard import TABLES, fingerprint, read_request
from kg.graph.query import QUERY_PREFIXES
from kg.serve.description import describe_service
from kg.serve.lookup import MOST
from kg.serve.media import GRAPH_MEDIA, HTML, TABLE_MEDIA, Media, choose, named
from kg.serve.reply import header, matches, refuse, reply
from kg.serve.state import GONE, AnswerError, State

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
METHODS = ("GET", "HEAD", "POST")
ALLOWED = {"Allow": "GET, HEAD, POST, OPTIONS"}
PARAMETERS = ("query", "default-graph-uri", "named-graph-uri", "format")
MOST_PARAMETERS = 1_000
TABLES_OFFERED = {False: TABLE_MEDIA, True: (*TABLE_MEDIA, HTML)}
GRAPHS_OFFERED = {False: GRAPH_MEDIA, True: (*GRAPH_MEDIA, HTML)}
"""The formats of an answer, by whether a browser may be sent to the query page instead."""

Given = dict[str, list[str]]
"""The parameters of a request, each with its values."""


class Endpoint:
    """The ASGI application behind `/sparql`: no routing and no request object stand before it, for small queries' sake."""

    def __init__(self, state: State):
        self.state, self.prefixes = state, {**QUERY_PREFIXES, "id": state.base}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._respond(scope, receive)
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> ASGIApp:
        method = scope["method"]
        if method == "OPTIONS":
            return Response(status_code=204, headers=ALLOWED)
        if method not in METHODS:
            return refuse(405, f"ask by {', '.join(METHODS)}", ALLOWED)
        try:
            given = await read_parameters(scope, receive, self.state.limits.body)
            if "query" not in given:
                return await self._service(scope)
            return await self._answer(scope, receive, given)
        except AnswerError as error:
            return refuse(error.status, error.reason)

    async def _answer(self, scope: Scope, receive: Receive, given: Given) -> ASGIApp:
        text, state = given["query"][0], self.state
        default, graphs = given.get("default-graph-uri", []), given.get("named-graph-uri", [])
        try:
            form = read_request(text, self.prefixes).form
        except QueryError as error:
            raise AnswerError(400, error.shown()) from error
        offered = TABLES_OFFERED if form in TABLES or not form else GRAPHS_OFFERED
        media = _media(scope, given, offered[scope["method"] != "POST"])
        if media is None:
            wanted = ", ".join(m.type for m in offered[False])
            raise AnswerError(406, f"this answer comes as {wanted}; none of them is in the request's Accept header")
        if media is HTML:
            pairs = [(name, value) for name in PARAMETERS[:3] for value in given.get(name, [])]
            return RedirectResponse(f"query?{urlencode(pairs)}", 303, {"Vary": "Accept"})
        state.look()
        tag = state.tag("query", text, media.name, default, graphs)
        headers = None
        if "format" in given:
            headers = {"Content-Disposition": f'inline; filename="answer.{media.name}"'}
        if matches(scope, tag):
            return await reply(scope, b"", media.content_type, tag, headers)
        body = await run_query(state, text, media.name, default, graphs, partial(gone, receive))
        return await reply(scope, body, media.content_type, tag, headers)

    async def _service(self, scope: Scope) -> ASGIApp:
        media = choose(header(scope, b"accept"), (*GRAPH_MEDIA, HTML))
        if media is None:
            raise AnswerError(406, f"the service description comes as {', '.join(m.type for m in GRAPH_MEDIA)}")
        if media is HTML:
            return RedirectResponse("query", 303, {"Vary": "Accept"})
        dataset = await self.state.ask("dataset")
        address = str(Request(scope).url.replace(query="", fragment=""))
        body = describe_service(address, dataset, media.name)
        return await reply(scope, body, media.content_type, self.state.tag("service", address, media.name))


async def read_parameters(scope: Scope, receive: Receive, most: int) -> Given:
    """Return the parameters of a request. Raises AnswerError for what the protocol does not allow."""
    asked: bytes = scope["query_string"]
    if len(asked) > most:
        raise AnswerError(414, f"the address is longer than {most:,} bytes: POST the query")
    given = parse(asked)
    if scope["method"] == "POST":
        await _read_posted(scope, receive, most, given)
    if "update" in given:
        raise AnswerError(403, "updates are refused: the graph changes only by building it")
    for name in ("query", "format"):
        if len(given.get(name, ())) > 1:
            raise AnswerError(400, f"give one {name}, not {len(given[name])}")
    if scope["method"] == "POST" and "query" not in given:
        raise AnswerError(400, "the request holds no query")
    return given


async def _read_posted(scope: Scope, receive: Receive, most: int, given: Given) -> None:
    kind = (header(scope, b"content-type") or "").partition(";")
    body = await read_body(scope, receive, most)
    media = kind[0].strip().lower()
    if media == UPDATE or "update" in given:
        raise AnswerError(403, "updates are refused: the graph changes only by building it")
    _check_charset(kind[2])
    if media == DIRECT:
        if "query" in given:
            raise AnswerError(400, "the query stands both in the address and in the body")
        given["query"] = [_text(body)]
    elif media == FORM:
        for name, values in parse(body).items():
            given.setdefault(name, []).extend(values)
    else:
        raise AnswerError(415, f"POST a query as {DIRECT} or as a form ({FORM}), not as {media or 'nothing'}")


async def read_body(scope: Scope, receive: Receive, most: int) -> bytes:
    """Return the body. Raises AnswerError as soon as it is known to be longer than `most` bytes."""
    length = header(scope, b"content-length") or ""
    if length.isdecimal() and int(length) > most:
        raise AnswerError(413, f"the request is larger than {most:,} bytes")
    body = bytearray()
    try:
        async for piece in Request(scope, receive).stream():
            body += piece
            if len(body) > most:
                raise AnswerError(413, f"the request is larger than {most:,} bytes")
    except ClientDisconnect as error:
        raise AnswerError(GONE, "the client has gone") from error
    return bytes(body)


def parse(data: bytes) -> Given:
    """Return the values of percent-encoded parameters by name. Raises AnswerError for what is none.

    >>> parse(b"query=ASK+%7B%7D&a=&a=1")
    {'query': ['ASK {}'], 'a': ['', '1']}
    """
    if data.count(b"&") >= MOST_PARAMETERS or not data.isascii():
        raise AnswerError(400, "the parameters are no percent-encoded UTF-8, or too many")
    given: Given = {}
    try:
        for pair in data.replace(b"+", b" ").split(b"&"):
            if pair:
                name, _, value = pair.partition(b"=")
                given.setdefault(_plain(name), []).append(_plain(value))
    except UnicodeDecodeError as error:
        raise AnswerError(400, "the parameters are no percent-encoded UTF-8, or too many") from error
    return given


def _plain(data: bytes) -> str:
    """Return the text of percent-encoded ASCII, read as escapes of Python's, which takes a third of the time."""
    if b"%" not in data:
        return data.decode("utf-8")
    escaped = data.replace(b"\\", b"\\\\").replace(b"%", b"\\x")
    try:
        octets = escaped.decode("unicode_escape").encode("latin-1")
    except UnicodeDecodeError:  # a % that escapes nothing stays as it is
        octets = unquote_to_bytes(data)
    return octets.decode("utf-8")


async def gone(receive: Receive) -> None:
    """Return when the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def run_query(
    state: State,
    text: str,
    kind: str,
    default: list[str],
    graphs: list[str],
    leaving: Callable[[], Awaitable[None]] | None = None,
) -> bytes:
    """Return the answer to a query in a format. Raises AnswerError."""
    limits = state.limits
    if kind == "json" and not default and not graphs and limits.rows >= MOST:
        state.look()
        if (found := state.lookups.answer(text)) is not None:
            return found
    arguments: dict[str, Any] = {"text": text, "kind": kind, "default": default, "named": graphs}
    arguments |= {"rows": limits.rows, "size": limits.size}
    answer: bytes = await state.ask("query", partial(fingerprint, text), leaving=leaving, **arguments)
    return answer


def _media(scope: Scope, given: Given, offered: tuple[Media, ...]) -> Media | None:
    if "format" in given and (media := named(given["format"][0], offered)) is not None:
        return media
    return choose(header(scope, b"accept"), offered)


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
