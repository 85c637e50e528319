"""Read sites whose pages are not those of scenarios: of other plugins, extensions, themes and generators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.live_page import Cell
from tests.browser.watch import Watch
from tests.environments.environment import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.browser.server import SiteServer

__all__ = ["Visits", "git", "outputs"]


class Visits:
    """Opens pages, each in a separate browser context. What the browser complains about fails the test."""

    def __init__(self, new_context: Callable[..., BrowserContext], served: SiteServer) -> None:
        self._new_context = new_context
        self._served = served
        self._watches: list[Watch] = []

    def __call__(
        self,
        address: Path | str,
        *allowed: str,
        before: Callable[[BrowserContext], object] | None = None,
    ) -> Page:
        """Return the page. ``address`` is that of a file on the server, or a URL.

        ``before`` sets up the context; complaints that match ``allowed`` are expected.
        """
        if isinstance(address, Path):
            address = self.url(address)
        context = self._new_context()
        if before:
            before(context)
        watch = Watch(context, address)
        watch.allow(*allowed)
        self._watches.append(watch)
        page = context.new_page()
        page.goto(address)
        return page

    def url(self, path: Path) -> str:
        """The URL of a file or a folder on the server."""
        return self._served.url + path.relative_to(self._served.folder).as_posix()

    def check(self) -> None:
        """Fail if there was any unexpected complaint."""
        for watch in self._watches:
            watch.check()


def outputs(page: Page) -> list[str]:
    """Run the examples that are in sight, in order, and return what they print."""
    return [Cell(cell).run_to("done").strip() for cell in page.locator("pyrun-cell:visible").all()]


def git(*arguments: str, cwd: Path) -> None:
    """Run git with an author."""
    author = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    run("git", *author, *arguments, cwd=cwd)
