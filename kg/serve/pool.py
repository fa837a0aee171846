"""The workers of a server and who may use them: a slow query holds nobody up, and every query can be killed.

In come calls, out go replies. A call first gets a quick worker for a moment of processor time; if it needs longer, it goes
on in one of a few slow places, or waits for one. Queries of a shape that was slow before wait for a slow place at once. When too many
wait, calls are turned away. Runs in the event loop of the server; never opens the store itself.
"""

import asyncio
import contextlib
import os
import pickle
import socket
from collections import OrderedDict
from pathlib import Path

from kg.serve.forks import Zygote
from kg.serve.limits import Limits
from kg.serve.worker import LENGTH, REFUSED, Call, Reply

SHORTEST = 0.1
"""Seconds of processor time that a query gets of a quick worker while others wait for one."""
STARVED = 5
"""How many times longer than that it may wait for the processor, on a machine that is busy with other things."""
PREPARED = frozenset({"neighbourhood"})
"""Tasks that need libraries which only some workers have loaded."""
NICE = 15
"""How far slow queries stand back for quick ones, in the system's terms."""
TICKS = os.sysconf("SC_CLK_TCK")
REMEMBERED = 2_000
"""How many shapes of slow queries are remembered."""


class BusyError(Exception):
    """Too many wait already; the client may try again."""


class Worker:
    """The server's end of one worker process."""

    def __init__(
        self,
        zygote: Zygote,
        process: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        generation: int,
    ):
        self.process, self.generation, self._zygote = process, generation, zygote
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

    def taken(self) -> float:
        """Return the seconds of processor time that the process has taken; the time of day where the system hides it."""
        try:
            figures = Path(f"/proc/{self.process}/stat").read_bytes().rpartition(b")")[2].split()
            return (int(figures[11]) + int(figures[12])) / TICKS
        except (OSError, IndexError, ValueError):
            return asyncio.get_running_loop().time()

    def demote(self) -> None:
        """Let others have the processor first, for the rest of the worker's life."""
        self.demoted = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process, NICE)

    def end(self) -> None:
        """Hang up, and end the process."""
        self._writer.close()
        self._zygote.kill(self.process)


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
        self._zygote, self._prepared = Zygote(), Zygote(prepared=True)

    def start(self) -> None:
        """Start the processes that make the workers."""
        self._zygote.start()
        self._prepared.start()

    def stop(self) -> None:
        """End all workers."""
        self._zygote.stop()
        self._prepared.stop()

    def renew(self) -> None:
        """Let no worker of the store as it was answer another call."""
        self.generation += 1
        self._shapes.clear()
        for worker in self._idle:
            worker.end()
        self._idle.clear()

    async def run(self, call: Call, shape: str) -> Reply:
        """Run a call. `shape` stands for all calls that take about as long. Raises BusyError where too many wait."""
        if shape in self._shapes or call.task in PREPARED:
            return await self._run_slowly(call, shape)
        if self._waiting >= self.limits.queue:
            raise BusyError("too many requests are waiting")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.wait):
                await self._quick.acquire()
        except TimeoutError as error:
            raise BusyError("the request waited too long for its turn") from error
        finally:
            self._waiting -= 1
        place = _Place(self._quick)
        if shape in self._shapes:  # another of this shape turned out to be slow, while this one waited
            place.leave()
            return await self._run_slowly(call, shape)
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
            worker.end()

    async def _run_quickly(self, call: Call, shape: str, place: "_Place") -> Reply:
        worker = await self._worker()
        before, loop = worker.taken(), asyncio.get_running_loop()
        until = loop.time() + call.seconds
        answer = asyncio.ensure_future(worker.ask(call))
        try:
            await self._for_a_moment(answer, call, worker, before)
            if answer.done():
                return self._finished(worker, answer)
            self._remember(shape)
            if not self._slow.locked():
                await self._slow.acquire()
                place.move(self._slow)
                worker.demote()
                await asyncio.wait({answer}, timeout=max(0.0, until - loop.time()))
                return self._finished(worker, answer) if answer.done() else self._late(worker, answer, call)
            self._late(worker, answer, call)
        except asyncio.CancelledError:
            self._late(worker, answer, call)
            raise
        place.leave()
        return await self._run_slowly(call, shape)

    async def _run_slowly(self, call: Call, shape: str) -> Reply:
        if self._waiting_slow >= self.limits.slow_queue:
            raise BusyError("too many slow queries are waiting")
        self._waiting_slow += 1
        try:
            async with asyncio.timeout(self.limits.wait):
                await self._slow.acquire()
        except TimeoutError as error:
            raise BusyError("the query waited too long behind other slow ones") from error
        finally:
            self._waiting_slow -= 1
        try:
            prepared = call.task in PREPARED
            worker = await self._new_worker(self._prepared) if prepared else await self._worker()
            worker.demote()
            before = worker.taken()
            answer = asyncio.ensure_future(worker.ask(call))
            try:
                await asyncio.wait({answer}, timeout=call.seconds)
            except asyncio.CancelledError:
                self._late(worker, answer, call)
                raise
            if not answer.done():
                return self._late(worker, answer, call)
            if worker.taken() - before < self.limits.quantum:
                self._shapes.pop(shape, None)
            return self._finished(worker, answer)
        finally:
            self._slow.release()

    async def _for_a_moment(self, answer: asyncio.Future[Reply], call: Call, worker: Worker, before: float) -> None:
        """Wait for an answer for as long as it may hold up others: less, when others wait.

        What counts is the processor time that the worker took since it had taken `before`, so that a busy machine makes
        no query a slow one.
        """
        loop = asyncio.get_running_loop()
        start = loop.time()
        allowed = most = min(self.limits.quantum, call.seconds)
        await asyncio.wait({answer}, timeout=min(most, SHORTEST))
        while not answer.done() and loop.time() < start + min(STARVED * allowed, call.seconds):
            allowed = SHORTEST if self._waiting else most
            left = allowed - (worker.taken() - before)
            if left <= 0:
                return
            await asyncio.wait({answer}, timeout=max(left, 1 / TICKS))

    def _finished(self, worker: Worker, answer: asyncio.Future[Reply]) -> Reply:
        try:
            reply = answer.result()
        except EOFError:
            worker.end()
            return Reply(REFUSED, "the query took more memory than it may, and was stopped")
        if (
            worker.generation == self.generation
            and not worker.demoted
            and len(self._idle) < self.limits.quick + self.limits.slow
        ):
            self._idle.append(worker)
        else:
            worker.end()
        return reply

    def _late(self, worker: Worker, answer: asyncio.Future[Reply], call: Call) -> Reply:
        answer.cancel()
        worker.end()
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
            worker.end()
        return await self._new_worker()

    async def _new_worker(self, zygote: Zygote | None = None) -> Worker:
        maker = zygote or self._zygote
        ours, theirs = socket.socketpair()
        with theirs:
            job = self._output, self._base, self.limits.memory
            process = await asyncio.to_thread(maker.fork, theirs.fileno(), job)
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
        return Worker(maker, process, reader, writer, self.generation)


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
