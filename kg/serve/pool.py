"""The workers of a server and who may use them: a slow query holds nobody up, and every query can be killed.

In come calls, out go replies. A call first gets a quick worker for a moment of processor time; if it needs longer, it goes
on in one of a few slow places, or waits for one. Queries of a shape that was slow before wait for a slow place at once.
While all quick workers are at work, each gets a few calls ahead, so that it need not wait for the next one; they go to
others as soon as the one before them takes long. When too many wait, calls are turned away. Runs in the event loop of the
server, as functions that call each other: a quick call costs no task. Never opens the store itself.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic

from kg.serve.channel import TICKS, Worker, start_worker
from kg.serve.forks import Zygote
from kg.serve.limits import Limits
from kg.serve.worker import BROKEN, BUSY, LATE, REFUSED, Call, Reply

SHORTEST = 0.1
"""Seconds of processor time that a query gets of a quick worker while others wait for one."""
PATIENCE = 0.02
"""Seconds that a query may be in the works before those behind it go to other workers."""
AHEAD = 8
"""Calls that a quick worker may have, the one in the works included."""
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
        self.be_called()
        for waiter in self.waiters:
            _wake(waiter)

    def be_called(self) -> None:
        """Wait for no turn any more."""
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
        self.limits, self._order = limits, (output, base, limits.memory)
        self._idle: list[Worker] = []
        self._busy: list[Worker] = []
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
        worker = job.worker
        if worker is None:
            if job.lane is not None and job in job.lane.queue:
                job.lane.queue.remove(job)
        elif worker.jobs[0] is job:
            self._dismiss(worker)
        else:
            worker.jobs[worker.jobs.index(job)] = None

    async def run_apart(self, call: Call) -> Reply:
        """Run a call of the server's own in a worker that is nobody else's, and end that worker."""
        answer: asyncio.Future[Reply] = self._loop.create_future()

        def answered(worker: Worker, reply: Reply | None, _: float) -> None:
            worker.jobs.popleft()
            if not answer.done():
                answer.set_result(reply or Reply(REFUSED, "the worker died"))

        worker = await start_worker(self._zygote, self._order, self.generation, answered)
        try:
            worker.jobs.append(call)
            worker.ask(call)
            return await answer
        finally:
            worker.end()

    def _enter(self, lane: Lane, job: Job) -> None:
        """Let a job begin, or wait for its turn."""
        job.lane = lane
        if lane.queue or not self._place(lane, job):
            if len(lane.queue) >= lane.most:
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

    def _place(self, lane: Lane, job: Job) -> bool:
        """Give a job a place of its own or one behind another job; tell whether there was one."""
        if lane.free:
            lane.free -= 1
            self._start(job)
            return True
        if lane is self._quick:
            ready = [worker for worker in self._busy if len(worker.jobs) < AHEAD and self._takes_more(worker)]
            if ready:
                self._put(min(ready, key=_calls), job)
                return True
        return False

    def _takes_more(self, worker: Worker) -> bool:
        return not worker.held_up and worker.generation == self.generation and not worker.dead

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
        assert job.lane is not None
        maker = self._prepared if job.call.task in PREPARED else self._zygote
        try:
            worker = await start_worker(maker, self._order, self.generation, self._answered)
        except (OSError, EOFError) as error:
            job.finish(Reply(BROKEN, f"no process could be started for this: {error}"))
            self._free(job.lane)
            return
        if job.reply is None:
            self._put(worker, job)
        else:
            self._keep(worker)
            self._free(job.lane)

    def _put(self, worker: Worker, job: Job) -> None:
        """Send a job to a worker."""
        job.worker = worker
        worker.jobs.append(job)
        if len(worker.jobs) > 1:
            worker.ask(job.call, monotonic() + PATIENCE)
            return
        worker.ask(job.call)
        if job.lane is self._slow:
            worker.demote()
        else:
            self._busy.append(worker)
        self._begin(worker)

    def _begin(self, worker: Worker) -> None:
        """Look after the job that a worker begins with."""
        worker.since, worker.held_up = self._loop.time(), False
        if worker.demoted:
            worker.watch(worker.jobs[0].call.seconds, self._stop)
        else:
            worker.watch(PATIENCE if worker.jobs[0] is not None else SHORTEST, self._look_at)

    def _answered(self, worker: Worker, reply: Reply | None, spent: float) -> None:
        """Take in a reply to the first job of a worker."""
        worker.rest()
        job: Job | None = worker.jobs.popleft()
        if reply is None:
            self._withdraw(worker, 0)
            reply = Reply(REFUSED, "the query took more memory than it may, and was stopped")
        if job is not None:
            job.worker = None
            if reply.status == LATE:
                self._return(job)
            else:
                if worker.demoted and not job.moved and spent < self.limits.quantum:
                    self._shapes.pop(job.shape(), None)
                job.finish(reply)
        if worker.jobs and not worker.dead and not worker.demoted:
            self._begin(worker)
            self._fill(self._quick)
        else:
            self._release(worker)

    def _look_at(self, worker: Worker) -> None:
        """See how long a quick job may hold up others yet: less, when others wait. Those right behind it wait no longer.

        What counts is the processor time that the worker took, so that a busy machine makes no query a slow one.
        """
        job: Job | None = worker.jobs[0]
        if job is None:  # nobody waits for it
            self._dismiss(worker)
            return
        worker.held_up = True
        self._withdraw(worker, 1)
        most = min(self.limits.quantum, job.call.seconds)
        allowed = min(SHORTEST, most) if self._quick.queue else most
        left = allowed - worker.taken()
        if left <= 0 or self._loop.time() - worker.since >= min(STARVED * allowed, job.call.seconds):
            self._move(worker, job)
        else:
            worker.watch(max(left, 1 / TICKS), self._look_at)

    def _withdraw(self, worker: Worker, start: int) -> None:
        """Take back the jobs of a worker from the one at `start` on: they go to others, and its replies are not read."""
        for place in reversed(range(start, len(worker.jobs))):
            if worker.jobs[place] is not None:
                self._return(worker.jobs[place])
                worker.jobs[place] = None
        self._fill(self._quick)

    def _return(self, job: Job) -> None:
        """Let a job that no worker began with have the next place."""
        job.worker = None
        self._quick.queue.appendleft(job)
        job.timer = self._loop.call_later(self.limits.wait, self._tire, job)

    def _move(self, worker: Worker, job: Job) -> None:
        """Move a job that is no quick one to a slow place; where none is free, it begins anew when one is."""
        self._remember(job.shape())
        if self._slow.free:
            self._slow.free -= 1
            job.lane, job.moved = self._slow, True
            worker.demote()
            worker.watch(max(0.0, worker.since + job.call.seconds - self._loop.time()), self._stop)
            self._busy.remove(worker)
            self._free(self._quick)
        else:
            self._dismiss(worker)
            self._enter(self._slow, job)

    def _stop(self, worker: Worker) -> None:
        job: Job = worker.jobs[0]
        self._dismiss(worker)
        job.finish(Reply(REFUSED, f"the query took longer than {job.call.seconds:g} seconds, and was stopped"))

    def _dismiss(self, worker: Worker) -> None:
        """End a worker in the midst of a job, and free its place."""
        if worker.jobs[0] is not None:
            worker.jobs[0].worker = None
        worker.end()
        self._withdraw(worker, 1)
        self._release(worker)

    def _release(self, worker: Worker) -> None:
        """Free the place of a worker, and keep it for other jobs or end it."""
        self._keep(worker)
        if worker in self._busy:
            self._busy.remove(worker)
            self._free(self._quick)
        else:
            self._free(self._slow)

    def _keep(self, worker: Worker) -> None:
        fresh = worker.generation == self.generation and not worker.dead and not worker.demoted
        if fresh and len(self._idle) < self.limits.quick + self.limits.slow:
            self._idle.append(worker)
        else:
            worker.end()

    def _free(self, lane: Lane) -> None:
        lane.free += 1
        self._fill(lane)

    def _fill(self, lane: Lane) -> None:
        """Let those who wait have the places that there are."""
        while lane.queue:
            job = lane.queue[0]
            if lane is self._quick and self._was_slow(job):  # as another of its shape turned out meanwhile
                lane.queue.popleft().be_called()
                self._enter(self._slow, job)
            elif self._place(lane, job):
                lane.queue.popleft().be_called()
            else:
                break

    def _was_slow(self, job: Job) -> bool:
        return bool(self._shapes) and job.shape() in self._shapes

    def _remember(self, shape: str) -> None:
        self._shapes[shape] = None
        while len(self._shapes) > REMEMBERED:
            self._shapes.popitem(last=False)


def _calls(worker: Worker) -> int:
    return len(worker.jobs)


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
