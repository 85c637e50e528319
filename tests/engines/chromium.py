"""Chromium, driven by Playwright."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.engines.engine import SCRIPT_SECONDS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage

    from tests.engines.engine import Key

__all__ = ["Chromium"]


class Chromium:
    """Chromium as readers run it. The browser of tests/browser does not optimize WebAssembly."""

    name = "Chromium"
    ends_busy_workers = True

    def __init__(self, browser_type: BrowserType, launch_options: dict[str, Any]) -> None:
        self._browser_type = browser_type
        self._launch_options = launch_options

    def __enter__(self) -> Self:
        self._browser = self._browser_type.launch(**{**self._launch_options, "args": CHROMIUM_ARGUMENTS})
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()

    @property
    def version(self) -> str:
        return self._browser.version

    def new_tab(self) -> _Tab:
        return _Tab(self._browser.new_context())


class _Tab:
    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._complaints: list[str] = []
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._complaints.append(f"uncaught: {error.error}"))
        self._page = context.new_page()

    def open(self, url: str) -> None:
        self._page.goto(url)

    def leave_open(self) -> None:
        self._page = self._context.new_page()

    def call(self, function: str, *arguments: Any) -> Any:  # noqa: ANN401
        # Not `evaluate`, which waits forever if the page doesn't answer.
        boxed = self._page.wait_for_function(
            f"async (values) => [await ({function})(...values)]",
            arg=list(arguments),
            timeout=SCRIPT_SECONDS * 1000,
        )
        return boxed.json_value()[0]

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def press(self, key: Key) -> None:
        self._page.keyboard.press(key)

    def complaints(self) -> list[str]:
        complaints, self._complaints = self._complaints, []
        return complaints

    def close(self) -> None:
        self._context.close()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "assert"}:
            self._complaints.append(f"console {message.type}: {message.text} ({message.location['url']})")
