"""The browsers of the audit. Python starts once in a page, whatever colours the page has after that."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.engines.firefox import Firefox
from tools.accessibility.audit import Audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page, ViewportSize

    from tools.accessibility.themes import Scheme

__all__ = ["BROWSERS", "Browser", "Opened", "PlaywrightTab"]

WINDOW: ViewportSize = {"width": 1280, "height": 900}


class PlaywrightTab:
    """A page that Playwright drives."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def call(self, function: str, *arguments: Any) -> Any:  # noqa: ANN401 - any JSON
        """Call a JavaScript function, given as text."""
        return self._page.evaluate(f"(values) => ({function})(...values)", list(arguments))


@dataclass(frozen=True)
class Opened:
    """A page that is open."""

    audit: Audit
    show: Callable[[Scheme], None]
    """Changes the colour scheme that the reader prefers."""


@dataclass(frozen=True)
class Browser:
    """A browser that runs."""

    name: str
    """With its version."""
    schemes: tuple[Scheme, ...]
    open: Callable[[str], AbstractContextManager[Opened]]
    """Opens the page at an address."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, through Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)

        @contextmanager
        def open_page(address: str) -> Iterator[Opened]:
            context = browser.new_context(color_scheme="light", viewport=WINDOW)
            page = context.new_page()
            page.goto(address)
            yield Opened(Audit(PlaywrightTab(page)), lambda scheme: page.emulate_media(color_scheme=scheme))
            context.close()

        yield Browser(f"Chromium {browser.version.partition('.')[0]}", ("light", "dark"), open_page)
        browser.close()


@contextmanager
def firefox() -> Iterator[Browser]:
    """Firefox, through WebDriver BiDi, which has no command for the colour scheme."""
    with Firefox() as browser:

        @contextmanager
        def open_page(address: str) -> Iterator[Opened]:
            tab = browser.new_tab()
            tab.open(address)
            yield Opened(Audit(tab), lambda _: None)
            tab.close()

        yield Browser(f"{browser.name} {browser.version.partition('.')[0]}", ("light",), open_page)


BROWSERS = (chromium, firefox)
