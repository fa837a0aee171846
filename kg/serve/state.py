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
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from kg.graph.store import STORE
from kg.saved_queries import SavedQuery
from kg.serve.limits import Limits
from kg.serve.pool import BusyError, Pool
from kg.serve.worker import BROKEN, DONE, MISSING, REFUSED, WRONG, Call, Reply

STATUS = {WRONG: 400, MISSING: 404, REFUSED: 503, BROKEN: 500}
WATCH = 1.0
"""Seconds between two looks at whether there is a new build."""
INDEXING = 3_600.0
"""Seconds that making the search index may take."""


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
        self.build = ""
        self.index: str | None = None
        self._looked = 0.0
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._kept_size = 0
        self._running: dict[str, asyncio.Task[Any]] = {}
        self._waiters: dict[str, int] = {}
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
            self._kept.clear()
            self._kept_size = 0
            if self._indexing is not None:
                self._indexing.cancel()
            self._indexing = asyncio.create_task(self._index(build))

    def tag(self, *parts: object) -> str:
        """Return the entity tag of an answer: the same for the same build and the same question."""
        return f'W/"{hashlib.sha256(repr((self.build, *parts)).encode()).hexdigest()[:24]}"'

    async def ask(self, task: str, shape: str | None = None, **arguments: Any) -> Any:
        """Return what a task returns, from memory where it is known. Raises AnswerError.

        `shape` tells which other calls take about as long; the task's name where it is None.
        """
        self.look()
        key = self.tag(task, sorted(arguments.items(), key=lambda item: item[0]))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._running:
            self._running[key] = asyncio.create_task(self._run(key, task, shape or task, arguments))
            self._waiters[key] = 0
        self._waiters[key] += 1
        running = self._running[key]
        try:
            return await asyncio.shield(running)
        finally:
            self._waiters[key] -= 1
            if not self._waiters[key]:
                self._running.pop(key, None)
                self._waiters.pop(key, None)
                running.cancel()

    async def _run(self, key: str, task: str, shape: str, arguments: dict[str, Any]) -> Any:
        call = Call(task, arguments, max(self.limits.timeout, SECONDS.get(task, 0.0)))
        build = self.build
        try:
            reply = await self.pool.run(call, shape)
            if reply.status == BROKEN:
                self._looked = 0.0
                self.look()
                if self.build != build:
                    reply = await self.pool.run(call, shape)
        except BusyError as error:
            raise AnswerError(503, f"busy: {error}. Try again in a moment") from error
        if reply.status != DONE:
            raise AnswerError(STATUS[reply.status], str(reply.value))
        if build == self.build:
            self._keep(key, reply.value)
        return reply.value

    def _keep(self, key: str, value: Any) -> None:
        size = len(value) if isinstance(value, bytes | str) else 20_000
        if size > self.limits.cache // 32:
            return
        self._kept[key] = value
        self._kept_size += size
        while self._kept_size > self.limits.cache:
            _, old = self._kept.popitem(last=False)
            self._kept_size -= len(old) if isinstance(old, bytes | str) else 20_000

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
