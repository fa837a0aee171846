"""The web application: which address is answered by what.

In go the state and who may ask, out comes an ASGI application. Nothing is opened before the application starts.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serve import pages
from kg.serve.access import Guarded
from kg.serve.reply import refuse
from kg.serve.sparql import Endpoint
from kg.serve.state import AnswerError, State

SPARQL = ("/sparql", "/sparql/")
STATIC = Path(__file__).parent / "static"

Handler = Callable[[Request], Awaitable[ASGIApp]]


def make_app(
    state: State, *, token: str | None = None, hosts: Sequence[str] = (), origins: Sequence[str] = ()
) -> Guarded:
    """Return the application.

    `token` is asked of everybody where it is given; `hosts` are the only names that the server answers to, all where
    empty; `origins` are the sites whose scripts may ask it, "*" all.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await state.start()
        try:
            yield
        finally:
            await state.stop()

    routes = [
        Route("/", _page(pages.start)),
        Route("/query", _page(pages.query)),
        Route("/search", _page(pages.search)),
        Route("/documents", _page(pages.documents)),
        Route("/vocabulary.json", _page(pages.vocabulary)),
        Route("/kinds.css", _page(pages.colours)),
        Route("/resource", _page(pages.term)),
        Route("/id/{path:path}", _page(pages.resource)),
        Route("/explore/{path:path}", _page(pages.explore)),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: _missing})
    app.state.kg = state
    endpoint = Endpoint(state)

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        chosen = endpoint if scope["type"] == "http" and scope["path"] in SPARQL else app
        await chosen(scope, receive, send)

    return Guarded(choose, token, hosts, origins)


def _page(handler: Handler) -> Handler:
    async def handle(request: Request) -> ASGIApp:
        try:
            return await handler(request)
        except AnswerError as failure:
            return await pages.sorry(request, failure)

    return handle


async def _missing(request: Request, _error: Exception) -> Response:
    if request.url.path.startswith("/static"):
        return refuse(404, "there is no such file")
    return await pages.sorry(request, AnswerError(404, "there is no such page"))
