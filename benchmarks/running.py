"""Runs in a page where Python has already started: a short run, many lines, and long computations."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import BARE_PAGE, PYRUN_PAGE, Reader, call
from benchmarks.examples import LINE_COUNT, MANY_LINES, PRINT, WORKLOADS
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from benchmarks.bench import Bench
    from benchmarks.chromium import Where
    from benchmarks.examples import Example

__all__ = ["LINES", "LOOP", "RERUN"]

CLICKS_A_ROUND = 20
SETTLED_SECONDS = 3
"""The time in which the browser optimises the code that it ran. It does not optimise inside a loop."""

RERUN_LIMIT = 2


def measure_page(
    bench: Bench, example: Example, rounds: int, take: Callable[[Page, Where], float]
) -> Iterator[Found]:
    """Measure two pages that stay open, so that the browser has optimised the code of both."""
    with (
        Reader.with_profile(bench.driver, bench.new_profile(example.name)) as reader,
        reader.page(f"{bench.origin(BARE, BUNDLED)}{example.name}.html") as bare,
        reader.page(f"{bench.origin(PYRUN, BUNDLED)}{example.name}.html") as ours,
    ):
        pages = {BARE: (bare, BARE_PAGE), PYRUN: (ours, PYRUN_PAGE)}
        for page, where in pages.values():
            page.bring_to_front()
            call(page, "untilDone", where.button)
            page.wait_for_timeout(SETTLED_SECONDS * 1000)
        tries = {
            (example.name, kind): partial(in_front, page, where, take)
            for kind, (page, where) in pages.items()
        }
        yield from interleaved(bench.some(rounds), tries, example.name)


def in_front(page: Page, where: Where, take: Callable[[Page, Where], float]) -> float:
    """Measure with the page in front, because browsers slow down hidden pages."""
    page.bring_to_front()
    return take(page, where)


def rerun(page: Page, where: Where) -> float:
    """The median time from a click on Run until the line appears again."""
    return median(
        float(each) for each in call(page, "rerun", where.button, where.outputs["text"], CLICKS_A_ROUND)
    )


def until_done(page: Page, where: Where) -> float:
    """The time from the click until all output is in the page."""
    return float(call(page, "untilDone", where.button))


def own_time(page: Page, where: Where) -> float:
    """The time that the code itself has measured."""
    call(page, "untilDone", where.button)
    return float(call(page, "textOf", where.outputs["text"]))


def measure_loops(bench: Bench) -> Iterator[Found]:
    """Measure one workload after the other."""
    for example in WORKLOADS:
        yield from measure_page(bench, example, 10, own_time)


RERUN = Group(
    "rerun",
    "Running a short example again, from the click to the output",
    (
        Row(
            PRINT.name,
            "`print(1)`; bare: a message to the worker, `runPython`, a message back",
            "ms",
            RERUN_LIMIT,
        ),
    ),
    lambda bench: measure_page(bench, PRINT, 10, rerun),
)
LINES = Group(
    "lines",
    "Many lines of output",
    (Row(MANY_LINES.name, f"{LINE_COUNT:,} lines, from the click until all lines are in the page", "ms"),),
    lambda bench: measure_page(bench, MANY_LINES, 5, until_done),
)
LOOP = Group(
    "loop",
    "Code that computes, in a page that has run it before",
    tuple(Row(example.name, example.what, "ms") for example in WORKLOADS),
    measure_loops,
)
