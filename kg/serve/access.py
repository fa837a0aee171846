"""Who may ask: the token, the host names that are ours, other sites' scripts; and the headers that every page carries.

An ASGI application goes in, one that refuses strangers comes out.
"""

import hmac
from collections.abc import Awaitable, Sequence
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.reply import header, refuse

COOKIE = "kg-token"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OWN_POLICY = ("/explore/",)
"""Pages that bring a policy of their own: their scripts stand in them, and are named by their hashes."""
OWN = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
SECURE = [*OWN, (b"content-security-policy", POLICY.encode())]
"""The headers that every page carries."""


class Guarded:
    """Lets in who has the token, under the names of this host; a browser of another site gets answers only where it may.

    `token` None lets everybody in; `hosts` empty takes every name (a server on loopback takes only its own, so that a
    page elsewhere cannot reach it under a name of its own); `origins` are the sites whose scripts may ask, "*" all.
    """

    def __init__(self, app: ASGIApp, token: str | None, hosts: Sequence[str], origins: Sequence[str]):
        self.app, self.token, self.hosts, self.origins = app, token, frozenset(hosts), frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self._chosen(scope)(scope, receive, self._with_headers(send, scope))

    def _chosen(self, scope: Scope) -> ASGIApp:
        """Return what answers a request: the application, or a refusal."""
        if self.hosts:
            host = (header(scope, b"host") or "").lower()
            if (host.rpartition(":")[0] or host) not in self.hosts and host not in self.hosts:
                return refuse(421, "this server does not go by this name")
        if scope["method"] == "OPTIONS" and header(scope, b"access-control-request-method") is not None:
            found = {"Access-Control-Allow-Methods": "GET, HEAD, POST", "Access-Control-Max-Age": "600"}
            found["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type"
            return Response(status_code=204, headers=found if self._allows(header(scope, b"origin")) else {})
        if self.token is not None and not self._known(scope):
            return self._stranger(scope)
        return self.app

    def _known(self, scope: Scope) -> bool:
        assert self.token is not None
        scheme, _, given = (header(scope, b"authorization") or "").partition(" ")
        if scheme.lower() == "bearer":
            return _same(given.strip(), self.token)
        try:
            cookie = SimpleCookie(header(scope, b"cookie") or "").get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and _same(cookie.value, self.token)

    def _stranger(self, scope: Scope) -> Response:
        """Take the token out of the address into a cookie, or refuse."""
        assert self.token is not None
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in pairs if name == "token"]
        if not given or not _same(given[0], self.token) or scope["method"] not in {"GET", "HEAD"}:
            return refuse(
                401,
                "this server wants its token: open the address with ?token=… that kg serve printed, "
                "or send Authorization: Bearer …",
                {"WWW-Authenticate": "Bearer"},
            )
        rest = urlencode([(name, value) for name, value in pairs if name != "token"])
        path = "/" + scope.get("raw_path", b"/").decode("latin-1").partition("?")[0].lstrip("/")
        response = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
        return response

    def _allows(self, origin: str | None) -> bool:
        return "*" in self.origins or (origin or "") in self.origins

    def _with_headers(self, send: Send, scope: Scope) -> Send:
        secure = OWN if scope["path"].startswith(OWN_POLICY) else SECURE
        origin = header(scope, b"origin")

        def sending(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *secure]
                if origin and self._allows(origin):
                    found = MutableHeaders(raw=message["headers"])
                    found["Access-Control-Allow-Origin"] = "*" if "*" in self.origins else origin
                    found.add_vary_header("Origin")
            return send(message)

        return sending


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())
