"""What other ways to keep Python across page navigation would achieve. Decision 9 is based on this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import BARE_PAGE, PYRUN_PAGE, Reader, call, until_shown
from benchmarks.examples import HELLO
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import BUNDLED, SHARED_PAGE
from benchmarks.visits import make_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from benchmarks.bench import Bench
    from benchmarks.chromium import Where

__all__ = ["NAVIGATION"]

ROUNDS = 5
SNAPSHOT, SHARED, BACK = "next-snapshot", "next-shared", "next-back"


def measure(bench: Bench) -> Iterator[Found]:
    """Run an example, follow a link to another page, and go back."""
    ours = f"{bench.origin(PYRUN, BUNDLED)}{HELLO.name}.html"
    by_hand = f"{bench.origin(BARE, BUNDLED)}{SHARED_PAGE}"
    # Playwright turns the back-forward cache off by default.
    off = ["--disable-back-forward-cache"]
    with Reader.with_profile(bench.driver, bench.new_profile("navigation"), without=off) as reader:
        make_snapshot(reader, ours, HELLO)
        tries = {
            (SNAPSHOT, PYRUN): lambda: on_the_next_page(reader, ours, PYRUN_PAGE),
            (SHARED, BARE): lambda: on_the_next_page(reader, by_hand, BARE_PAGE),
            (BACK, PYRUN): lambda: after_going_back(reader, ours),
        }
        yield from interleaved(bench.some(ROUNDS), tries, "navigation")


def on_the_next_page(reader: Reader, url: str, where: Where) -> float:
    """The milliseconds from the click to the output, on a page reached through a link."""
    with reader.page(url) as page:
        until_shown(page, where, HELLO.output)
        follow_link(page, f"{url}?next")
        return until_shown(page, where, HELLO.output)


def after_going_back(reader: Reader, url: str) -> float:
    """The milliseconds from the click to the end of the run, on the first page after going back to it."""
    with reader.page(url) as page:
        until_shown(page, PYRUN_PAGE, HELLO.output)
        page.evaluate("window.wasHere = true")
        follow_link(page, f"{url}?next")
        page.go_back(wait_until="commit")
        if not page.evaluate("window.wasHere === true"):
            raise RuntimeError("the browser did not keep the page")
        return float(call(page, "untilDone", PYRUN_PAGE.button))  # the earlier output is still there


def follow_link(page: Page, url: str) -> None:
    """Navigate like a click on a link."""
    with page.expect_navigation(wait_until="networkidle"):
        page.evaluate("(url) => { location.href = url; }", url)


NAVIGATION = Group(
    "navigation",
    "After page navigation, from the click to the output",
    (
        Row(SNAPSHOT, "next page, Python from a snapshot", "ms"),
        Row(SHARED, "next page, Python in a SharedWorker, hand-written", "ms"),
        Row(BACK, "back on a page, from the back-forward cache", "ms"),
    ),
    measure,
)
