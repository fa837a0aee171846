"""The workers of a server and who may use them: a slow query holds nobody up, and every query can be killed.

In come calls, out go replies. A call first gets a quick worker for a moment of processor time; if it needs longer, it goes
on in one of a few slow places, or waits for one. Queries of a shape that was slow before wait for a slow place at once. When too many
wait, calls are turned away. Runs in the event loop of the server, as functions that call each other: a quick call costs
no task. Never opens the store itself.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from kg.serve.channel import TICKS, Worker, start_worker
from kg.serve.forks import Zygote
from kg.serve.limits import Limits
from kg.serve.worker import BROKEN, BUSY, REFUSED, Call, Reply

SHORTEST = 0.1
"""Seconds of processor time that a query gets of a quick worker while others wait for one."""
STARVED = 5
"""How many times longer than that it may wait for the processor, on a machine that is busy with other things."""
PREPARED = frozenset({"neighbourhood"})
"""Tasks that need libraries which only some workers have loaded."""
REMEMBERED = 2_000
"""How many shapes of slow queries are remembered."""


@dataclass(slots=True, eq=False)
class Job:
    """A call on its way, and those who wait for the reply. `shape` stands for all calls that take about as long."""

    call: Call
    shape: Callable[[], str]
    reply: Reply | None = None
    waiters: set[asyncio.Future[None]] = field(default_factory=set)
    lane: "Lane | None" = None
    worker: Worker | None = None
    started: float = 0.0
    moved: bool = False
    timer: asyncio.TimerHandle | None = None

    async def wait(self, leaving: Callable[[], Awaitable[None]] | None = None) -> Reply | None:
        """Return the reply, or None where the client hangs up first: that is when `leaving` returns.

        A client is watched only once the reply takes longer than a moment.
        """
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        self.waiters.add(waiter)
        watch = None
        timer = None if leaving is None else loop.call_later(SHORTEST, _wake, waiter)
        try:
            if self.reply is None:
                await waiter
            if self.reply is None and leaving is not None:
                self.waiters.discard(waiter)
                waiter = loop.create_future()
                self.waiters.add(waiter)
                watch = asyncio.ensure_future(leaving())
                await asyncio.wait({waiter, watch}, return_when=asyncio.FIRST_COMPLETED)
            return self.reply
        finally:
            self.waiters.discard(waiter)
            if timer is not None:
                timer.cancel()
            if watch is not None:
                watch.cancel()

    def finish(self, reply: Reply) -> None:
        """Hand the reply to those who wait."""
        self.reply = reply
        self.stop_timer()
        for waiter in self.waiters:
            _wake(waiter)

    def stop_timer(self) -> None:
        """Let nothing more happen by the clock."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


@dataclass(slots=True, eq=False)
class Lane:
    """Places for jobs that run at a time, and the queue for them with its greatest length."""

    free: int
    most: int
    queue: deque[Job] = field(default_factory=deque)


