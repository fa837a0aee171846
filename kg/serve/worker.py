"""A worker process: it opens the store read-only and runs one task after the other, within its limits.

In come calls over a socket, each a task's name, its arguments, its seconds and when it must begin at the latest; out goes
a reply to each, in the same order, with the processor time taken so far. Memory and time are limited by the system, from
inside: a worker that takes too much dies even where the server is gone. It never writes.
"""

import pickle
import resource
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import InputError, KgError, QueryError
from kg.graph.query import Querier
from kg.graph.store import open_store
from kg.serve.tasks import TASKS, TooLargeError

LENGTH = struct.Struct("!Q")
PIECE = 65_536
GRACE = 2.0
"""Seconds after which a worker ends itself when the server did not kill it."""

DONE, WRONG, MISSING, REFUSED, BROKEN, BUSY = "done", "wrong", "missing", "refused", "broken", "busy"
LATE = "late"
"""How a call went: answered; the query is wrong; there is no such thing; a limit was reached; the store failed; too many
wait already, and the client may try again; not run, because the calls before it took too long."""


class Call(NamedTuple):
    """A task's name in TASKS, its arguments by name, and the seconds it may run."""

    task: str
    arguments: dict[str, Any]
    seconds: float


class Reply(NamedTuple):
    """How the call went, and what the task returned or the message why not."""

    status: str
    value: Any


def work(connection: socket.socket, output: str, base: str, memory: int) -> None:
    """Answer calls until the server hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    opened = cache(lambda: Querier(open_store(Path(output)), base))
    for data in incoming(connection):
        *call, latest = pickle.loads(data)
        if time.monotonic() > latest:
            reply = Reply(LATE, None)
        else:
            signal.setitimer(signal.ITIMER_REAL, call[-1] + GRACE)
            reply = answer(opened, Call(*call))
        send(connection, pickle.dumps((*reply, time.process_time()), protocol=pickle.HIGHEST_PROTOCOL))


def answer(opened: Callable[[], Querier], call: Call) -> Reply:
    """Run one call on a store, which is opened for the first one."""
    try:
        return Reply(DONE, TASKS[call.task](opened(), **call.arguments))
    except TooLargeError as error:
        return Reply(REFUSED, str(error))
    except MemoryError:
        return Reply(REFUSED, "the query needs more memory than it may take")
    except QueryError as error:
        return Reply(WRONG, error.shown())
    except InputError as error:
        return Reply(MISSING, str(error))
    except (KgError, OSError, RuntimeError, ValueError) as error:
        return Reply(BROKEN, f"{type(error).__name__}: {error}")


def send(connection: socket.socket, data: bytes) -> None:
    """Send one message with its length."""
    connection.sendall(LENGTH.pack(len(data)) + data)


def incoming(connection: socket.socket) -> Iterator[bytes]:
    """Yield the messages until the other end hangs up; while none is here, no alarm runs."""
    data, piece = bytearray(), memoryview(bytearray(PIECE))
    while size := connection.recv_into(piece):
        data += piece[:size]
        while len(data) >= LENGTH.size and len(data) >= (end := LENGTH.size + LENGTH.unpack_from(data)[0]):
            yield bytes(data[LENGTH.size : end])
            del data[:end]
        signal.setitimer(signal.ITIMER_REAL, 0)
