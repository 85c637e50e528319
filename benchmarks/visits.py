"""The time from the click to the first output, on a first visit and on later pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import BARE_PAGE, PYRUN_PAGE, Reader, until_shown
from benchmarks.examples import BUNDLED_EXAMPLES, EXAMPLES, HELLO, SCIENCE
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import BUNDLED, SCIENTIFIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from benchmarks.bench import Bench
    from benchmarks.examples import Example

__all__ = ["VISITS"]

WAYS = {
    "cold": "first visit, empty cache",
    "warm": "first visit, files in the HTTP cache",
    "second": "second page",
    "slow": "first visit, 20 Mbit/s and 40 ms",
}

LIMITS: Mapping[tuple[str, str, str], float] = {
    (BUNDLED, HELLO.name, "warm"): 0.45,
    (BUNDLED, HELLO.name, "second"): 0.25,
    (SCIENTIFIC, SCIENCE.name, "warm"): 0.6,
    (SCIENTIFIC, SCIENCE.name, "second"): 0.15,
    **{(BUNDLED, example.name, "slow"): 0.9 for example in BUNDLED_EXAMPLES},
    **{(SCIENTIFIC, example.name, "slow"): 0.9 for example in EXAMPLES},
}
"""The maximum ratios to bare Pyodide."""

PAGES = [(BUNDLED, example) for example in BUNDLED_EXAMPLES] + [(SCIENTIFIC, each) for each in EXAMPLES]

MOST_ROUNDS = {"warm": 10, "cold": 3, "slow": 3}
"""The order matters: visits that empty the cache come last, because a second page needs a filled cache."""

FEWER_ROUNDS = {"warm": 2, "slow": 1}
"""For pages without a limit in most rows, so that all benchmarks finish within half an hour."""

LIFE_SECONDS = 5
"""How long pages stay open in the round that warms caches. Only then do browsers cache compiled code."""


def most_rounds(pyodide: str, example: Example) -> dict[str, int]:
    """The maximum number of rounds by kind of visit. Second pages are measured with warm first visits."""
    has_limit = (pyodide, example.name, "warm") in LIMITS
    return MOST_ROUNDS if has_limit else FEWER_ROUNDS


def rows() -> Iterator[Row]:
    """A row for each page and each kind of visit."""
    for pyodide, example in PAGES:
        where = "Pyodide of pyrun" if pyodide == BUNDLED else "Pyodide with packages"
        for way, words in WAYS.items():
            if way == "second" or way in most_rounds(pyodide, example):
                limit = LIMITS.get((pyodide, example.name, way))
                yield Row(f"{pyodide}-{example.name}-{way}", f"{example.what}, {where}: {words}", "ms", limit)


@dataclass(frozen=True)
class Origins:
    """The URLs of one kind of site. A browser stores files and snapshots by origin."""

    new: str
    """The browser has no snapshot from this origin."""
    known: str
    """The browser has a snapshot from this origin."""
    slow: str
    """The connection to this origin is slow."""


def measure(bench: Bench) -> Iterator[Found]:
    """Measure page by page."""
    with Reader.with_profile(bench.driver, bench.new_profile("visits")) as reader:
        for pyodide in (BUNDLED, SCIENTIFIC):
            origins = {
                kind: Origins(
                    bench.origin(kind, pyodide),
                    bench.origin(kind, pyodide),
                    bench.origin(kind, pyodide, slow=True),
                )
                for kind in (BARE, PYRUN)
            }
            for each, example in PAGES:
                if each == pyodide:
                    yield from measure_page(bench, reader, pyodide, example, origins)


def measure_page(
    bench: Bench, reader: Reader, pyodide: str, example: Example, origins: dict[str, Origins]
) -> Iterator[Found]:
    """Measure one page with all kinds of visits."""
    known = f"{origins[PYRUN].known}{example.name}.html"
    make_snapshot(reader, known, example)
    for way, most in most_rounds(pyodide, example).items():
        kinds = [(BARE, way), (PYRUN, way), *([(PYRUN, "second")] if way == "warm" else [])]
        tries = {
            (f"{pyodide}-{example.name}-{each}", kind): visit(reader, example, kind, each, origins[kind])
            for kind, each in kinds
        }
        label = f"{pyodide} {example.name} {way}"
        for found in interleaved(bench.some(most), tries, label, dropped=int(way == "warm")):
            yield found
            if (found.kind, way) == (BARE, "warm"):
                # For bare Pyodide, a second page is the same as a visit with files in the cache.
                yield replace(found, row=f"{pyodide}-{example.name}-second")


def make_snapshot(reader: Reader, url: str, example: Example) -> None:
    """Visit a page until its snapshot is made."""
    with reader.page(url) as page:
        made = page.evaluate_handle(
            """() => ({ end: new Promise((resolve) => document.addEventListener(
                 "pyrun:snapshot", ({ detail }) => resolve(detail.problem ?? ""))) })"""
        )
        until_shown(page, PYRUN_PAGE, example.output)
        problem = made.evaluate("({ end }) => end")
    if problem:
        raise RuntimeError(f"no snapshot was made: {problem}")


def visit(reader: Reader, example: Example, kind: str, way: str, origins: Origins) -> Callable[[], float]:
    """Return the function that measures one visit to a page of this kind."""
    where = PYRUN_PAGE if kind == PYRUN else BARE_PAGE
    origin = {"cold": origins.new, "warm": origins.new, "second": origins.known, "slow": origins.slow}[way]
    url = f"{origin}{example.name}.html"
    lives_long = way in {"warm", "second"}

    def once() -> float:
        nonlocal lives_long
        if way in {"cold", "slow"}:
            reader.forget_files(url)
        elif way == "warm":
            reader.forget_snapshots(url)
        with reader.page(url) as page:
            if kind == PYRUN:
                page.evaluate(
                    """() => document.addEventListener("pyrun:start", ({ detail }) => {
                         document.body.dataset.snapshot = detail.snapshot; })"""
                )
            milliseconds = until_shown(page, where, example.output)
            if kind == PYRUN:
                used = page.evaluate("document.body.dataset.snapshot") == "used"
                if used != (way == "second"):
                    raise RuntimeError(f"a snapshot was {'used' if used else 'not used'}")
            if lives_long and not (kind == PYRUN and way == "warm"):
                page.wait_for_timeout(LIFE_SECONDS * 1000)
            lives_long = False
        return milliseconds

    return once


VISITS = Group("visits", "From the click to the first output", tuple(rows()), measure)
