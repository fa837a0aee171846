"""The server's end of a process that makes workers (`kg.serve.zygote`).

In go an output folder and limits, out come process ids. Calls wait for the other process: from the event loop they run
in a thread, so that a process that is slow to load holds nobody up.
"""

import contextlib
import pickle
import socket
import subprocess
import sys
import threading

Job = tuple[str, str, int]
"""The output folder, the base of the resources, and how many bytes a worker may allocate."""


class Zygote:
    """A process that forks workers; started again when it died. `prepared` ones have loaded what draws pages."""

    def __init__(self, *, prepared: bool = False):
        self._prepared = prepared
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the process; it loads its libraries on its own time."""
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "kg.serve.zygote", *(["--prepare"] if self._prepared else [])]
        with theirs:
            self._process = subprocess.Popen(command, stdin=theirs.fileno(), close_fds=True)

    def stop(self) -> None:
        """End the process and its workers."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def fork(self, file: int, job: Job) -> int:
        """Make a worker that answers on the socket `file`; return its process id."""
        with self._lock:
            try:
                return self._fork(file, job)
            except (OSError, EOFError):
                self.stop()
                self.start()
                return self._fork(file, job)

    def kill(self, process: int) -> None:
        """End a worker; the command waits in the socket until the process has time."""
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.send(pickle.dumps(("kill", process)), socket.MSG_DONTWAIT)

    def _fork(self, file: int, job: Job) -> int:
        if self._control is None:
            raise EOFError
        socket.send_fds(self._control, [pickle.dumps(("fork", job))], [file])
        process: int = pickle.loads(self._control.recv(100))
        return process
