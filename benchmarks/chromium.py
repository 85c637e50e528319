"""Chromium with a profile on disk, as readers have it. Without a profile, it caches differently."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import BrowserContext, Page, Playwright

__all__ = ["BARE_PAGE", "CHROMIUM", "CHROMIUM_FLAGS", "PYRUN_PAGE", "TIMEOUT_MS", "Reader", "Where"]

CHROMIUM = os.environ.get("PYRUN_CHROMIUM", "/usr/bin/chromium")
# The flags that Debian's Chromium needs in a container.
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
TIMEOUT_MS = 180_000

CLICKS = (Path(__file__).parent / "clicks.js").read_text(encoding="utf-8").rstrip().removesuffix(";")


@dataclass(frozen=True)
class Where:
    """Where the button and the output of a page are, for one kind of site."""

    button: str
    outputs: dict[str, str]
    """The selector of the output, by the kind of output."""


PYRUN_PAGE = Where(".run", {"text": "[role=log] .text", "picture": "[role=log] img", "table": "table"})
BARE_PAGE = Where("button", {"text": "pre", "picture": "pre img", "table": "pre table"})


class Reader:
    """A reader with a separate browser."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context

    @staticmethod
    @contextmanager
    def with_profile(
        driver: Playwright, profile: Path, *flags: str, without: Sequence[str] = ()
    ) -> Iterator[Reader]:
        """Start Chromium ``without`` some of the driver's default flags, and close it at the end."""
        context = driver.chromium.launch_persistent_context(
            str(profile),
            executable_path=CHROMIUM,
            args=[*CHROMIUM_FLAGS, *flags],
            ignore_default_args=list(without),
        )
        context.set_default_timeout(TIMEOUT_MS)
        try:
            yield Reader(context)
        finally:
            context.close()

    @property
    def version(self) -> str:
        """The version that the browser reports."""
        page = self.context.new_page()
        session = self.context.new_cdp_session(page)
        version = str(session.send("Browser.getVersion")["product"]).partition("/")[2]
        page.close()
        return version

    @contextmanager
    def page(self, url: str) -> Iterator[Page]:
        """An open page that has loaded everything that it loads before a click."""
        page = self.context.new_page()
        try:
            page.goto(url, wait_until="networkidle")
            yield page
        finally:
            page.close()

    def forget_files(self, url: str) -> None:
        """Empty the HTTP cache and delete snapshots, as for a reader's first visit."""
        with self.page(url) as page:
            self.context.new_cdp_session(page).send("Network.clearBrowserCache")
            call(page, "forgetSnapshots")

    def forget_snapshots(self, url: str) -> None:
        """Delete snapshots, but keep the HTTP cache."""
        with self.page(url) as page:
            call(page, "forgetSnapshots")


def call(page: Page, name: str, *arguments: Any) -> Any:  # noqa: ANN401 - any JSON
    """Call a function of clicks.js in the page."""
    return page.evaluate(f"(values) => ({CLICKS}).{name}(...values)", list(arguments))


def until_shown(page: Page, where: Where, output: str, text: str = "") -> float:
    """Click, and return the milliseconds until the output appears, or until it contains ``text``."""
    return float(
        call(page, "untilShown", {"button": where.button, "outputs": where.outputs}, output, text),
    )
