"""First visits and second pages in Firefox and WebKitGTK, which has the same engine as Safari."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import BARE_PAGE, CLICKS, PYRUN_PAGE
from benchmarks.examples import HELLO, SCIENCE
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import BUNDLED, SCIENTIFIC
from tests.engines.firefox import Firefox
from tests.engines.webkit import WebKit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.bench import Bench
    from benchmarks.chromium import Where
    from benchmarks.examples import Example
    from tests.engines.engine import Engine, Tab

__all__ = ["ENGINES"]

MAKERS: dict[str, Callable[[], Engine]] = {"Firefox": Firefox, "WebKitGTK": WebKit}
PAGES = {BUNDLED: HELLO, SCIENTIFIC: SCIENCE}
ROUNDS = {BUNDLED: 3, SCIENTIFIC: 1}
WAYS = {"first": "first visit", "second": "second page"}

LIMITS = {
    (HELLO.name, "first"): 0.45,
    (HELLO.name, "second"): 0.25,
    (SCIENCE.name, "first"): 0.6,
    (SCIENCE.name, "second"): 0.15,
}
"""The maximum ratios to bare Pyodide, the same as for Chromium."""

_RUN = f"({{button, outputs}}, kind) => ({CLICKS}).untilShown({{button, outputs}}, kind)"

_WATCH = """async () => {
  window.made = new Promise((resolve) => document.addEventListener(
    "pyrun:snapshot", ({ detail }) => resolve(detail.problem ?? ""), { once: true }));
  // An automated browser stores nothing on disk, and WebKit deletes a cache that no page has open.
  window.kept = await caches.open("pyrun-snapshots-2");
}"""


def measure(bench: Bench) -> Iterator[Found]:
    """Measure one engine after the other, because two at once would slow each other down."""
    for name, make in MAKERS.items():
        with make() as engine:
            for pyodide, example in PAGES.items():
                yield from measure_page(bench, name, engine, pyodide, example)


def measure_page(bench: Bench, name: str, engine: Engine, pyodide: str, example: Example) -> Iterator[Found]:
    """Measure a first visit and a second page, with a separate visitor for each kind of site."""
    visitors = {
        kind: Visitor(engine, f"{bench.origin(kind, pyodide)}{example.name}.html", kind, example)
        for kind in (BARE, PYRUN)
    }
    tries = {
        (f"{name}-{example.name}-{way}", kind): partial(visitor.visit, is_first=way == "first")
        for kind, visitor in visitors.items()
        for way in WAYS
    }
    try:
        yield from interleaved(bench.some(ROUNDS[pyodide]), tries, f"{name} {example.name}", dropped=0)
    finally:
        for visitor in visitors.values():
            visitor.leave()


class Visitor:
    """A reader who repeatedly visits for the first time and then opens a second page."""

    def __init__(self, engine: Engine, url: str, kind: str, example: Example) -> None:
        self._engine = engine
        self._url = url
        self._kind = kind
        self._example = example
        self._where: Where = PYRUN_PAGE if kind == PYRUN else BARE_PAGE
        self._tab: Tab | None = None

    def visit(self, *, is_first: bool) -> float:
        """The milliseconds from the click to the output."""
        if is_first or not self._tab:
            self.leave()
            self._tab = self._engine.new_tab()
        else:
            self._tab.leave_open()
        tab = self._tab
        tab.open(self._url)
        if self._kind == PYRUN and is_first:
            tab.call(_WATCH)
        where = {"button": self._where.button, "outputs": self._where.outputs}
        milliseconds = float(tab.call(_RUN, where, self._example.output))
        if self._kind == PYRUN and is_first and (problem := tab.call("() => window.made")):
            raise RuntimeError(f"no snapshot was made: {problem}")
        return milliseconds

    def leave(self) -> None:
        """Close the open tab."""
        if self._tab:
            self._tab.close()
            self._tab = None


ENGINES = Group(
    "engines",
    "Other browsers",
    tuple(
        Row(
            f"{name}-{example.name}-{way}",
            f"{name}, {example.what}: {words}",
            "ms",
            LIMITS[example.name, way],
        )
        for name in MAKERS
        for example in PAGES.values()
        for way, words in WAYS.items()
    ),
    measure,
)
