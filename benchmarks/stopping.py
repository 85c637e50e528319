"""The time from a click on Stop until the example has stopped, for each wait strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import CHROMIUM, CHROMIUM_FLAGS
from benchmarks.pages import write_site
from benchmarks.rows import PYRUN, Found, Row
from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from benchmarks.bench import Bench

__all__ = ["STOP"]

TIMEOUT_MS = 120_000

STRATEGIES = {
    "jspi": "JavaScript Promise Integration",
    "shared": "shared memory",
    "service-worker": "service worker",
}
ROUNDS = 3

ISOLATION = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}

# Each prints a line before it runs forever.
ENDLESS = {
    "loop": "print('on', flush=True)\nwhile True: pass",
    "callbacks of C": "print('on', flush=True)\nfor _ in map(lambda n: n, iter(int, 1)): pass",
    "slow calls of C": "print('on', flush=True)\nwhile True: sum(range(300_000))",
    "time.sleep": "import time\nprint('on', flush=True)\ntime.sleep(3600)",
    "asyncio.sleep": "import asyncio\nprint('on', flush=True)\nawait asyncio.sleep(3600)",
    "input()": "print('on', flush=True)\ninput()",
}

_STOP = """async (pause) => {
  const cell = document.querySelector("pyrun-cell");
  const press = (name) => cell.shadowRoot.querySelector(name).click();
  const until = (condition) => new Promise((resolve) => {
    const look = () => (condition() ? resolve() : requestAnimationFrame(look));
    look();
  });
  press(".run");
  await until(() => cell.shadowRoot.querySelector(".text")?.textContent.includes("on"));
  await new Promise((resolve) => setTimeout(resolve, pause));
  const stopped = new Promise((resolve) => cell.addEventListener("pyrun:state", resolve, { once: true }));
  const clicked = performance.now();
  press(".stop");
  await stopped;
  return [performance.now() - clicked, cell.dataset.input];
}"""


def measure(bench: Bench) -> Iterator[Found]:
    """Measure several clicks in one page, for each example and wait strategy."""
    folder = bench.folder / "stopping"
    folder.mkdir()
    write_site(folder, {page_of(name): code for name, code in ENDLESS.items()}, "bundled")
    browser = bench.driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    try:
        for name in ENDLESS:
            for strategy in STRATEGIES:
                yield Found(
                    row_of(name, strategy),
                    PYRUN,
                    clicked(browser, folder, name, strategy, bench.some(ROUNDS)),
                )
    finally:
        browser.close()


def clicked(browser: Browser, folder: Path, name: str, strategy: str, clicks: int) -> list[float]:
    """The milliseconds from each click to the state ``stopped``."""
    with SiteServer(folder, ISOLATION if strategy == "shared" else {}) as server:
        page = browser.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        page.goto(
            f"{server.url}{page_of(name)}-{PYRUN}.html?pyrun-input={strategy}", wait_until="networkidle"
        )
        found = []
        for click in range(clicks + 1):
            # Vary the time of the click relative to the moments at which Python polls.
            milliseconds, used = page.evaluate(_STOP, 300 + click * 37 % 200)
            found.append(float(milliseconds))
            if used != strategy:
                raise RuntimeError(f"the page uses the wait strategy {used} instead of {strategy}")
        page.close()
    return found[1:]


def page_of(name: str) -> str:
    """The name of an example's page."""
    return "stop-" + name.replace(" ", "-").replace("()", "").replace(".", "-")


def row_of(name: str, strategy: str) -> str:
    """The key of an example's row for one wait strategy."""
    return f"{page_of(name)}-{strategy}"


STOP = Group(
    "stop",
    "From the click on Stop until the example has stopped",
    tuple(
        Row(row_of(name, strategy), f"{name}, by {words}", "ms")
        for name in ENDLESS
        for strategy, words in STRATEGIES.items()
    ),
    measure,
)
