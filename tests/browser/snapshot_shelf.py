"""Snapshots of Python for test pages: each is made once and provided to every test that uses it."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from pyrun_core.settlement.folder import SETTLEMENT_FILE
from tests.browser.live_page import BOOT_TIMEOUT_MS
from tests.browser.routes import without_jspi
from tests.browser.server import BLANK_PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

__all__ = ["RESTORED", "SnapshotShelf"]

RESTORED = os.environ.get("PYRUN_TEST_SNAPSHOTS") == "1"
"""Whether the pages of all tests find a snapshot of their Python, as on a reader's second visit."""

LONGEST_MS = 10 * BOOT_TIMEOUT_MS
"""Time to start Python three times, and to unpack and import many packages, on a busy machine."""

# What the cells of a page say of the parts of a snapshot's key that don't come from the browser.
_REQUIREMENTS = re.compile(r' data-requirements="?([0-9a-f]+)')
_IMPORTS = re.compile(r' data-imports="[^"]*"')
_LOADER = re.compile(r'src="?([^" >]+/pyrun-[A-Z0-9]+\.js)')

_TELL_STARTS = """
document.addEventListener("pyrun:start", ({ detail }) => console.debug("pyrun:start", detail.snapshot));
"""
_TOLD = re.compile(r"pyrun:start (\w+)")

_RECORD = """
window.ends = [];
document.addEventListener("pyrun:snapshot", ({ detail }) => window.ends.push(detail.problem ?? ""));
document.addEventListener("pyrun:restart", ({ detail }) => window.ends.push(detail.reason));
document.addEventListener("pyrun:start", ({ detail }) => {
  if (detail.snapshot === "none") window.ends.push("it wants none");
});
"""

_TAKE = """async (shelf) => {
  const cache = await caches.open("pyrun-snapshots-2");
  const requests = await cache.keys();
  for (const [number, { url }] of requests.entries()) {
    const body = await (await cache.match(url)).blob();
    const put = await fetch(`${shelf}-${number}`, { method: "PUT", body });
    if (!put.ok) throw new Error(`status ${put.status}`);
  }
  return [requests.map(({ url }) => url), localStorage.getItem("pyrun-snapshot-secret")];
}"""

_LAY = """async ([shelf, urls, secret]) => {
  localStorage.setItem("pyrun-snapshot-secret", secret);
  await caches.delete("pyrun-snapshots-2");
  const cache = await caches.open("pyrun-snapshots-2");
  await Promise.all(urls.map(async (url, number) => cache.put(url, await fetch(`${shelf}-${number}`))));
}"""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        for name, value in {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "*",
            "Access-Control-Allow-Headers": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }.items():
            self.send_header(name, value)
        super().end_headers()

    def do_OPTIONS(self) -> None:
        self._say(HTTPStatus.NO_CONTENT)

    def do_PUT(self) -> None:
        Path(self.translate_path(self.path)).write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        self._say(HTTPStatus.CREATED)

    def _say(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@dataclass(frozen=True)
class _Snapshot:
    """The parts of a snapshot: their addresses in the cache, their URLs here, and the seal's secret."""

    source: str
    urls: list[str] = field(default_factory=list)
    secret: str = ""
    problem: str = ""


class SnapshotShelf:
    """Keeps snapshots in a folder, and serves it while the context is open."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._watched: list[BrowserContext] = []
        self._snapshots: dict[tuple[object, ...], _Snapshot] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        self._server.daemon_threads = True
        self.starts: Counter[tuple[str, str]] = Counter()
        """How often tests started Python, by test name and by what the page reports about the snapshot."""
        self.problems: dict[str, str] = {}
        """Why a page has no snapshot, by the page's address."""

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def supply(
        self,
        context: BrowserContext,
        folder: Path,
        base_url: str,
        address: str,
        before: Callable[[BrowserContext], object] | None = None,
    ) -> None:
        """Let the page at ``address`` find a snapshot.

        ``folder`` is the site published at ``base_url``; ``before`` sets up the context later.
        """
        if context not in self._watched:
            self._watched.append(context)
            context.add_init_script(_TELL_STARTS)
            context.on("console", self._note)
        if urlsplit(base_url).hostname != "127.0.0.1":
            return  # without https, browsers provide no cache
        parts = urlsplit(address)
        path = folder / parts._replace(query="", fragment="").geturl().removeprefix(base_url)
        html = (path / "index.html" if path.is_dir() else path).read_text(encoding="utf-8")
        loaders = [urljoin(address, src) for src in _LOADER.findall(html)]
        if not loaders or " data-no-snapshots" in html:
            return
        settlement = folder / urljoin(loaders[0], SETTLEMENT_FILE).removeprefix(base_url)
        content = json.loads(settlement.read_text(encoding="utf-8"))
        if not content["pyodide"]["snapshots"]:
            return
        suspends = before is not without_jspi
        start = {
            name for key in _REQUIREMENTS.findall(html) for name in content["examples"][key].get("start", ())
        }
        wanted = (
            content["pyodide"]["url"],
            content["lock"]["url"],
            *sorted({*start, *_IMPORTS.findall(html)}),
        )
        key = (*loaders, suspends, parts.query, *wanted)
        if key not in self._snapshots:
            self._snapshots[key] = self._make(address, suspends=suspends)
        snapshot = self._snapshots[key]
        with _blank_page(context, base_url) as page:
            page.evaluate(_LAY, [snapshot.source, snapshot.urls, snapshot.secret])

    def _make(self, address: str, *, suspends: bool) -> _Snapshot:
        source = f"http://127.0.0.1:{self._server.server_port}/{len(self._snapshots)}"
        context = self._browser.new_context()
        if not suspends:
            without_jspi(context)
        context.add_init_script(_RECORD)
        try:
            page = context.new_page()
            page.route(address, _start_nothing)
            page.goto(address)
            page.get_by_role("button", name="Run", exact=True).first.dispatch_event("pointerenter")
            page.wait_for_function("() => window.ends.length > 0", timeout=LONGEST_MS)
            problem = page.evaluate("window.ends[0]")
            if problem:
                self.problems[address] = problem
                return _Snapshot(source, problem=problem)
            with _blank_page(context, address) as blank:
                urls, secret = blank.evaluate(_TAKE, source)
                return _Snapshot(source, urls, secret)
        finally:
            context.close()

    def _note(self, message: ConsoleMessage) -> None:
        if told := _TOLD.fullmatch(message.text):
            test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
            self.starts[test, told[1]] += 1

    def report(self) -> Iterator[str]:
        """Lines that report the results."""
        total = Counter[str]()
        for (_, how), number in self.starts.items():
            total[how] += number
        yield f"snapshots made: {len(self._snapshots)}; Python started: {dict(total)}"
        yield from (f"without a snapshot: {address}: {why}" for address, why in self.problems.items())
        for (test, how), number in self.starts.items():
            if how != "used":
                yield f"{number} x {how}: {test}"


def _start_nothing(route: Route) -> None:
    """Serve the page so that Python starts only on request and runs nothing."""
    response = route.fetch()
    html = re.sub(r" data-autorun| data-load=\"\w+\"", "", response.text())
    route.fulfill(response=response, body=html)


@contextmanager
def _blank_page(context: BrowserContext, base_url: str) -> Iterator[Page]:
    """Open an empty page of the site, without the site's policy."""
    page = context.new_page()
    # A route can't supply this page: it would belong to no address space, so the browser would refuse its
    # requests to this machine.
    page.goto(urljoin(base_url, BLANK_PAGE))
    yield page
    page.close()
