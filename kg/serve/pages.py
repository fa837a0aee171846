"""The HTML pages: start, query, search, documents, entities, explorer; and the same resources as RDF.

In go HTTP requests, out come pages made from the templates beside this module. Every page works without scripts; what
the scripts add is in `static/`. Nothing comes from another server, and all that is printed is escaped.
"""

import json
import re
from functools import partial
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from kg import __version__
from kg.errors import QueryError
from kg.graph.guard import TABLES, fingerprint, read_request
from kg.graph.query import QUERY_PREFIXES
from kg.graph.terms import PREFIXES
from kg.saved_queries import HEADER
from kg.serve.media import GRAPH_MEDIA, HTML, choose, named
from kg.serve.reply import Ready, matches, refuse, reply
from kg.serve.search import CLOSE, OPEN
from kg.serve.sparql import gone, run_query
from kg.serve.state import AnswerError, State
from kg.serve.table import as_table, link_texts, texts_of

PAGE_SIZE = 50
SEARCH_SIZE = 25
OTHER_ESCAPES = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
PAGE = "text/html; charset=utf-8"


def link(path: str) -> str:
    """Return the address of a resource's page, as it stands in a page."""
    return "/id/" + quote(path, safe="/%:@!$&'()*+,;=~")


def marked(words: str) -> Markup:
    """Return a search hit as HTML, its matches marked."""
    return Markup(str(escape(words)).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


def shortened(text: str) -> str:
    """Return a saved question without its header and the prefixes that every query here knows anyway."""
    known = {f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items()}
    kept = [line for line in text.splitlines() if not HEADER.fullmatch(line) and line.strip() not in known]
    return "\n".join(kept).strip() + "\n"


def plain(words: str) -> str:
    """Return a camelCase local name as words."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in words).strip()


ENVIRONMENT = Environment(
    loader=PackageLoader("kg.serve", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
ENVIRONMENT.globals.update(link=link, version=__version__)
ENVIRONMENT.filters.update(marked=marked, plain=plain, urlencode=urlencode)


async def page(request: Request, template: str, tag: str, status: int = 200, **values: Any) -> Ready:
    """Return a page."""
    text = ENVIRONMENT.get_template(template).render(at=request.url.path, **values)
    answer = await reply(request.scope, text.encode("utf-8"), PAGE, tag)
    if status != 200:
        answer.status_code = status
    return answer


async def sorry(request: Request, failure: AnswerError) -> Response:
    """Return a failure: a page for a browser, plain text for others."""
    if choose(request.headers.get("accept"), (*GRAPH_MEDIA, HTML)) is not HTML:
        return refuse(failure.status, failure.reason)
    text = ENVIRONMENT.get_template("sorry.html").render(
        at=request.url.path, status=failure.status, reason=failure.reason
    )
    return Response(text, failure.status, {"Cache-Control": "no-store"}, "text/html")


async def start(request: Request) -> ASGIApp:
    """Show what there is: figures, saved questions, who is in the most facts."""
    state: State = request.app.state.kg
    found = await state.ask("overview")
    documents = await state.ask("documents", skip=0, limit=8)
    tag = state.tag("start", state.index is None)
    return await page(request, "start.html", tag, found=found, documents=documents, saved=state.saved.values())


async def documents(request: Request) -> ASGIApp:
    """List the documents, the latest first."""
    state: State = request.app.state.kg
    number = _number(request.query_params.get("page", "1"))
    found = await state.ask("documents", skip=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    pages = max(1, -(-found["total"] // PAGE_SIZE))
    return await page(
        request, "documents.html", state.tag("documents", number), found=found, number=number, pages=pages
    )


async def search(request: Request) -> ASGIApp:
    """Search labels and sentences."""
    state: State = request.app.state.kg
    state.look()
    words, number = request.query_params.get("q", "")[:300], _number(request.query_params.get("page", "1"))
    found: dict[str, Any] | None = None
    if state.index is not None and words.strip():
        skip = (number - 1) * SEARCH_SIZE
        found = await state.ask("search", file=state.index, words=words, skip=skip, limit=SEARCH_SIZE)
    if request.query_params.get("format") == "json":
        body = json.dumps(found or {"entities": [], "sentences": [], "total": 0}, ensure_ascii=False).encode()
        return await reply(
            request.scope, body, "application/json", state.tag("search.json", words, number, state.index)
        )
    pages = max(1, -(-found["total"] // SEARCH_SIZE)) if found else 1
    tag = state.tag("search", words, number, state.index is None)
    ready = state.index is not None
    return await page(request, "search.html", tag, words=words, found=found, number=number, pages=pages, ready=ready)


async def resource(request: Request) -> ASGIApp:
    """Show a resource: as a page for a browser, as RDF for who asks for it."""
    state: State = request.app.state.kg
    given = request.query_params.get("format")
    offered = (HTML, *GRAPH_MEDIA)
    media = named(given, offered) if given is not None else choose(request.headers.get("accept"), offered)
    if media is None:
        raise AnswerError(406, f"this resource comes as {', '.join(m.type for m in offered)}")
    for path in _paths(request, "/id/"):
        try:
            if media is not HTML:
                return await _rdf(request, state.base + path, media.name)
            return await _resource_page(request, state, path)
        except AnswerError as failure:
            missing = failure
            if failure.status != 404:
                raise
    raise missing


async def term(request: Request) -> ASGIApp:
    """Show any IRI, such as a term of the ontology: those below the base have their own address."""
    state: State = request.app.state.kg
    iri = request.query_params.get("iri", "")
    given = request.query_params.get("format")
    if iri.startswith(state.base):
        rest = f"?format={quote(given)}" if given else ""
        return RedirectResponse(link(iri.removeprefix(state.base)) + rest, 303)
    if given is not None and named(given, GRAPH_MEDIA) is not None:
        return await _rdf(request, iri, given)
    found = await state.ask("resource", iri=iri)
    return await page(request, "resource.html", state.tag("resource", iri), found=found, base=state.base)


async def explore(request: Request) -> ASGIApp:
    """Show the explorer of an entity's neighbourhood."""
    state: State = request.app.state.kg
    path = _paths(request, "/explore/")[0]
    tag = state.tag("explore", path)
    if matches(request.scope, tag):
        return await reply(request.scope, b"", PAGE, tag)
    leaving = partial(gone, request.receive)
    text: str = await state.ask("neighbourhood", leaving=leaving, path=path, ontology=str(state.ontology))
    return await reply(request.scope, text.encode("utf-8"), PAGE, tag)


async def query(request: Request) -> ASGIApp:
    """Show the query page: a saved question with its parameters, or a text; and the answer to it."""
    state: State = request.app.state.kg
    given = request.query_params
    values: dict[str, Any] = {"saved": state.saved, "question": None, "values": {}, "text": given.get("query", "")}
    values |= {"error": "", "status": 200, "answer": None, "hint": None, "ran": False, "datasets": []}
    name = given.get("saved")
    try:
        if name is not None:
            _ask_saved(state, name, given, values)
        if values["text"].strip() and ("query" in given or name is not None):
            values["ran"] = True
            await _run(request, state, values)
    except QueryError as error:
        values |= {"error": error.shown(), "status": 400}
    except AnswerError as error:
        values |= {"error": error.reason, "status": error.status}
    tag = state.tag("query", values["text"], name, sorted(given.multi_items()))
    if values["status"] != 200:
        text = ENVIRONMENT.get_template("query.html").render(at=request.url.path, base=state.base, **values)
        return Response(text, values["status"], {"Cache-Control": "no-store"}, "text/html")
    return await page(request, "query.html", tag, **{k: v for k, v in values.items() if k != "status"}, base=state.base)


async def vocabulary(request: Request) -> ASGIApp:
    """Return what the editor completes, as JSON."""
    state: State = request.app.state.kg
    body = json.dumps(await state.ask("vocabulary"), ensure_ascii=False).encode()
    return await reply(request.scope, body, "application/json", state.tag("vocabulary"))


async def colours(request: Request) -> ASGIApp:
    """Return the style sheet of the classes."""
    state: State = request.app.state.kg
    text: str = await state.ask("colours")
    return await reply(request.scope, text.encode(), "text/css; charset=utf-8", state.tag("colours"))


def _ask_saved(state: State, name: str, given: Any, values: dict[str, Any]) -> None:
    question = state.saved.get(name)
    if question is None:
        raise AnswerError(404, f"there is no saved question {name!r}")
    chosen = {p.name: given[f"p-{p.name}"] for p in question.parameters if f"p-{p.name}" in given}
    values["question"] = question
    values["values"] = {p.name: chosen.get(p.name, p.default) for p in question.parameters}
    values["text"] = shortened(question.text)
    values["text"] = shortened(question.with_parameters(chosen))


async def _run(request: Request, state: State, values: dict[str, Any]) -> None:
    """Run the query of the page and put the answer, or what is wrong, among its values."""
    text = values["text"]
    form = read_request(text, {**QUERY_PREFIXES, "id": state.base}).form
    values["datasets"] = [(n, v) for n, v in request.query_params.multi_items() if n.endswith("-graph-uri")]
    default = [value for name, value in values["datasets"] if name == "default-graph-uri"]
    graphs = [value for name, value in values["datasets"] if name == "named-graph-uri"]
    kind = "json" if form in TABLES or not form else "ttl"
    body = await run_query(state, text, kind, default, graphs, partial(gone, request.receive))
    table = as_table(body, kind, state.base)
    if labels := texts_of(table):
        link_texts(table, await state.ask("recognise", labels=labels))
    values["answer"] = table
    values["hint"] = await state.ask("hints", partial(fingerprint, text), text=text)


async def _rdf(request: Request, iri: str, name: str) -> ASGIApp:
    state: State = request.app.state.kg
    media = named(name, GRAPH_MEDIA)
    assert media is not None
    limits = state.limits
    state.look()
    tag = state.tag("describe", iri, media.name)
    arguments: dict[str, Any] = {"kind": media.name, "rows": limits.rows, "size": limits.size}
    body: bytes = await state.ask("describe", leaving=partial(gone, request.receive), iri=iri, **arguments)
    return await reply(request.scope, body, media.content_type, tag, {"Link": f'<{iri}>; rel="describes"'})


async def _resource_page(request: Request, state: State, path: str) -> ASGIApp:
    found = await state.ask("resource", iri=state.base + path)
    tag = state.tag("resource", path)
    if found["page"] == "entity":
        found = await state.ask("entity", path=path)
        return await page(request, "entity.html", tag, found=found)
    if found["page"] == "document":
        found = await state.ask("document", path=path, texts=state.texts)
        return await page(request, "document.html", tag, found=found)
    return await page(request, "resource.html", tag, found=found, base=state.base)


def _paths(request: Request, prefix: str) -> list[str]:
    """Return the paths that an address may mean: as it stands, and with its escapes of other than ASCII resolved."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    path = raw.removeprefix(prefix.encode()).decode("ascii", "replace")
    try:
        plain = OTHER_ESCAPES.sub(lambda match: unquote_to_bytes(match[0]).decode("utf-8"), path)
    except UnicodeDecodeError:
        plain = path
    return [path] if plain == path else [path, plain]


def _number(text: str) -> int:
    return min(max(int(text), 1), 100_000) if text.isdecimal() and len(text) < 8 else 1
