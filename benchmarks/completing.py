"""The time from a key to the list of completions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import CHROMIUM, CHROMIUM_FLAGS
from benchmarks.pages import write_site
from benchmarks.rows import PYRUN, Found, Row
from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from benchmarks.bench import Bench

__all__ = ["COMPLETION"]

LIMIT_MS = 100
TIMEOUT_MS = 120_000
ROUNDS = 10

OBJECTS = """
import math, statistics
many = type("Many", (), {f"attribute_{number}": number for number in range(1000)})()
prices = {f"key {number}": number for number in range(1000)}
"""
LONG = "".join(f"value_{number} = math.sqrt({number})\n" for number in range(5000))

# What is typed before the last key, that key, and whether Python has run.
WRITTEN = {
    "words": ("the first letter of a name, before Python runs", "", "v", False),
    "names": ("the first letter of a name", "", "m", True),
    "attributes": ("the dot after an object with 1,000 attributes", "many", ".", True),
    "keys": ("the quote before a key of a dictionary with 1,000 keys", "prices[", "'", True),
    "modules": ("the first letter of a module", "import ", "c", True),
    "long": ("the dot after a module, at the end of 5,000 lines", "statistics", ".", True),
}

_WATCH = """() => {
  self.shown = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(".pyrun-completions li")) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}"""


def measure(bench: Bench) -> Iterator[Found]:
    """Measure several keys in one page for each row."""
    folder = bench.folder / "completing"
    folder.mkdir()
    write_site(folder, {"short": OBJECTS, "long": OBJECTS + LONG}, "bundled")
    browser = bench.driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    try:
        with SiteServer(folder) as server:
            for row, (_, before, key, runs) in WRITTEN.items():
                name = "long" if row == "long" else "short"
                page = browser.new_page()
                page.set_default_timeout(TIMEOUT_MS)
                page.goto(f"{server.url}{name}-{PYRUN}.html", wait_until="networkidle")
                yield Found(row, PYRUN, typed(page, before, key, bench.some(ROUNDS), runs=runs))
                page.close()
    finally:
        browser.close()


def typed(page: Page, before: str, key: str, times: int, *, runs: bool) -> list[float]:
    """The milliseconds from each key until the list is in the page and has been painted."""
    if runs:
        page.get_by_role("button", name="Run", exact=True).click()
        page.wait_for_function("document.querySelector('pyrun-cell').dataset.state === 'done'")
    page.locator("pyrun-cell pre").click()
    page.locator("[aria-autocomplete=list]").wait_for()
    found = []
    for _ in range(times + 1):
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        page.keyboard.insert_text(before)
        page.keyboard.press("Escape")
        page.evaluate(_WATCH)
        # Before the key is sent: pyrun keeps the event from other listeners of the page.
        began = float(page.evaluate("performance.now()"))
        page.keyboard.press(key)
        found.append(float(page.evaluate("self.shown")) - began)
        page.keyboard.press("Escape")
    return found[1:]


COMPLETION = Group(
    "completion",
    "From a key until the list of completions is painted",
    tuple(Row(row, what, "ms", LIMIT_MS, limits_ratio=False) for row, (what, *_) in WRITTEN.items()),
    measure,
)
