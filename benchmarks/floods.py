"""What unlimited output costs the page: its longest task, its memory and the duration of the run."""

from __future__ import annotations

import json
import sys
from textwrap import indent
from typing import TYPE_CHECKING, TypedDict

from benchmarks.bench import Group
from benchmarks.chromium import CHROMIUM, CHROMIUM_FLAGS
from benchmarks.pages import write_site
from benchmarks.rows import PYRUN, Found, Row
from benchmarks.tasks import longest_task_ms
from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from benchmarks.bench import Bench

__all__ = ["FLOODED"]

TIMEOUT_MS = 300_000
PRECISE_MEMORY = "--enable-precise-memory-info"
LIMIT_MS = 50
"""What counts as a long task: https://www.w3.org/TR/longtasks-1/"""

# The first run loads everything that a run loads, and the editor. The second run only floods the page.
_SECOND_RUN = "if 'ready' in globals():\n{body}\nelse:\n    ready = True"

FLOODS = {
    "1,000,000 lines": "for number in range(1_000_000):\n    print('line', number)",
    "one line of 50 MB": "print('x' * 50_000_000)",
    "words of 50 MB": "print('lorem ipsum ' * 4_100_000)",
    "1,000,000 lines on stderr": "import sys\n"
    "for number in range(1_000_000):\n    print(number, file=sys.stderr)",
    "stdout and stderr alternately": "import sys\n"
    "for number in range(300_000):\n    print(number)\n    print(number, file=sys.stderr)",
    "50,000 flushed lines": "for number in range(50_000):\n    print(number, flush=True)",
    "carriage return at 1 kHz": "import time\n"
    "for number in range(3000):\n    print(f'\\r{number:5}/3000', end='', flush=True)\n    time.sleep(0.001)",
    "carriage return at full speed": "for number in range(500_000):\n    print(f'\\r{number:6}', end='')",
    "2,000,000 carriage returns in one write": "print('\\r12345' * 1_600_000)",
}

_RUN = """async () => {
  const cell = document.querySelector("pyrun-cell");
  const frame = () => new Promise(requestAnimationFrame);
  const run = () => new Promise((resolve, reject) => {
    cell.addEventListener("pyrun:state", ({ detail }) => {
      if (detail.state === "done") resolve();
      else if (detail.state === "error") reject(new Error(cell.shadowRoot.textContent));
    });
    cell.shadowRoot.querySelector(".run").click();
  });
  await run();
  while (!cell.querySelector(".cm-content")) await frame();
  await new Promise((resolve) => requestIdleCallback(resolve));
  const found = { gap: 0, heap: 0, elements: 0, seconds: 0 };
  performance.mark("flood");
  const output = cell.shadowRoot.querySelector("[role=log]");
  const before = performance.memory.usedJSHeapSize;
  const started = performance.now();
  let over = false;
  const end = run().then(() => { over = true; });
  let last = started;
  while (!over || output.ariaBusy === "true") {
    await frame();
    found.gap = Math.max(found.gap, performance.now() - last);
    last = performance.now();
    found.heap = Math.max(found.heap, performance.memory.usedJSHeapSize - before);
  }
  await end;
  found.seconds = (performance.now() - started) / 1000;
  await frame();
  await frame();
  found.elements = output.querySelectorAll("*").length;
  return found;
}"""


class Cost(TypedDict):
    """The cost of one flood: milliseconds, bytes and seconds, and the number of elements in the output."""

    gap: float
    heap: float
    seconds: float
    elements: int


def measure(bench: Bench) -> Iterator[Found]:
    """Run each flood once, one after the other."""
    folder = bench.folder / "floods"
    folder.mkdir()
    pages = {
        f"flood-{number}": _SECOND_RUN.format(body=indent(code, "    "))
        for number, code in enumerate(FLOODS.values())
    }
    write_site(folder, pages)
    browser = bench.driver.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, PRECISE_MEMORY])
    try:
        with SiteServer(folder) as server:
            for page, name in zip(pages, FLOODS, strict=True):
                print(f"  {name}", file=sys.stderr, flush=True)
                try:
                    cost, longest_ms = flooded(browser, f"{server.url}{page}-{PYRUN}.html")
                except Exception as error:  # noqa: BLE001 - the other floods continue
                    yield Found(page, PYRUN, problem=str(error).partition("\n")[0])
                    continue
                yield Found(page, PYRUN, [longest_ms])
                yield Found(f"{page}-heap", PYRUN, [cost["heap"] / 1e6])
                yield Found(f"{page}-seconds", PYRUN, [cost["seconds"]])
    finally:
        browser.close()


def flooded(browser: Browser, url: str) -> tuple[Cost, float]:
    """Run the page's example twice. Return the cost and the longest task of the second run."""
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    try:
        page.goto(url, wait_until="networkidle")
        browser.start_tracing(page=page, categories=["toplevel", "blink.user_timing"])
        cost: Cost = page.evaluate(_RUN)
        return cost, longest_task_ms(json.loads(browser.stop_tracing())["traceEvents"], "flood")
    finally:
        page.close()


def rows() -> Iterator[Row]:
    """Three rows for each flood."""
    for number, name in enumerate(FLOODS):
        yield Row(f"flood-{number}", f"{name}: the longest task", "ms", LIMIT_MS, limits_ratio=False)
        yield Row(f"flood-{number}-heap", f"{name}: growth of the JavaScript heap", "MB")
        yield Row(f"flood-{number}-seconds", f"{name}: the complete run", "s")


FLOODED = Group("floods", "Unlimited output", tuple(rows()), measure)
