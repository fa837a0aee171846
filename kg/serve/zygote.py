"""The process that makes workers: it loads the libraries once and forks, so that a killed worker is soon replaced.

In come commands over a socket: a fork, with the socket that the new worker shall answer on, or a kill. Run as
`python -m kg.serve.zygote`; standard input is the socket. With `--prepare` the workers can draw neighbourhoods at once. It ends, and its workers with it, when the server does. It
opens no store and answers no query itself.
"""

import contextlib
import importlib
import os
import pickle
import signal
import socket
import sys

from kg.serve.worker import work

COMMAND = 65_536
"""The longest command in bytes."""


def main() -> None:
    """Serve fork and kill commands until the server hangs up."""
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    children: set[int] = set()
    if "--prepare" in sys.argv[1:]:
        importlib.import_module("kg.view.explorer")
    while True:
        data, files, _, _ = socket.recv_fds(control, COMMAND, 1)
        _reap(children)
        if not data:
            break
        command, argument = pickle.loads(data)
        if command == "fork":
            child = _fork(control, files[0], argument)
            children.add(child)
            os.close(files[0])
            control.sendall(pickle.dumps(child))
        elif argument in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(argument, signal.SIGKILL)
            os.waitpid(argument, 0)
            children.discard(argument)
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _fork(control: socket.socket, file: int, argument: tuple[str, str, int]) -> int:
    child = os.fork()
    if child:
        return child
    control.close()
    try:
        work(socket.socket(fileno=file), *argument)
    finally:
        sys.stderr.flush()
        os._exit(0)


def _reap(children: set[int]) -> None:
    for child in list(children):
        if os.waitpid(child, os.WNOHANG)[0]:
            children.discard(child)


if __name__ == "__main__":
    main()
