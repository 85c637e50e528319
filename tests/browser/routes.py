"""Requests that a test delays, breaks, or answers from a folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Request, Route

__all__ = ["Broken", "FromFolder", "Held", "Resettled", "ends_workers_late", "without_jspi", "without_python"]

NOT_FOUND = 404


class Held:
    """Requests that wait until the test releases them."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._routes: list[Route] = []
        self._is_open = False

    def __call__(self, context: BrowserContext) -> None:
        context.route(self._pattern, self._hold)

    def _hold(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._routes.append(route)

    def release(self) -> None:
        """Release all waiting requests, and let later ones through."""
        self._is_open = True
        for route in self._routes:
            route.continue_()
        self._routes.clear()


def without_python(context: BrowserContext) -> None:
    """Let Python never arrive, for tests that run nothing: to start it takes most of the time of a page."""
    Held(re.compile(r"/pyodide-[^/]+/"))(context)


class Broken:
    """Requests that fail until the test repairs them: by ``404``, ``abort``, or with a ``corrupt`` file."""

    def __init__(self, pattern: re.Pattern[str], how: str = "404") -> None:
        self._pattern = pattern
        self._how = how
        self.is_broken = True

    def __call__(self, context: BrowserContext) -> None:
        context.route(self._pattern, self._answer)

    def _answer(self, route: Route) -> None:
        if not self.is_broken:
            route.continue_()
        elif self._how == "abort":
            route.abort()
        elif self._how == "corrupt":
            route.fulfill(body="no such thing as a zip file", content_type="application/octet-stream")
        else:
            route.fulfill(status=NOT_FOUND, body="not here")


class FromFolder:
    """Another host that serves a folder to every origin, as public mirrors do."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._folder = folder
        self.requested: list[str] = []

    def __call__(self, context: BrowserContext) -> None:
        context.route(lambda url: url.startswith(self.url), self._answer)

    def _answer(self, route: Route, request: Request) -> None:
        self.requested.append(request.url)
        path = self._folder / urlsplit(request.url).path.rpartition("/")[2]
        types = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}
        route.fulfill(
            path=path,
            content_type=types.get(path.suffix, "application/octet-stream"),
            headers={"access-control-allow-origin": "*"},
        )


class Resettled:
    """A site whose settlement differs from the one that was built, until the test clears ``is_other``."""

    def __init__(self, change: Callable[[dict[str, Any]], object]) -> None:
        self._change = change
        self.is_other = True

    def __call__(self, context: BrowserContext) -> None:
        context.route(re.compile(r"/settlement\.json(\?|$)"), self._answer)

    def _answer(self, route: Route) -> None:
        if not self.is_other:
            return route.continue_()
        response = route.fetch()
        content = json.loads(response.body())
        self._change(content)
        return route.fulfill(response=response, body=json.dumps(content))


def without_jspi(context: BrowserContext) -> None:
    """Hide WebAssembly suspension from pages; pyrun's worker then removes it from its scope too."""
    context.add_init_script("delete WebAssembly.Suspending; delete WebAssembly.promising;")


def ends_workers_late(context: BrowserContext) -> None:
    """Let workers go on after their page has ended them, as in a busy browser: what they log is then seen."""
    context.add_init_script("""
        const { terminate } = Worker.prototype;
        Worker.prototype.terminate = function () {
            setTimeout(() => terminate.call(this), 1000);
        };
    """)
