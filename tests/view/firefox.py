"""A driver of Firefox for the tests of the page: WebDriver BiDi over a websocket, which Debian's Firefox ESR speaks itself.

Playwright cannot drive it: its protocol is that of a Firefox of its own. Starts the browser with an empty profile,
opens files, evaluates scripts, presses keys, and keeps what the page asked for and what it complained about.
"""

import itertools
import json
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
START_SECONDS = 60.0
ANSWER_SECONDS = 60.0

KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "ArrowDown": "\ue015"}


class Firefox:
    """A running Firefox with one tab. Close it with `stop`."""

    def __init__(self, program: str, folder: Path) -> None:
        (folder / "profile").mkdir()
        self.log = folder / "firefox.log"
        command = [
            program,
            "--headless",
            "--no-remote",
            "--profile",
            str(folder / "profile"),
            "--remote-debugging-port",
            "0",
        ]
        with self.log.open("wb") as out:
            self.process = subprocess.Popen([*command, "about:blank"], stdout=out, stderr=out)
        self.ids = itertools.count(1)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        try:
            self.socket: ClientConnection = connect(f"{self._address()}/session", max_size=None, proxy=None)
            self.send("session.new", capabilities={})
            self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
            self.tab = self.send("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.process.kill()
            raise

    def _address(self) -> str:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            found = LISTENING.search(self.log.read_text(encoding="utf-8", errors="replace"))
            if found:
                return found[1]
            time.sleep(0.2)
        raise RuntimeError(f"Firefox did not start:\n{self.log.read_text(encoding='utf-8', errors='replace')[-2000:]}")

    def send(self, method: str, **params: Any) -> Any:
        """Send a command and return its result; events that come in between are taken down."""
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=ANSWER_SECONDS))
            if message.get("type") == "event":
                self._note(message["method"], message["params"])
            elif message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "log.entryAdded":
            self.complaints.append(f"{params.get('level')}: {params.get('text')}")
        else:
            self.requests.append(params["request"]["url"])

    def open(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        self.send("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def run(self, expression: str) -> Any:
        """Return what a script's expression gives: text, a number, a truth value or null."""
        answer = self.send("script.evaluate", expression=expression, target={"context": self.tab}, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def wait_for(self, expression: str, seconds: float = 20.0) -> None:
        """Wait until an expression is true; TimeoutError when it never is."""
        until = time.monotonic() + seconds
        while not self.run(f"Boolean({expression})"):
            if time.monotonic() > until:
                raise TimeoutError(expression)
            time.sleep(0.05)

    def press(self, keys: Sequence[str]) -> None:
        """Press keys one after the other: characters, or names such as "Enter".

        A headless window never has the focus, so keys reach the page and its fields, but press no buttons.
        """
        values = [KEYS.get(key, key) for key in keys]
        actions = [{"type": kind, "value": value} for value in values for kind in ("keyDown", "keyUp")]
        self.send("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": actions}])

    def click(self, x: float, y: float) -> None:
        """Click a place of the window."""
        moves: list[dict[str, Any]] = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.send(
            "input.performActions", context=self.tab, actions=[{"type": "pointer", "id": "mouse", "actions": moves}]
        )

    def stop(self) -> None:
        """Close the connection and end the browser that was started here."""
        self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
