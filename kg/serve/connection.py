"""Connections that keep within time: a request that does not come in whole, or an answer that is not taken, is dropped.

Built on uvicorn's own protocol for HTTP/1.1, which waits for ever on both.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.serve.limits import Limits

LINGER = 2.0
"""Seconds that a client has to read a refusal while it is still sending a body that nobody wants."""


def make_protocol(limits: Limits) -> type[asyncio.Protocol]:
    """Return the protocol class for uvicorn, with these limits."""

    class TimedProtocol(H11Protocol):
        """HTTP/1.1 with a time limit on receiving a request and on each pause in sending its answer."""

        _receiving: asyncio.TimerHandle | None = None
        _sending: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._receiving = self.loop.call_later(limits.receive, self._drop)

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timers()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state in {h11.DONE, h11.MUST_CLOSE, h11.CLOSED}:
                self._stop_receiving()
            elif self._receiving is None:
                self._receiving = self.loop.call_later(limits.receive, self._drop)

        def on_response_complete(self) -> None:
            unread = self.conn.their_state is h11.SEND_BODY
            super().on_response_complete()
            self._stop_receiving()
            if unread and not self.transport.is_closing():
                self._receiving = self.loop.call_later(LINGER, self._drop)

        def pause_writing(self) -> None:
            super().pause_writing()
            if self._sending is None:
                self._sending = self.loop.call_later(limits.receive, self._drop)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._sending is not None:
                self._sending.cancel()
                self._sending = None

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

    found: Any = TimedProtocol
    return found  # type: ignore[no-any-return]
