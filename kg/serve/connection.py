"""Connections that keep within time and size: a request that does not come in whole, or an answer that is not taken, is dropped.

Built on uvicorn's own protocol for HTTP/1.1, which waits for ever on both, and whose parser takes heads of any length.
Nothing here reads what is asked.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.serve.limits import Limits

LINGER = 2.0
"""Seconds that a client has to read a refusal while it is still sending a body that nobody wants."""
HEAD = 65_536
"""Bytes that the first line and the headers of a request may have."""
FRAMES = 10
"""How many times longer than itself the body of a request may be on the wire, where it comes in pieces."""


class Corked:
    """A transport that sends at once what is written in one turn of the event loop: the head of an answer with its body."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop):
        self._transport, self._loop = transport, loop
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """Tell whether the connection is closed, or is being closed."""
        return self._transport.is_closing()

    def write(self, data: bytes) -> None:
        """Send data, and what else is written in this turn."""
        if not self._pieces:
            self._loop.call_soon(self._flush)
        self._pieces.append(data)

    def close(self) -> None:
        """Send what was written, and close the connection."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._pieces:
            self._transport.writelines(self._pieces)
            self._pieces = []


def make_protocol(limits: Limits) -> type[asyncio.Protocol]:
    """Return the protocol class for uvicorn, with these limits."""

    class LimitedProtocol(HttpToolsProtocol):
        """HTTP/1.1 with a time limit on receiving a request and on each pause in sending its answer."""

        _receiving: asyncio.TimerHandle | None = None
        _sending: asyncio.TimerHandle | None = None
        _partial = True  # a request is awaited or has begun, and is not here as a whole
        _begun = False  # a request has begun in the data that came in last
        _long = False  # those data may hold a head that is too long
        _body = _around = 0  # bytes of the body of this request, and bytes that are none of it

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            super().connection_made(cast(asyncio.Transport, Corked(cast(asyncio.Transport, transport), self.loop)))
            self._receiving = self.loop.call_later(limits.receive, self._drop)

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timers()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            self._begun, self._long = False, len(data) > HEAD
            super().data_received(data)
            if self._partial:
                self._keep_within(len(data))
            elif self.cycle is not None and self.cycle.response_complete and not self.transport.is_closing():
                self._await_next()

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._partial = self._begun = True
            self._body = self._around = 0

        def on_headers_complete(self) -> None:
            if self._long and len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > HEAD:
                raise ValueError("the head of the request is too long")
            super().on_headers_complete()

        def on_body(self, body: bytes) -> None:
            super().on_body(body)
            self._body += len(body)
            if not self._begun:
                self._around -= len(body)

        def on_message_complete(self) -> None:
            super().on_message_complete()
            self._partial = False
            self._stop_receiving()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if not self._partial or self.transport.is_closing():
                return
            if self.cycle.response_complete and self.cycle.more_body:
                self._stop_receiving()
                self._receiving = self.loop.call_later(LINGER, self._drop)
            elif self._receiving is None and not self.pipeline:
                self._receiving = self.loop.call_later(limits.receive, self._drop)

        def pause_writing(self) -> None:
            super().pause_writing()
            if self._sending is None:
                self._sending = self.loop.call_later(limits.receive, self._drop)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._sending is not None:
                self._sending.cancel()
                self._sending = None

        def _keep_within(self, size: int) -> None:
            """See to it that a request that is not here as a whole comes to its end."""
            if not self._begun:  # what came before the request in the same data does not count
                self._around += size
            if self._around > HEAD + FRAMES * min(self._body, limits.body):
                self._drop()
            elif self._receiving is None and not self.pipeline:
                self._receiving = self.loop.call_later(limits.receive, self._drop)

        def _await_next(self) -> None:
            """Close a connection on which no other request comes, though the last one was answered before it ended."""
            if self.timeout_keep_alive_task is None:
                self.timeout_keep_alive_task = self.loop.call_later(
                    self.timeout_keep_alive, self.timeout_keep_alive_handler
                )

        def _drop(self) -> None:
            self._stop_timers()
            if self.transport is not None and not self.transport.is_closing():
                self.transport.abort()

        def _stop_receiving(self) -> None:
            if self._receiving is not None:
                self._receiving.cancel()
                self._receiving = None

        def _stop_timers(self) -> None:
            self._stop_receiving()
            if self._sending is not None:
                self._sending.cancel()
                self._sending = None

    return cast(type[asyncio.Protocol], LimitedProtocol)
