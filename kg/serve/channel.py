"""The server's end of one worker process: a call goes out, its reply comes in, and the process can be ended.

Runs in the event loop of the server, without tasks: who calls gives a function that gets the reply.
"""

import asyncio
import contextlib
import os
import pickle
import socket
from collections.abc import Callable
from pathlib import Path
from typing import cast

from kg.serve.forks import Job as Order
from kg.serve.forks import Zygote
from kg.serve.worker import LENGTH, Call, Reply

NICE = 15
"""How far slow queries stand back for quick ones, in the system's terms."""
TICKS = os.sysconf("SC_CLK_TCK")

Done = Callable[[Reply | None, float], None]
"""What gets the reply, None where the worker died over the call, and the seconds of processor time that it took."""


class Worker(asyncio.Protocol):
    """One worker process, which answers one call after the other."""

    def __init__(self, zygote: Zygote, process: int, generation: int):
        self.process, self.generation, self._zygote = process, generation, zygote
        self.demoted = self.dead = False
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._done: Done | None = None
        self._spent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the way to the process."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take in a piece of a reply."""
        self._data += data
        if len(self._data) < LENGTH.size:
            return
        (size,) = LENGTH.unpack_from(self._data)
        if len(self._data) < LENGTH.size + size:
            return
        with memoryview(self._data) as view:
            status, value, spent = pickle.loads(view[LENGTH.size :])
        self._data.clear()
        before, self._spent = self._spent, spent
        self._tell(Reply(status, value), spent - before)

    def connection_lost(self, _: Exception | None) -> None:
        """Notice that the process is gone."""
        self.dead = True
        self._tell(None, 0.0)

    def ask(self, call: Call, done: Done) -> None:
        """Send a call, once the last one is answered."""
        assert self._transport is not None
        assert self._done is None
        self._done = done
        data = pickle.dumps(tuple(call), protocol=pickle.HIGHEST_PROTOCOL)
        self._transport.write(LENGTH.pack(len(data)) + data)

    def taken(self) -> float:
        """Return the seconds of processor time since the last reply; the time of day where the system hides it."""
        try:
            figures = Path(f"/proc/{self.process}/stat").read_bytes().rpartition(b")")[2].split()
            return (int(figures[11]) + int(figures[12])) / TICKS - self._spent
        except (OSError, IndexError, ValueError):
            return asyncio.get_running_loop().time()

    def demote(self) -> None:
        """Let others have the processor first, for the rest of the worker's life."""
        self.demoted = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process, NICE)

    def end(self) -> None:
        """Hang up, and end the process; nobody is told."""
        self.dead, self._done = True, None
        if self._transport is not None:
            self._transport.close()
        self._zygote.kill(self.process)

    def _tell(self, reply: Reply | None, spent: float) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(reply, spent)


async def start_worker(zygote: Zygote, order: Order, generation: int) -> Worker:
    """Make a worker. Raises OSError or EOFError where the process that makes them does not answer."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = await asyncio.to_thread(zygote.fork, theirs.fileno(), order)
    worker = Worker(zygote, process, generation)
    await asyncio.get_running_loop().create_connection(lambda: worker, sock=ours)
    return worker
