"""What the server keeps between requests: the pool, the answers given before, the search index, the build it serves.

In go calls, out come answers; equal calls at the same time are run once, and answers are kept as long as the build is
the same. A new build in the output folder is noticed and served without a restart. Nothing here knows HTTP but the
status that a failure stands for.
"""

import asyncio
import contextlib
import hashlib
import tempfile
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from kg.graph.store import STORE
from kg.saved_queries import SavedQuery
from kg.serve.limits import Limits
from kg.serve.lookup import Lookups
from kg.serve.pool import Job, Pool
from kg.serve.worker import BROKEN, BUSY, DONE, MISSING, REFUSED, WRONG, Call, Reply

STATUS = {WRONG: 400, MISSING: 404, REFUSED: 503, BROKEN: 500, BUSY: 503}
GONE = 499
"""The status of a request whose client hung up; nobody sees it."""
WATCH = 1.0
"""Seconds between two looks at whether there is a new build."""
INDEXING = 3_600.0
"""Seconds that making the search index may take."""
AROUND, TABLE = 500, 20_000
"""Bytes that keeping an answer takes beside the answer and the question, and those of an answer that is no text."""

Leaving = Callable[[], Awaitable[None]]
"""What returns when the client hangs up."""

SECONDS = {"neighbourhood": 30.0}
"""Seconds that a task of ours may take at least: drawing a large neighbourhood is no query."""


class AnswerError(Exception):
    """A call that went wrong: the HTTP status and the reason, for people."""

    def __init__(self, status: int, reason: str):
        super().__init__(reason)
        self.status, self.reason = status, reason


class State:
    """One server on one output folder."""

    def __init__(
        self,
        output: Path,
        base: str,
        limits: Limits,
        ontology: Path,
        saved: Mapping[str, SavedQuery],
        texts: Path | None = None,
    ):
        self.output, self.base, self.limits, self.ontology, self.saved = output, base, limits, ontology, saved
        self.texts = str(texts) if texts is not None else None
        self.pool = Pool(str(output), base, limits)
        self.lookups = Lookups(output, base)
        self.build = ""
        self.index: str | None = None
        self._looked = 0.0
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._kept_size = 0
        self._running: dict[str, Job] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="kg-serve-")
        self._indexing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the workers and begin to make the search index."""
        self.pool.start()
        self.look()

    async def stop(self) -> None:
        """End the workers and delete what was made beside the store."""
        if self._indexing is not None:
            self._indexing.cancel()
        self.pool.stop()
        self.lookups.close()
        self._folder.cleanup()

    def look(self) -> None:
        """Notice a new build."""
        now = monotonic()
        if self.build and now - self._looked < WATCH:
            return
        self._looked = now
        build = identify(self.output)
        if build and build != self.build:
            if self.build:
                self.pool.renew()
            self.build = build
            self.lookups.open()
            self._kept.clear()
            self._kept_size = 0
            if self._indexing is not None:
                self._indexing.cancel()
            self._indexing = asyncio.create_task(self._index(build))

    def tag(self, *parts: object) -> str:
        """Return the entity tag of an answer: the same for the same build and the same question."""
        return f'W/"{hashlib.blake2b(repr((self.build, *parts)).encode(), digest_size=12).hexdigest()}"'

    async def ask(
        self, task: str, shape: Callable[[], str] | None = None, *, leaving: Leaving | None = None, **arguments: Any
    ) -> Any:
        """Return what a task returns, from memory where it is known. Raises AnswerError.

        `shape` tells which other calls take about as long; the task's name where it is None. Where `leaving` is given,
        the work ends when the last client that waits for it hangs up.
        """
        self.look()
        build, key = self.build, f"{task} {arguments!r}"
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        call = Call(task, arguments, max(self.limits.timeout, SECONDS.get(task, 0.0)))
        reply = await self._share(f"{build} {key}", call, shape or (lambda: task), leaving)
        if reply.status == BROKEN:
            self._looked = 0.0
            self.look()
            if self.build != build:
                build = self.build
                reply = await self._share(f"{build} {key}", call, shape or (lambda: task), leaving)
        if reply.status != DONE:
            again = "busy: {}. Try again in a moment" if reply.status == BUSY else "{}"
            raise AnswerError(STATUS[reply.status], again.format(reply.value))
        if build == self.build:
            self._keep(key, reply.value)
        return reply.value

    async def _share(self, key: str, call: Call, shape: Callable[[], str], leaving: Leaving | None) -> Reply:
        """Run a call, or wait for the same one that runs already."""
        job = self._running.get(key)
        if job is None:
            job = self._running[key] = self.pool.submit(call, shape)
        try:
            reply = await job.wait(leaving)
        finally:
            if not job.waiters:
                self.pool.abandon(job)
                if self._running.get(key) is job:
                    del self._running[key]
        if reply is None:
            raise AnswerError(GONE, "the client has gone")
        return reply

    def _keep(self, key: str, value: Any) -> None:
        size = self._size(key, value)
        if key in self._kept or size > self.limits.cache // 32:
            return
        self._kept[key] = value
        self._kept_size += size
        while self._kept_size > self.limits.cache:
            self._kept_size -= self._size(*self._kept.popitem(last=False))

    @staticmethod
    def _size(key: str, value: Any) -> int:
        return AROUND + len(key) + (len(value) if isinstance(value, bytes | str) else TABLE)

    async def _index(self, build: str) -> None:
        """Make the search index of a build in a worker of its own, then use it."""
        self.index = None
        file = Path(self._folder.name) / f"search-{build}.sqlite"
        file.unlink(missing_ok=True)
        reply: Reply = await self.pool.run_apart(Call("index", {"file": str(file)}, INDEXING))
        if build == self.build and reply.status == DONE:
            self.index = str(file)
            for old in Path(self._folder.name).glob("search-*.sqlite"):
                if old != file:
                    with contextlib.suppress(OSError):
                        old.unlink()


def identify(output: Path) -> str:
    """Return a name for the build in an output folder: another one for another build, "" where there is none."""
    try:
        files = sorted((path.name, path.stat()) for path in (output / STORE).iterdir() if path.suffix != ".log")
    except OSError:
        return ""
    facts = [(name, stat.st_size, stat.st_mtime_ns) for name, stat in files if name not in {"LOCK", "LOG"}]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16] if facts else ""
