"""The workers of a server and who may use them: a slow query holds nobody up, and every query can be killed.

In come calls, out go replies. A call first gets a quick worker for a moment; if it needs longer, it goes on in one of a
few slow places, or waits for one. Queries of a shape that was slow before wait for a slow place at once. When too many
wait, calls are turned away. Runs in the event loop of the server; never opens the store itself.
"""

import asyncio
import contextlib
import os
import pickle
import socket
import subprocess
import sys
from collections import OrderedDict

from kg.serve.limits import Limits
from kg.serve.worker import LENGTH, REFUSED, Call, Reply

SHORTEST = 0.1
"""Seconds that a query gets of a quick worker while others wait for one."""
NICE = 15
"""How far slow queries stand back for quick ones, in the system's terms."""
REMEMBERED = 2_000
"""How many shapes of slow queries are remembered."""


class Busy(Exception):  # noqa: N818  a state, not an error of the query
    """Too many wait already; the client may try again."""


class Worker:
    """The server's end of one worker process."""

    def __init__(self, process: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, generation: int):
        self.process, self.generation = process, generation
        self._reader, self._writer = reader, writer
        self.demoted = False

    async def ask(self, call: Call) -> Reply:
        """Send a call and return the reply; EOFError where the worker died over it."""
        data = pickle.dumps(tuple(call), protocol=pickle.HIGHEST_PROTOCOL)
        self._writer.write(LENGTH.pack(len(data)) + data)
        try:
            (size,) = LENGTH.unpack(await self._reader.readexactly(LENGTH.size))
            return Reply(*pickle.loads(await self._reader.readexactly(size)))
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise EOFError from error

    def demote(self) -> None:
        """Let others have the processor first, for the rest of the worker's life."""
        self.demoted = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process, NICE)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


