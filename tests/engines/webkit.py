"""WebKitGTK, the engine of Safari, driven by its WebDriver on a virtual screen."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from selenium import webdriver
from selenium.common.exceptions import InvalidSessionIdException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from urllib3.exceptions import HTTPError

from tests.engines.engine import SCRIPT_SECONDS, START_SECONDS, BrowserLostError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.engines.engine import Key

__all__ = ["WebKit"]

DRIVER = "/usr/bin/WebKitWebDriver"
BROWSER = "/usr/lib/{machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser"
"""Debian's driver, which isn't on PATH; PYRUN_WEBKIT names another one."""

SCREEN = ("-screen", "0", "1280x1024x24", "-nolisten", "tcp")
SETTINGS = {
    # The sandbox needs bubblewrap and user namespaces, which a container doesn't have.
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    # Safari has SharedArrayBuffer in every isolated page; WebKitGTK 2.50 isolates pages, but doesn't provide
    # it.
    "JSC_useSharedArrayBuffer": "1",
}

ANSWER_SECONDS = SCRIPT_SECONDS + START_SECONDS
"""The longest time for a command. Selenium itself waits without a limit."""

PROCESS_ENDED = "Could not parse script result"
"""What the driver says if the process of the page ends before a script: the result is then an empty text.

Source/WebDriver/Session.cpp, executeScript, and Source/WebKit/UIProcess/Automation/WebAutomationSession.cpp,
evaluateJavaScriptFunction, in WebKit 2.50. A page that is reloaded gives another error.
"""

KEYS: dict[Key, str] = {"Enter": Keys.ENTER}


class WebKit:
    """The small browser that comes with WebKitGTK."""

    name = "WebKitGTK"
    ends_busy_workers = False

    def __enter__(self) -> Self:
        self._logs = tempfile.TemporaryDirectory(prefix="pyrun-webkit-", ignore_cleanup_errors=True)
        self._tabs: list[_Tab] = []
        self._screen, self._display = _start_screen()
        try:
            driver = _start_driver(self._display)
        except BaseException:
            self.__exit__()
            raise
        self._version = str(driver.capabilities["browserVersion"])
        driver.quit()
        return self

    def __exit__(self, *_: object) -> None:
        for tab in self._tabs:  # of tests that have failed: their workers would keep the processor busy
            tab.close()
        self._screen.terminate()
        self._screen.wait(START_SECONDS)
        self._logs.cleanup()

    @property
    def version(self) -> str:
        return self._version

    def new_tab(self) -> _Tab:
        """Start a browser for the page: its one process ends with all workers, busy or not."""
        log = Path(self._logs.name, f"{len(self._tabs)}.log")
        tab = _Tab(_start_driver(self._display, log), log)
        self._tabs.append(tab)
        return tab


def _start_screen() -> tuple[subprocess.Popen[bytes], str]:
    """Start an X server; return the display that it chose."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), *SCREEN]
    screen = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        display = answer.readline().strip()
    if not display:
        raise RuntimeError("Xvfb did not start")
    return screen, f":{display}"


def _start_driver(display: str, log: Path | None = None) -> webdriver.WebKitGTK:
    options = Options()
    options.binary_location = os.environ.get("PYRUN_WEBKIT", BROWSER.format(machine=os.uname().machine))
    options.add_argument("--automation")
    environment = {**os.environ, **SETTINGS, "DISPLAY": display}
    for is_last in (False, True):
        service = Service(DRIVER, env=environment, log_output=str(log) if log else None)
        # Seen once in some thousand starts: the driver never answers, and Selenium waits without a limit.
        watchdog = threading.Timer(4 * START_SECONDS, lambda service=service: service.process.kill())
        watchdog.start()
        try:
            with warnings.catch_warnings():
                # Selenium's warning about itself (4.51).
                warnings.filterwarnings("ignore", "setting remote_server_addr", DeprecationWarning)
                driver = webdriver.WebKitGTK(options=options, service=service)
        except (HTTPError, OSError, WebDriverException):
            if is_last:
                raise
        else:
            driver.set_script_timeout(SCRIPT_SECONDS)
            driver.command_executor.client_config.timeout = ANSWER_SECONDS
            return driver
        finally:
            watchdog.cancel()
    raise AssertionError("the second try returns or raises")


class _Tab:
    """All windows of a browser; calls act on the newest one."""

    def __init__(self, driver: webdriver.WebKitGTK, log: Path) -> None:
        self._driver = driver
        self._log = log
        self._is_open = True

    def open(self, url: str) -> None:
        with self._noticing_loss():
            self._driver.get(url)

    def leave_open(self) -> None:
        with self._noticing_loss():
            self._driver.switch_to.new_window("tab")

    def call(self, function: str, *arguments: Any) -> Any:  # noqa: ANN401
        with self._noticing_loss():
            answer = self._driver.execute_async_script(
                f"""
                const [values, done] = arguments;
                (async () => ({function})(...JSON.parse(values)))().then(
                    (value) => done({{ value: JSON.stringify([value]) }}),
                    (error) => done({{ error: String(error) }}),
                );
                """,
                json.dumps(arguments),
            )
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return json.loads(answer["value"])[0]

    def type(self, text: str) -> None:
        with self._noticing_loss():
            ActionChains(self._driver).send_keys(text).perform()

    def press(self, key: Key) -> None:
        self.type(KEYS[key])

    def complaints(self) -> list[str]:
        """None: WebKit's WebDriver doesn't report the console."""
        return []

    def close(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        with suppress(HTTPError, OSError, WebDriverException):  # a browser that is lost may not answer
            self._driver.quit()

    @contextmanager
    def _noticing_loss(self) -> Iterator[None]:
        try:
            yield
        except (HTTPError, OSError, WebDriverException) as error:
            is_answer = isinstance(error, WebDriverException)
            if is_answer and not isinstance(error, InvalidSessionIdException) and error.msg != PROCESS_ENDED:
                raise
            log = self._log.read_text(encoding="utf-8", errors="replace")
            raise BrowserLostError(f"{error}\n{log}") from error
