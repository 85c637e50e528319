"""Firefox, driven by its native protocol: WebDriver BiDi (https://w3c.github.io/webdriver-bidi/)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from websocket import create_connection

from tests.engines.engine import SCRIPT_SECONDS, START_SECONDS

if TYPE_CHECKING:
    from tests.engines.engine import Key

__all__ = ["Firefox"]

EXECUTABLE = "firefox-esr"
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
READ_LOG_EVERY_SECONDS = 0.05
KEYS: dict[Key, str] = {"Enter": "\ue007"}
WORKER_ENDED = "uncaught exception: undefined"
"""What Firefox 153 reports if a worker is terminated inside WebAssembly; no code can catch it."""

QUIET = """\
user_pref("app.normandy.enabled", false);
user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
user_pref("toolkit.telemetry.enabled", false);
"""
"""A profile that makes no requests to Mozilla."""


class Firefox:
    """Debian's Firefox ESR, or the one that PYRUN_FIREFOX names."""

    name = "Firefox ESR"
    ends_busy_workers = True

    def __enter__(self) -> Self:
        self._profile = tempfile.TemporaryDirectory(prefix="pyrun-firefox-", ignore_cleanup_errors=True)
        Path(self._profile.name, "user.js").write_text(QUIET, encoding="utf-8")
        log = Path(self._profile.name, "log")
        executable = os.environ.get("PYRUN_FIREFOX", EXECUTABLE)
        options = [
            "--headless",
            "--no-remote",
            "--profile",
            self._profile.name,
            "--remote-debugging-port",
            "0",
        ]
        with log.open("wb") as output:
            self._process = subprocess.Popen([executable, *options], stdout=output, stderr=output)
        try:
            self._connection = _Connection(self._address(log) + "/session")
            session = self._connection.call("session.new", capabilities={})
            self._connection.call("session.subscribe", events=["log.entryAdded"])
        except BaseException:
            self.__exit__()
            raise
        self._version = session["capabilities"]["browserVersion"]
        return self

    def __exit__(self, *_: object) -> None:
        if connection := getattr(self, "_connection", None):
            connection.call("browser.close")
            connection.close()
        else:
            self._process.kill()
        self._process.wait(START_SECONDS)
        self._profile.cleanup()

    @property
    def version(self) -> str:
        return self._version

    def new_tab(self) -> _Tab:
        user = self._connection.call("browser.createUserContext")["userContext"]
        return _Tab(self._connection, user)

    def _address(self, log: Path) -> str:
        deadline = monotonic() + START_SECONDS
        while monotonic() < deadline:
            if found := LISTENING.search(log.read_text(encoding="utf-8", errors="replace")):
                return found[1]
            try:
                self._process.wait(READ_LOG_EVERY_SECONDS)
                break
            except subprocess.TimeoutExpired:
                continue
        raise RuntimeError(f"Firefox did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


class _Connection:
    """Commands and their responses. A message in between is an event, which the tab it concerns keeps."""

    def __init__(self, url: str) -> None:
        self._socket = create_connection(url, suppress_origin=True, timeout=SCRIPT_SECONDS)
        self._last = 0
        self.entries: list[dict[str, Any]] = []

    def call(self, method: str, **parameters: Any) -> Any:  # noqa: ANN401
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message["type"] == "event":
                self.entries.append(message["params"])
            elif message["id"] == self._last:
                break
        if message["type"] == "error":
            raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
        return message["result"]

    def close(self) -> None:
        self._socket.close()


class _Tab:
    def __init__(self, connection: _Connection, user: str) -> None:
        self._connection = connection
        self._user = user
        self.leave_open()

    def leave_open(self) -> None:
        created = self._connection.call("browsingContext.create", type="tab", userContext=self._user)
        self._context = created["context"]

    def open(self, url: str) -> None:
        self._connection.call("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def call(self, function: str, *arguments: Any) -> Any:  # noqa: ANN401
        called = f"await ({function})(...JSON.parse(values))"
        answer = self._connection.call(
            "script.callFunction",
            functionDeclaration=f"async (values) => JSON.stringify([{called}])",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])[0]

    def type(self, text: str) -> None:
        actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self._connection.call("input.performActions", context=self._context, actions=[keyboard])

    def press(self, key: Key) -> None:
        self.type(KEYS[key])

    def complaints(self) -> list[str]:
        self._connection.call("session.status")  # read the pending events
        entries, self._connection.entries = self._connection.entries, []
        errors = [entry for entry in entries if entry["level"] == "error" and entry["text"] != WORKER_ENDED]
        return [f"{entry['type']}: {entry['text']}" for entry in errors]

    def close(self) -> None:
        self._connection.call("browser.removeUserContext", userContext=self._user)