class Pool:
    """The workers on one output folder."""

    def __init__(self, output: str, base: str, limits: Limits):
        self.limits, self._output, self._base = limits, output, base
        self._idle: list[Worker] = []
        self._quick = asyncio.Semaphore(limits.quick)
        self._slow = asyncio.Semaphore(limits.slow)
        self._shapes: OrderedDict[str, None] = OrderedDict()
        self._waiting = self._waiting_slow = 0
        self.generation = 0
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> None:
        """Start the process that makes the workers."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "kg.serve.zygote"]
        self._zygote = subprocess.Popen(command, stdin=theirs.fileno(), close_fds=True)
        theirs.close()
        self._control = ours

    def stop(self) -> None:
        """End all workers."""
        if self._control is not None:
            self._control.close()
        if self._zygote is not None:
            try:
                self._zygote.wait(5)
            except subprocess.TimeoutExpired:
                self._zygote.kill()

    def renew(self) -> None:
        """Let no worker of the store as it was answer another call."""
        self.generation += 1
        self._shapes.clear()
        for worker in self._idle:
            self._end(worker)
        self._idle.clear()

    async def run(self, call: Call, shape: str) -> Reply:
        """Run a call. `shape` stands for all calls that take about as long. Raises Busy where too many wait."""
        if shape in self._shapes:
            return await self._run_slowly(call, shape)
        if self._waiting >= self.limits.queue:
            raise Busy("too many requests are waiting")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.wait):
                await self._quick.acquire()
        except TimeoutError as error:
            raise Busy("the request waited too long for its turn") from error
        finally:
            self._waiting -= 1
        place = _Place(self._quick)
        try:
            return await self._run_quickly(call, shape, place)
        finally:
            place.leave()

    async def run_apart(self, call: Call) -> Reply:
        """Run a call of the server's own in a worker that is nobody else's, and end that worker."""
        worker = await self._new_worker()
        try:
            return await worker.ask(call)
        except EOFError:
            return Reply(REFUSED, "the worker died")
        finally:
            self._end(worker)

    async def _run_quickly(self, call: Call, shape: str, place: "_Place") -> Reply:
        worker = await self._worker()
        answer = asyncio.ensure_future(worker.ask(call))
        try:
            await self._for_a_moment(answer, call)
            if answer.done():
                return self._finished(worker, answer)
            self._remember(shape)
            if not self._slow.locked():
                await self._slow.acquire()
                place.move(self._slow)
                worker.demote()
                await asyncio.wait({answer}, timeout=max(0.0, call.seconds - self.limits.quantum))
                return self._finished(worker, answer) if answer.done() else self._late(worker, answer, call)
            self._late(worker, answer, call)
        except asyncio.CancelledError:
            self._late(worker, answer, call)
            raise
        place.leave()
        return await self._run_slowly(call, shape)

    async def _run_slowly(self, call: Call, shape: str) -> Reply:
        if self._waiting_slow >= self.limits.slow_queue:
            raise Busy("too many slow queries are waiting")
        self._waiting_slow += 1
        try:
            async with asyncio.timeout(self.limits.wait):
                await self._slow.acquire()
        except TimeoutError as error:
            raise Busy("the query waited too long behind other slow ones") from error
        finally:
            self._waiting_slow -= 1
        try:
            loop = asyncio.get_running_loop()
            start = loop.time()
            worker = await self._worker()
            worker.demote()
            answer = asyncio.ensure_future(worker.ask(call))
            try:
                await asyncio.wait({answer}, timeout=call.seconds)
            except asyncio.CancelledError:
                self._late(worker, answer, call)
                raise
            if not answer.done():
                return self._late(worker, answer, call)
            if loop.time() - start < self.limits.quantum:
                self._shapes.pop(shape, None)
            return self._finished(worker, answer)
        finally:
            self._slow.release()

    async def _for_a_moment(self, answer: asyncio.Future[Reply], call: Call) -> None:
        """Wait for an answer for as long as it may hold up others: less, when others wait."""
        most = min(self.limits.quantum, call.seconds)
        await asyncio.wait({answer}, timeout=min(most, SHORTEST))
        if not answer.done() and not self._waiting:
            await asyncio.wait({answer}, timeout=most - SHORTEST)

    def _finished(self, worker: Worker, answer: asyncio.Future[Reply]) -> Reply:
        try:
            reply = answer.result()
        except EOFError:
            self._end(worker)
            return Reply(REFUSED, "the query took more memory than it may, and was stopped")
        if (
            worker.generation == self.generation
            and not worker.demoted
            and len(self._idle) < self.limits.quick + self.limits.slow
        ):
            self._idle.append(worker)
        else:
            self._end(worker)
        return reply

    def _late(self, worker: Worker, answer: asyncio.Future[Reply], call: Call) -> Reply:
        answer.cancel()
        self._end(worker)
        return Reply(REFUSED, f"the query took longer than {call.seconds:g} seconds, and was stopped")

    def _remember(self, shape: str) -> None:
        self._shapes[shape] = None
        while len(self._shapes) > REMEMBERED:
            self._shapes.popitem(last=False)

    async def _worker(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.generation == self.generation:
                return worker
            self._end(worker)
        return await self._new_worker()

    async def _new_worker(self) -> Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = self._fork(theirs.fileno())
            except (OSError, EOFError):
                self.stop()
                self.start()
                process = self._fork(theirs.fileno())
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
        return Worker(process, reader, writer, self.generation)

    def _fork(self, file: int) -> int:
        assert self._control is not None
        command = pickle.dumps(("fork", (self._output, self._base, self.limits.memory)))
        socket.send_fds(self._control, [command], [file])
        process: int = pickle.loads(self._control.recv(100))
        return process

    def _end(self, worker: Worker) -> None:
        worker.close()
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.send(pickle.dumps(("kill", worker.process)))


class _Place:
    """A place in a lane, which is left once, and may be changed for one in the other lane."""

    def __init__(self, lane: asyncio.Semaphore):
        self._lane: asyncio.Semaphore | None = lane

    def move(self, lane: asyncio.Semaphore) -> None:
        """Change to a place in another lane, which is taken already."""
        self.leave()
        self._lane = lane

    def leave(self) -> None:
        """Leave the place for the next one."""
        if self._lane is not None:
            self._lane.release()
            self._lane = None
