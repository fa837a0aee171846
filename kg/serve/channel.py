"""The server's end of one worker process: calls go out, their replies come in, and the process can be ended.

Runs in the event loop of the server, without tasks: who starts a worker gives a function that gets the replies.
"""

import asyncio
import contextlib
import math
import os
import pickle
import socket
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from kg.serve.forks import Job as Order
from kg.serve.forks import Zygote
from kg.serve.worker import LENGTH, Call, Reply

NICE = 15
"""How far slow queries stand back for quick ones, in the system's terms."""
TICKS = os.sysconf("SC_CLK_TCK")

Answered = Callable[["Worker", Reply | None, float], None]
"""What gets each reply, None where the worker died over the call, and the seconds of processor time that it took."""


class Worker(asyncio.Protocol):
    """One worker process, which answers calls in the order in which they come.

    `jobs` stands for the calls on their way, the first of them in the works, for whoever uses the worker: each reply is
    for the first one, which its receiver takes away. `since` is when that one was taken up, `timer` what looks after it.
    """

    def __init__(self, zygote: Zygote, process: int, generation: int, answered: Answered):
        self.process, self.generation, self._zygote, self._answered = process, generation, zygote, answered
        self.demoted = self.dead = self.held_up = False
        self.jobs: deque[Any] = deque()
        self.since = 0.0
        self.timer: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._spent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the way to the process."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take in a piece of the replies."""
        self._data += data
        while not self.dead and len(self._data) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._data)[0]
            if len(self._data) < end:
                return
            with memoryview(self._data) as view, view[LENGTH.size : end] as message:
                status, value, spent = pickle.loads(message)
            del self._data[:end]
            before, self._spent = self._spent, spent
            self._answered(self, Reply(status, value), spent - before)

    def connection_lost(self, _: Exception | None) -> None:
        """Notice that the process is gone."""
        if not self.dead:
            self.dead = True
            if self.jobs:
                self._answered(self, None, 0.0)

    def ask(self, call: Call, latest: float = math.inf) -> None:
        """Send a call, which is not run where the worker comes to it after `latest`, in seconds of the monotonic clock."""
        assert self._transport is not None
        data = pickle.dumps((*call, latest), protocol=pickle.HIGHEST_PROTOCOL)
        self._transport.write(LENGTH.pack(len(data)) + data)

    def watch(self, seconds: float, look: Callable[["Worker"], None]) -> None:
        """Let something look at the call in the works after some seconds, unless it is answered before."""
        self.timer = asyncio.get_running_loop().call_later(seconds, look, self)

    def rest(self) -> None:
        """Let nothing look at the worker any more."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

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
        self.dead = True
        self.rest()
        if self._transport is not None:
            self._transport.close()
            self._transport = None
            self._zygote.kill(self.process)


async def start_worker(zygote: Zygote, order: Order, generation: int, answered: Answered) -> Worker:
    """Make a worker. Raises OSError or EOFError where the process that makes them does not answer."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = await asyncio.to_thread(zygote.fork, theirs.fileno(), order)
    worker = Worker(zygote, process, generation, answered)
    await asyncio.get_running_loop().create_connection(lambda: worker, sock=ours)
    return worker
