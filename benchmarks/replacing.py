"""The time to the next output after pyrun had to end the worker, because a call into C does not yield."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import BARE_PAGE, PYRUN_PAGE, Reader, until_shown
from benchmarks.examples import HELLO, SCIENCE
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import BUNDLED, SCIENTIFIC
from benchmarks.visits import make_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from benchmarks.bench import Bench
    from benchmarks.examples import Example

__all__ = ["REPLACING"]

LIMIT = 0.25
PAGES = {BUNDLED: HELLO, SCIENTIFIC: SCIENCE}
ROUNDS = {BUNDLED: 10, SCIENTIFIC: 3}

ENDLESS = "sum(range(10**12))"
"""A single call, during which Python does not check for signals."""

_KILL = """async (code) => {
  const cell = document.querySelector("pyrun-cell");
  const until = (condition) => new Promise((resolve) => {
    const look = () => (condition() ? resolve() : setTimeout(look, 20));
    look();
  });
  const press = (name) => cell.shadowRoot.querySelector(name).click();
  const source = cell.dataset.source;
  cell.dataset.source = code;
  press(".run");
  await until(() => cell.dataset.state === "running");
  await new Promise((resolve) => setTimeout(resolve, 300));
  press(".stop");
  await until(() => cell.dataset.state === "stopped");
  cell.dataset.source = source;
}"""


def measure(bench: Bench) -> Iterator[Found]:
    """Measure each example repeatedly in one page."""
    for pyodide, example in PAGES.items():
        with Reader.with_profile(bench.driver, bench.new_profile("replacing")) as reader:
            ours = f"{bench.origin(PYRUN, pyodide)}{example.name}.html"
            bare = f"{bench.origin(BARE, pyodide)}{example.name}.html"
            make_snapshot(reader, ours, example)
            with reader.page(ours) as our_page, reader.page(bare) as bare_page:
                until_shown(our_page, PYRUN_PAGE, example.output)
                until_shown(bare_page, BARE_PAGE, example.output)
                tries = {
                    (f"replaced-{example.name}", BARE): bare_again(bare_page, example),
                    (f"replaced-{example.name}", PYRUN): ours_again(our_page, example),
                }
                yield from interleaved(bench.some(ROUNDS[pyodide]), tries, f"replaced {example.name}")


def bare_again(page: Page, example: Example) -> Callable[[], float]:
    """In the hand-written page: end the worker, start a new one, load everything, and run."""

    def once() -> float:
        page.bring_to_front()
        page.evaluate("""() => {
          document.body.dispatchEvent(new Event("restart"));
          document.querySelector("pre").replaceChildren();
        }""")
        return until_shown(page, BARE_PAGE, example.output)

    return once


def ours_again(page: Page, example: Example) -> Callable[[], float]:
    """In pyrun's page: Stop ends the worker after two seconds. The measurement starts at the next click."""

    def once() -> float:
        page.bring_to_front()
        page.evaluate(_KILL, ENDLESS)
        return until_shown(page, PYRUN_PAGE, example.output)

    return once


REPLACING = Group(
    "kill",
    "After a Stop that ended the worker, from the click to the first output",
    tuple(
        Row(f"replaced-{example.name}", f"{example.what}, in a new worker", "ms", LIMIT)
        for example in PAGES.values()
    ),
    measure,
)
