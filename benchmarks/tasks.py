"""Whether the page freezes: its longest task, from opening the page until a snapshot is made."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.bench import Group
from benchmarks.chromium import (
    BARE_PAGE,
    CHROMIUM,
    CHROMIUM_FLAGS,
    PYRUN_PAGE,
    TIMEOUT_MS,
    until_shown,
)
from benchmarks.examples import HELLO, SCIENCE
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import BUNDLED, PLAIN, PLAIN_SITE, SCIENTIFIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from benchmarks.bench import Bench
    from benchmarks.examples import Example

__all__ = ["TASKS", "longest_task_ms"]

LIMIT_MS = 50
"""The definition of a long task: https://www.w3.org/TR/longtasks-1/"""

TASK_EVENT = "ThreadControllerImpl::RunTask"
"""The name of a thread's task in the category ``toplevel`` of Chromium's trace."""

PAGES = {BUNDLED: HELLO, SCIENTIFIC: SCIENCE}
ROUNDS = 10


def measure(bench: Bench) -> Iterator[Found]:
    """Trace pages with Chromium. Each round is a first visit."""
    browser = bench.driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    try:
        for pyodide, example in PAGES.items():
            tries = {}
            for kind, column in ((BARE, BARE), (PYRUN, PYRUN), (PLAIN, PLAIN_SITE)):
                url = f"{bench.origin(kind, pyodide)}{example.name}.html"
                tries[f"task-{example.name}", column] = partial(longest, browser, url, kind, example)
            yield from interleaved(bench.some(ROUNDS), tries, f"tasks {example.name}", dropped=0)
    finally:
        browser.close()


def longest(browser: Browser, url: str, kind: str, example: Example) -> float:
    """The milliseconds of the longest task, in wall-clock time."""
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    try:
        browser.start_tracing(page=page, categories=["toplevel", "blink.user_timing"])
        page.add_init_script("performance.mark('opened')")
        page.goto(url, wait_until="networkidle")
        if kind == PYRUN:
            visit(page, example)
        elif kind == BARE:
            until_shown(page, BARE_PAGE, example.output)
        return longest_task_ms(json.loads(browser.stop_tracing())["traceEvents"], "opened")
    finally:
        page.close()


def visit(page: Page, example: Example) -> None:
    """Run the example, and wait for the snapshot."""
    page.evaluate(
        """() => document.addEventListener("pyrun:snapshot", ({ detail }) => {
             document.body.dataset.made = detail.problem ?? "made"; })"""
    )
    until_shown(page, PYRUN_PAGE, example.output)
    page.wait_for_function("document.body.dataset.made === 'made'")


def longest_task_ms(events: list[dict[str, Any]], mark: str) -> float:
    """The longest task after the mark, on the thread that set it. Chromium's trace is in microseconds."""
    marked = next(event for event in events if event["name"] == mark)
    thread = (marked["pid"], marked["tid"])
    return (
        max(
            float(event["dur"])
            for event in events
            # A task that still runs when the trace ends has no duration.
            if event["name"] == TASK_EVENT
            and "dur" in event
            and event["ts"] > marked["ts"]
            and (event["pid"], event["tid"]) == thread
        )
        / 1000
    )


TASKS = Group(
    "tasks",
    "The longest task in the page",
    tuple(
        Row(
            f"task-{example.name}",
            f"{example.what}: from opening the page until its snapshot is made",
            "ms",
            LIMIT_MS,
            limits_ratio=False,
        )
        for example in PAGES.values()
    ),
    measure,
)
