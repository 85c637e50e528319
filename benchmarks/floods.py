"""What a flood of output costs the page: its longest task, its memory, and what it holds in the end."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any, TypedDict

from playwright.sync_api import Browser

from benchmarks.pages import PYRUN, write_pages

__all__ = ["FLOODS", "flood_rows"]

TIMEOUT_MS = 300_000
TASK_EVENT = "ThreadControllerImpl::RunTask"
"""A task of a thread, in Chromium's trace of the category ``toplevel``."""

# The first run loads all that a run loads, the editor too, so that the second is nothing but a flood.
_SECOND_RUN = "if 'ready' in globals():\n{body}\nelse:\n    ready = True"

FLOODS = {
    "1,000,000 lines": "for number in range(1_000_000):\n    print('line', number)",
    "one line of 50 MB": "print('x' * 50_000_000)",
    "words of 50 MB": "print('lorem ipsum ' * 4_100_000)",
    "1,000,000 lines on stderr": "import sys\n"
    "for number in range(1_000_000):\n    print(number, file=sys.stderr)",
    "stdout and stderr in turns": "import sys\n"
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
    """Of one flood; milliseconds, bytes, seconds."""

    gap: float
    heap: float
    seconds: float
    elements: int


@dataclass(frozen=True)
class Tasks:
    """Of the page's main thread. A task lasts longer than it works where the machine does other things."""

    longest_ms: float
    most_cpu_ms: float


def flood_rows(browser: Browser, folder: Path, url: str, pyodide: str) -> Iterator[str]:
    """Run one flood after the other; the lines of a table."""
    yield "| flood | longest task, ms | CPU of a task, ms | no frame for, ms | heap, MB | elements | run, s |"
    yield "|---|---|---|---|---|---|---|"
    for number, (name, code) in enumerate(FLOODS.items()):
        page = f"flood-{number}"
        write_pages(folder, page, _SECOND_RUN.format(body=indent(code, "    ")), pyodide)
        cost, tasks = measure(browser, f"{url}{page}-{PYRUN}.html")
        yield (
            f"| {name} | {tasks.longest_ms:.0f} | {tasks.most_cpu_ms:.0f} | {cost['gap']:.0f} "
            f"| {cost['heap'] / 1e6:.0f} | {cost['elements']} | {cost['seconds']:.1f} |"
        )


def measure(browser: Browser, url: str) -> tuple[Cost, Tasks]:
    """Run the page's example twice, and measure the second run."""
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    try:
        page.goto(url, wait_until="networkidle")
        browser.start_tracing(page=page, categories=["toplevel", "blink.user_timing"])
        cost: Cost = page.evaluate(_RUN)
        return cost, tasks_after_mark(json.loads(browser.stop_tracing())["traceEvents"], "flood")
    finally:
        page.close()


def tasks_after_mark(events: list[dict[str, Any]], mark: str) -> Tasks:
    """The tasks of the thread that set the mark, since then. Chromium counts in microseconds."""
    start = next(event for event in events if event["name"] == mark)
    tasks = [
        event
        for event in events
        if event["name"] == TASK_EVENT
        and event["ts"] > start["ts"]
        and (event["pid"], event["tid"]) == (start["pid"], start["tid"])
    ]
    return Tasks(
        longest_ms=max(task["dur"] for task in tasks) / 1000,
        most_cpu_ms=max(task["tdur"] for task in tasks) / 1000,
    )
