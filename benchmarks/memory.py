"""The peak memory of the browser while a reader visits a page."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import BARE_PAGE, PYRUN_PAGE, Reader, until_shown
from benchmarks.examples import HELLO, SCIENCE
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import BUNDLED, SCIENTIFIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.bench import Bench
    from benchmarks.examples import Example

__all__ = ["MEMORY", "descendants"]

PAGES = {BUNDLED: HELLO, SCIENTIFIC: SCIENCE}
ROUNDS = 2
WAYS = {
    "first": "first visit",
    "making": "first visit, until its snapshot is made",
    "second": "second page",
}

LOOK_EVERY_SECONDS = 0.1
PARENT = re.compile(r"^PPid:\s+(\d+)$", re.MULTILINE)
PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)
"""The proportional set size of a process, which divides shared memory among its users: proc_pid_smaps(5)."""


def measure(bench: Bench) -> Iterator[Found]:
    """Measure each visit in a separate browser, and subtract the memory before the click."""
    for pyodide, example in PAGES.items():
        urls = {kind: f"{bench.origin(kind, pyodide)}{example.name}.html" for kind in (BARE, PYRUN)}
        kinds = [(BARE, "first"), *((PYRUN, way) for way in WAYS)]
        tries = {
            (f"memory-{example.name}-{way}", kind): visit(
                bench, f"{kind}-{pyodide}", urls[kind], way, example
            )
            for kind, way in kinds
        }
        bare: list[float] = []
        for found in interleaved(bench.some(ROUNDS), tries, f"memory {example.name}", dropped=0):
            if found.kind == BARE:
                bare = found.values
            elif not found.row.endswith("-first"):
                yield Found(found.row, BARE, bare)
            yield found


def visit(bench: Bench, profile: str, url: str, way: str, example: Example) -> Callable[[], float]:
    """Return the function that measures one visit."""
    is_bare = profile.startswith(BARE)

    def once() -> float:
        with Reader.with_profile(bench.driver, bench.new_profile(f"memory-{profile}")) as reader:
            if way != "second":
                reader.forget_snapshots(url)
            with reader.page(url) as page:
                process = browser_of(bench.new_profile(f"memory-{profile}"))
                before = memory_mb(process)
                with peak(process) as found:
                    made = page.evaluate_handle(
                        """() => ({ end: new Promise((resolve) =>
                             document.addEventListener("pyrun:snapshot", resolve, { once: true })) })"""
                    )
                    until_shown(page, BARE_PAGE if is_bare else PYRUN_PAGE, example.output)
                    if way == "making":
                        made.evaluate("({ end }) => end.then(() => {})")
                return max(found) - before

    return once


@contextmanager
def peak(process: int) -> Iterator[list[float]]:
    """Sample the memory in megabytes until the block ends. The list is complete after the block."""
    found: list[float] = []
    over = Event()

    def look() -> None:
        while not over.wait(LOOK_EVERY_SECONDS):
            found.append(memory_mb(process))

    thread = Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()
        found.append(memory_mb(process))


def browser_of(profile: Path) -> int:
    """The main process of the browser with this profile: its parent process does not use the profile."""
    processes = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
    option = f"--user-data-dir={profile}".encode()
    having = {process for process in processes if option in _read(process, "cmdline")}
    return next(process for process in having if parent_of(process) not in having)


def descendants(process: int) -> set[int]:
    """The process and all processes that it has started, directly or indirectly."""
    parents = {
        int(path.name): parent_of(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()
    }
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def parent_of(process: int) -> int:
    """The parent of a process, or 0 if the process has ended."""
    found = PARENT.search(_read(process, "status").decode(errors="replace"))
    return int(found[1]) if found else 0


def memory_mb(process: int) -> float:
    """The memory of a process and its descendants."""
    texts = (_read(each, "smaps_rollup").decode() for each in descendants(process))
    return sum(int(found[1]) for text in texts if (found := PSS.search(text))) / 1000


def _read(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""  # the process has ended


MEMORY = Group(
    "memory",
    "Peak memory of the browser, above its memory before the click",
    tuple(
        Row(f"memory-{example.name}-{way}", f"{example.what}: {words}", "MB")
        for example in PAGES.values()
        for way, words in WAYS.items()
    ),
    measure,
)
