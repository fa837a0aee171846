"""The limits of the server, with their defaults; read by everything that answers a request."""

import os
from dataclasses import dataclass
from typing import Any

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query and one client may take.

    `timeout` is in seconds, of running; `wait` the longest wait for a worker. `rows` counts solutions or triples,
    `size` is the largest answer and `body` the largest request, in bytes; `memory` is what a worker may allocate.
    `quick` workers answer what is new or known to be fast; a query that runs for longer than `quantum` seconds moves to
    one of the `slow` places, so that it holds nobody up. `queue` requests may wait, `slow_queue` of them for a slow place.
    `receive` seconds may pass until a request has come in whole, and until an answer has gone out another piece.
    """

    timeout: float = 10.0
    wait: float = 30.0
    rows: int = 100_000
    size: int = 64 * MEGABYTE
    body: int = MEGABYTE
    memory: int = 1024 * MEGABYTE
    quick: int = 2
    slow: int = 2
    quantum: float = 0.5
    queue: int = 2_000
    slow_queue: int = 16
    receive: float = 15.0
    connections: int = 2_000
    cache: int = 32 * MEGABYTE

    @classmethod
    def for_machine(cls, **given: Any) -> "Limits":
        """Return the defaults for this machine's processors, with the given values in their place, each of its field's type.

        One quick worker for each processor: it has calls ahead, and need not wait for the server.
        """
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
        workers = {"quick": max(2, processors), "slow": max(2, processors // 2)}
        return cls(**(workers | given))
