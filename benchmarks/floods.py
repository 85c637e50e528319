"""What a flood of output costs the page: its longest task, its memory, and what it holds in the end."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import TypedDict

from playwright.sync_api import BrowserContext

from benchmarks.pages import PYRUN, write_pages

__all__ = ["FLOODS", "flood_rows"]

TIMEOUT_MS = 300_000
SHORTEST_LONG_TASK_MS = 50
"""Browsers tell of no shorter ones: https://w3c.github.io/longtasks/."""

# The first run loads all that a run loads, the editor too, so that the second is nothing but a flood.
_SECOND_RUN = "if 'ready' in globals():\n{body}\nelse:\n    ready = True"

FLOODS = {
    "1,000,000 lines": "for number in range(1_000_000):\n    print('line', number)",
    "one line of 50 MB": "print('x' * 50_000_000)",
    "words of 50 MB": "print('lorem ipsum ' * 4_200_000)",
    "1,000,000 lines on stderr": "import sys\n"
    "for number in range(1_000_000):\n    print(number, file=sys.stderr)",
    "stdout and stderr in turns": "import sys\n"
    "for number in range(300_000):\n    print(number)\n    print(number, file=sys.stderr)",
    "200,000 flushed lines": "for number in range(200_000):\n    print(number, flush=True)",
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
  const found = { longest: 0, gap: 0, heap: 0, elements: 0, seconds: 0 };
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) found.longest = Math.max(found.longest, duration);
  });
  observer.observe({ type: "longtask" });
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
  found.characters = output.textContent.length;
  observer.disconnect();
  return found;
}"""


class Cost(TypedDict):
    """Of one flood; milliseconds, bytes, seconds."""

    longest: float
    gap: float
    heap: float
    seconds: float
    elements: int
    characters: int


def flood_rows(context: BrowserContext, folder: Path, url: str, pyodide: str) -> Iterator[str]:
    """Run one flood after the other; the lines of a table."""
    yield "| flood | longest task, ms | between frames, ms | heap, MB | elements | characters | run, s |"
    yield "|---|---|---|---|---|---|---|"
    for number, (name, code) in enumerate(FLOODS.items()):
        page = f"flood-{number}"
        write_pages(folder, page, _SECOND_RUN.format(body=indent(code, "    ")), pyodide)
        cost = measure(context, f"{url}{page}-{PYRUN}.html")
        longest = f"{cost['longest']:.0f}" if cost["longest"] else f"under {SHORTEST_LONG_TASK_MS}"
        yield (
            f"| {name} | {longest} | {cost['gap']:.0f} | {cost['heap'] / 1e6:.0f} | {cost['elements']} "
            f"| {cost['characters']} | {cost['seconds']:.1f} |"
        )


def measure(context: BrowserContext, url: str) -> Cost:
    """Run the page's example twice, and measure the second run."""
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    try:
        page.goto(url, wait_until="networkidle")
        cost: Cost = page.evaluate(_RUN)
        return cost
    finally:
        page.close()
