"""Work of the page while a reader types in a long example, and while one scrolls past many."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import CHROMIUM, CHROMIUM_FLAGS
from benchmarks.pages import write_page, write_site
from benchmarks.rows import PYRUN, Found, Row
from benchmarks.tasks import longest_task_ms
from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from benchmarks.bench import Bench

__all__ = ["EDITING"]

TIMEOUT_MS = 120_000
ROUNDS = 10

LINES = 5000
LONG = "".join(f"value_{number} = [{number}, 'text', None]  # a comment\n" for number in range(LINES))
KEY_LIMIT_MS = 16
"""A frame."""

CELLS = 100
SHORT = "numbers = [1, 2, 3]\nfor number in numbers:\n    print(number)\n"
SCROLL_LIMIT_MS = 50
"""What counts as a long task: https://www.w3.org/TR/longtasks-1/"""
WHEEL_PX = 400

QUIET_FRAMES = 60

_QUIET = """async (wanted) => {
  for (let quiet = 0; quiet < wanted; ) {
    const { didTimeout } = await new Promise((resolve) =>
      requestIdleCallback(resolve, { timeout: 30 }));
    quiet = didTimeout ? 0 : quiet + 1;
    await new Promise(requestAnimationFrame);
  }
}"""
_TWO_FRAMES = "() => new Promise((end) => requestAnimationFrame(() => requestAnimationFrame(end)))"


def measure(bench: Bench) -> Iterator[Found]:
    """Type into one page, and scroll another from its beginning to its end."""
    folder = bench.folder / "editing"
    folder.mkdir()
    write_site(folder, {"long": LONG})
    write_page(folder / "many.html", [SHORT] * CELLS)
    browser = bench.driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    try:
        with SiteServer(folder) as server:
            yield Found("key", PYRUN, typed(browser, f"{server.url}long-{PYRUN}.html", bench.some(ROUNDS)))
            scrolls = [scrolled(browser, f"{server.url}many.html") for _ in range(bench.some(ROUNDS))]
            yield Found("scroll", PYRUN, scrolls)
    finally:
        browser.close()


def typed(browser: Browser, url: str, times: int) -> list[float]:
    """The milliseconds of all tasks of the page from each key until it is painted."""
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(url, wait_until="networkidle")
    page.locator("pyrun-cell pre").click()
    page.locator(".cm-content[contenteditable=true]").wait_for()
    page.keyboard.press("Control+End")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def busy() -> float:
        page.evaluate(_TWO_FRAMES)
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return 1000 * float(metrics["TaskDuration"])

    # The whole text is parsed once, in slices.
    page.evaluate(_QUIET, QUIET_FRAMES)
    found = []
    for key in "abcdefghij"[: times + 1]:
        before = busy()
        idle = busy() - before
        page.keyboard.press(key)
        found.append(busy() - before - 2 * idle)
    page.close()
    return found[1:]


def scrolled(browser: Browser, url: str) -> float:
    """The milliseconds of the longest task while the reader turns the wheel over the examples."""
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(url, wait_until="networkidle")
    page.mouse.move(300, 300)
    page.locator("pyrun-cell").first.get_by_role("button", name="Run").wait_for()
    browser.start_tracing(page=page, categories=["toplevel", "blink.user_timing"])
    page.evaluate("performance.mark('scrolled')")
    while not at_end(page):
        page.mouse.wheel(0, WHEEL_PX)
        page.evaluate(_TWO_FRAMES)
    longest = longest_task_ms(json.loads(browser.stop_tracing())["traceEvents"], "scrolled")
    page.close()
    return longest


def at_end(page: Page) -> bool:
    """Whether the page is scrolled to its end."""
    return bool(page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1"))


EDITING = Group(
    "editing",
    "Work of the page while a reader types and scrolls",
    (
        Row("key", f"a key at the end of {LINES:,} lines", "ms", KEY_LIMIT_MS, limits_ratio=False),
        Row(
            "scroll",
            f"scrolling past {CELLS} examples: the longest task",
            "ms",
            SCROLL_LIMIT_MS,
            limits_ratio=False,
        ),
    ),
    measure,
)