class Pool:
    """The workers on one output folder."""

    def __init__(self, output: str, base: str, limits: Limits):
        self.limits, self._output, self._base = limits, output, base
        self._idle: list[Worker] = []
        self._quick = Lane(limits.quick, limits.queue)
        self._slow = Lane(limits.slow, limits.slow_queue)
        self._shapes: OrderedDict[str, None] = OrderedDict()
        self._hiring: set[asyncio.Task[None]] = set()
        self.generation = 0
        self._zygote, self._prepared = Zygote(), Zygote(prepared=True)

    def start(self) -> None:
        """Start the processes that make the workers."""
        self._loop = asyncio.get_running_loop()
        self._zygote.start()
        self._prepared.start()

    def stop(self) -> None:
        """End all workers."""
        for task in self._hiring:
            task.cancel()
        self._zygote.stop()
        self._prepared.stop()

    def renew(self) -> None:
        """Let no worker of the store as it was answer another call."""
        self.generation += 1
        self._shapes.clear()
        for worker in self._idle:
            worker.end()
        self._idle.clear()

    def submit(self, call: Call, shape: Callable[[], str]) -> Job:
        """Begin a call; the job has the reply in time."""
        job = Job(call, shape)
        self._enter(self._slow if call.task in PREPARED or self._was_slow(job) else self._quick, job)
        return job

    def abandon(self, job: Job) -> None:
        """Stop a job that nobody waits for any more."""
        if job.reply is not None:
            return
        job.finish(Reply(REFUSED, "nobody waits for the answer"))
        if job.worker is not None:
            self._dismiss(job)
        elif job.lane is not None and job in job.lane.queue:
            job.lane.queue.remove(job)

    async def run_apart(self, call: Call) -> Reply:
        """Run a call of the server's own in a worker that is nobody else's, and end that worker."""
        worker = await start_worker(self._zygote, (self._output, self._base, self.limits.memory), self.generation)
        answer: asyncio.Future[Reply] = self._loop.create_future()

        def done(reply: Reply | None, _: float) -> None:
            if not answer.done():
                answer.set_result(reply or Reply(REFUSED, "the worker died"))

        try:
            worker.ask(call, done)
            return await answer
        finally:
            worker.end()

    def _enter(self, lane: Lane, job: Job) -> None:
        job.lane = lane
        if lane.free:
            lane.free -= 1
            self._start(job)
        elif len(lane.queue) >= lane.most:
            what = "slow queries" if lane is self._slow else "requests"
            job.finish(Reply(BUSY, f"too many {what} are waiting"))
        else:
            lane.queue.append(job)
            job.timer = self._loop.call_later(self.limits.wait, self._tire, job)

    def _tire(self, job: Job) -> None:
        assert job.lane is not None
        job.lane.queue.remove(job)
        behind = "the query waited too long behind other slow ones"
        job.finish(Reply(BUSY, behind if job.lane is self._slow else "the request waited too long for its turn"))

    def _start(self, job: Job) -> None:
        """Give a worker to a job that has a place."""
        if job.call.task not in PREPARED:
            while self._idle:
                worker = self._idle.pop()
                if worker.generation == self.generation and not worker.dead:
                    self._put(worker, job)
                    return
                worker.end()
        task = self._loop.create_task(self._hire(job))
        self._hiring.add(task)
        task.add_done_callback(self._hiring.discard)

    async def _hire(self, job: Job) -> None:
        maker = self._prepared if job.call.task in PREPARED else self._zygote
        try:
            worker = await start_worker(maker, (self._output, self._base, self.limits.memory), self.generation)
        except (OSError, EOFError) as error:
            self._leave(job)
            job.finish(Reply(BROKEN, f"no process could be started for this: {error}"))
            return
        if job.reply is None:
            self._put(worker, job)
        else:
            self._keep(worker)
            self._leave(job)

    def _put(self, worker: Worker, job: Job) -> None:
        """Let a worker begin with a job."""
        job.worker, job.started = worker, self._loop.time()
        if job.lane is self._slow:
            worker.demote()
            job.timer = self._loop.call_later(job.call.seconds, self._stop, job)
        else:
            first = min(SHORTEST, self.limits.quantum, job.call.seconds)
            job.timer = self._loop.call_later(first, self._look_at, job)
        worker.ask(job.call, partial(self._answered, job))

    def _answered(self, job: Job, reply: Reply | None, spent: float) -> None:
        assert job.worker is not None
        worker, job.worker = job.worker, None
        job.stop_timer()
        if reply is None:
            reply = Reply(REFUSED, "the query took more memory than it may, and was stopped")
        elif job.lane is self._slow and not job.moved and spent < self.limits.quantum:
            self._shapes.pop(job.shape(), None)
        self._keep(worker)
        self._leave(job)
        job.finish(reply)

    def _keep(self, worker: Worker) -> None:
        """Keep a worker for other jobs, or end it."""
        fresh = worker.generation == self.generation and not worker.dead and not worker.demoted
        if fresh and len(self._idle) < self.limits.quick + self.limits.slow:
            self._idle.append(worker)
        else:
            worker.end()

    def _look_at(self, job: Job) -> None:
        """See how long a quick job may hold up others yet: less, when others wait.

        What counts is the processor time that the worker took, so that a busy machine makes no query a slow one.
        """
        assert job.worker is not None
        most = min(self.limits.quantum, job.call.seconds)
        allowed = min(SHORTEST, most) if self._quick.queue else most
        left = allowed - job.worker.taken()
        gone = self._loop.time() - job.started
        if left <= 0 or gone >= min(STARVED * allowed, job.call.seconds):
            self._move(job)
        else:
            job.timer = self._loop.call_later(max(left, 1 / TICKS), self._look_at, job)

    def _move(self, job: Job) -> None:
        """Move a job that is no quick one to a slow place; where none is free, it begins anew when one is."""
        assert job.worker is not None
        self._remember(job.shape())
        if self._slow.free:
            self._slow.free -= 1
            self._leave(job)
            job.lane, job.moved = self._slow, True
            job.worker.demote()
            left = job.started + job.call.seconds - self._loop.time()
            job.timer = self._loop.call_later(max(0.0, left), self._stop, job)
        else:
            self._dismiss(job)
            self._enter(self._slow, job)

    def _stop(self, job: Job) -> None:
        self._dismiss(job)
        job.finish(Reply(REFUSED, f"the query took longer than {job.call.seconds:g} seconds, and was stopped"))

    def _dismiss(self, job: Job) -> None:
        """End the worker of a job, and free its place."""
        assert job.worker is not None
        job.worker.end()
        job.worker = None
        self._leave(job)

    def _leave(self, job: Job) -> None:
        """Free the place of a job for the next one."""
        assert job.lane is not None
        lane, job.lane = job.lane, None
        lane.free += 1
        while lane.free and lane.queue:
            following = lane.queue.popleft()
            following.stop_timer()
            if lane is self._quick and self._was_slow(following):  # as another of its shape turned out meanwhile
                self._enter(self._slow, following)
            else:
                lane.free -= 1
                self._start(following)

    def _was_slow(self, job: Job) -> bool:
        return bool(self._shapes) and job.shape() in self._shapes

    def _remember(self, shape: str) -> None:
        self._shapes[shape] = None
        while len(self._shapes) > REMEMBERED:
            self._shapes.popitem(last=False)


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
