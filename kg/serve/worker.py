"""A worker process: it opens the store read-only and runs one task after the other, within its limits.

In come calls over a socket, each a task's name, its arguments and its seconds; out go replies with the processor time taken so far. Memory and time are
limited by the system, from inside: a worker that takes too much dies even where the server is gone. It never writes.
"""

import pickle
import resource
import signal
import socket
import struct
import time
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
"""How a call went: answered; the query is wrong; there is no such thing; a limit was reached; the store failed; too many
wait already, and the client may try again."""


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
    querier: Querier | None = None
    while (data := receive(connection)) is not None:
        call = Call(*pickle.loads(data))
        signal.setitimer(signal.ITIMER_REAL, call.seconds + GRACE)
        try:
            if querier is None:
                querier = Querier(open_store(Path(output)), base)
            reply = Reply(DONE, TASKS[call.task](querier, **call.arguments))
        except TooLargeError as error:
            reply = Reply(REFUSED, str(error))
        except MemoryError:
            reply = Reply(REFUSED, "the query needs more memory than it may take")
        except QueryError as error:
            reply = Reply(WRONG, error.shown())
        except InputError as error:
            reply = Reply(MISSING, str(error))
        except (KgError, OSError, RuntimeError, ValueError) as error:
            reply = Reply(BROKEN, f"{type(error).__name__}: {error}")
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(connection, pickle.dumps((*reply, time.process_time()), protocol=pickle.HIGHEST_PROTOCOL))


def send(connection: socket.socket, data: bytes) -> None:
    """Send one message with its length."""
    connection.sendall(LENGTH.pack(len(data)) + data)


def receive(connection: socket.socket) -> bytes | None:
    """Return the next message, or None where the other end hung up. Messages come one at a time."""
    data = bytearray()
    size = LENGTH.size
    while len(data) < size:
        piece = connection.recv(PIECE)
        if not piece:
            return None
        data += piece
        if len(data) >= LENGTH.size:
            size = LENGTH.size + LENGTH.unpack_from(data)[0]
    return bytes(data[LENGTH.size :])
