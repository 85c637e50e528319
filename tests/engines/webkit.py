"""WebKitGTK, the engine of Safari, driven by its WebDriver on a virtual screen."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import warnings
from typing import TYPE_CHECKING, Any, Self

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from urllib3.exceptions import HTTPError

from tests.engines.engine import SCRIPT_SECONDS, START_SECONDS

if TYPE_CHECKING:
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

KEYS: dict[Key, str] = {"Enter": Keys.ENTER}


class WebKit:
    """The small browser that comes with WebKitGTK."""

    name = "WebKitGTK"
    ends_busy_workers = False

    def __enter__(self) -> Self:
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
        self._screen.terminate()
        self._screen.wait(START_SECONDS)

    @property
    def version(self) -> str:
        return self._version

    def new_tab(self) -> _Tab:
        """Start a browser for the page: its one process ends with all workers, busy or not."""
        return _Tab(_start_driver(self._display))


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


def _start_driver(display: str) -> webdriver.WebKitGTK:
    options = Options()
    options.binary_location = os.environ.get("PYRUN_WEBKIT", BROWSER.format(machine=os.uname().machine))
    options.add_argument("--automation")
    environment = {**os.environ, **SETTINGS, "DISPLAY": display}
    for is_last in (False, True):
        service = Service(DRIVER, env=environment)
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
            return driver
        finally:
            watchdog.cancel()
    raise AssertionError("the second try returns or raises")


class _Tab:
    """All windows of a browser; calls act on the newest one."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.get(url)

    def leave_open(self) -> None:
        self._driver.switch_to.new_window("tab")

    def call(self, function: str, *arguments: Any) -> Any:  # noqa: ANN401
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
        ActionChains(self._driver).send_keys(text).perform()

    def press(self, key: Key) -> None:
        self.type(KEYS[key])

    def complaints(self) -> list[str]:
        """None: WebKit's WebDriver doesn't report the console."""
        return []

    def close(self) -> None:
        self._driver.quit()
