"""What a page with many live examples of docstrings costs before intent, compared with a page with one."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import CHROMIUM, CHROMIUM_FLAGS
from benchmarks.pages import example, write_site
from benchmarks.rows import BARE, PYRUN, Row, interleaved
from benchmarks.sites import HEAD
from pyrun_core.browser_files import bundled_files
from pyrun_core.examples.render import END_TAG, PageAsset, page_assets, start_tag
from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from benchmarks.bench import Bench
    from benchmarks.rows import Found

__all__ = ["MANY_CELLS"]

ROUNDS = 10
BLOCKS = 40
CODE = "numbers = [1, 2, 3]\nsum(numbers)\n\nmax(numbers)"
SESSION = ">>> numbers = [1, 2, 3]\n>>> sum(numbers)\n6\n\n>>> max(numbers)\n3\n"
TIMES = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
"""Seconds, as Chromium counts them."""


def measure(bench: Bench) -> Iterator[Found]:
    """Open a page whose 40 blocks are live, and one with the same blocks of which the first is live."""
    folder = bench.folder / "many-cells"
    folder.mkdir()
    write_site(folder, {"docstrings": CODE})
    for count in (0, 1, BLOCKS):
        write_page(folder, count)
    browser = bench.driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    try:
        with SiteServer(folder) as server:
            tries: dict[tuple[str, str], Callable[[], float]] = {
                (row, kind): lambda count=count, read=read: read(browser, f"{server.url}live-{count}.html")
                for row, read in (("cells-time", milliseconds), ("cells-requests", requests))
                for kind, count in ((BARE, 1), (PYRUN, BLOCKS))
            }
            yield from interleaved(bench.some(ROUNDS), tries, "many cells")
    finally:
        browser.close()


def write_page(folder: Path, live: int) -> None:
    """Write ``live-COUNT.html``, in which the first blocks are live."""
    files = bundled_files()
    block = f'<div class="doctest highlight"><pre>{html.escape(SESSION)}</pre></div>'
    tag = start_tag(example(CODE, "docstrings")).replace(">", " data-interactive>")
    assets = page_assets(PageAsset(f"./{files.loader}"), PageAsset(f"./{files.style}")) if live else ""
    blocks = [f"{tag}{block}{END_TAG}" if at < live else block for at in range(BLOCKS)]
    text = "".join(f"<h2>Function {at}</h2><p>It does a thing.</p>{one}" for at, one in enumerate(blocks))
    (folder / f"live-{live}.html").write_text(f"{HEAD}{assets}<body>{text}", encoding="utf-8")


def milliseconds(browser: Browser, url: str) -> float:
    """The time of scripts, styles and layout until the page has loaded."""
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(url)
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    page.close()
    return 1000 * sum(float(metrics[name]) for name in TIMES)


def requests(browser: Browser, url: str) -> float:
    """The requests of the page, with the one for itself."""
    page = browser.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(url, wait_until="networkidle")
    page.close()
    return float(len(seen))


MANY_CELLS = Group(
    "cells",
    "Before intent: 40 live examples of docstrings, compared with one of 40",
    (
        Row("cells-time", "scripts, styles and layout until the page has loaded", "ms"),
        Row("cells-requests", "requests of the page", "requests", 1.0),
    ),
    measure,
)
