"""The time and the memory that running a site's examples in Node takes, without a browser.

Differences between processes give the values: one runs a single block, one many on a page, one many pages.
The memory is that of a whole process, divided by its threads. A site that has not changed runs nothing: its
check is measured as a command.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.large_builds import children_cpu_s
from benchmarks.rows import PYRUN, Found, Row
from benchmarks.sites import BUNDLED
from pyrun_core.proof.outcomes import PageJob
from pyrun_core.proof.run.node import NodeRunner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.bench import Bench

__all__ = ["PROOF"]

ROUNDS = 3
BLOCKS = 600
STATEMENTS = 3
"""In each block: doctest counts each as an example."""

PAGES = 20
LANES = 2

_EXAMPLE = {"data-source": "x = 2\nx * 21\nprint([x] * 3)", "data-interactive": "", "data-page": "page.md"}
"""As many of those in documentation."""

UNCHANGED_PAGES, EXAMPLES_OF_PAGE = 50, 20

_CONF = 'extensions = ["sphinx_pyrun"]\npyrun_live = ["doctest"]\n'
_COMMAND = "import sys; from pyrun_core.cli import main; sys.exit(main(['check']))"

_MB = 1e6


def measure(bench: Bench) -> Iterator[Found]:
    """Run a page with one block, a page with many, and many pages."""
    site = bench.site(PYRUN, BUNDLED) / "_static" / "pyrun"
    found: dict[str, list[float]] = {"start": [], "example": [], "page": [], "memory": []}
    for _ in range(bench.some(ROUNDS)):
        start, _ = run(site, pages=1, blocks=1, lanes=1)
        many, _ = run(site, pages=1, blocks=BLOCKS + 1, lanes=1)
        pages, _ = run(site, pages=PAGES + 1, blocks=1, lanes=1)
        _, most_bytes = run(site, pages=PAGES, blocks=1, lanes=LANES)
        found["start"].append(start)
        found["example"].append((many - start) / (BLOCKS * STATEMENTS) * 1000)
        found["page"].append((pages - start) / PAGES)
        found["memory"].append(most_bytes / LANES / _MB)
    found["unchanged"] = list(unchanged(bench))
    for what, values in found.items():
        yield Found(f"proof-{what}", PYRUN, values)


def unchanged(bench: Bench) -> Iterator[float]:
    """The CPU time of the command for a site that it has checked before."""
    folder = bench.folder / "unchanged"
    folder.mkdir()
    (folder / "conf.py").write_text(_CONF, encoding="utf-8")
    for page in range(UNCHANGED_PAGES):
        examples = "".join(
            f">>> {page} + {each}\n{page + each}\n\nText.\n\n" for each in range(EXAMPLES_OF_PAGE)
        )
        title = "index" if page == 0 else f"page{page}"
        (folder / f"{title}.rst").write_text(f":orphan:\n\nTitle\n=====\n\n{examples}", encoding="utf-8")
    for round_ in range(bench.some(ROUNDS) + 1):
        before = children_cpu_s()
        subprocess.run([sys.executable, "-c", _COMMAND], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        if round_:  # the first one runs the examples
            yield children_cpu_s() - before


def run(site: Path, *, pages: int, blocks: int, lanes: int) -> tuple[float, float]:
    """The seconds that a process takes, and the most bytes of memory."""
    runner = NodeRunner(lanes=lanes)
    jobs = [PageJob(f"page{number}.md", (_EXAMPLE,) * blocks) for number in range(pages)]
    started = time.perf_counter()
    outcomes = list(runner.run(site, jobs, lambda _: None))
    seconds = time.perf_counter() - started
    failed = [cell for page in outcomes for cell in page.cells if cell is None or cell.ending != "done"]
    if failed:
        raise RuntimeError(f"an example failed: {failed[0]}")
    return seconds, runner.usage["most_bytes"]


PROOF = Group(
    "proof",
    "Examples run in Node.js",
    (
        Row("proof-start", "one page with one block, with the start of Node.js and Python", "s"),
        Row(
            "proof-example",
            "one more example, as doctest counts them",
            "ms",
            limit=3.33,  # 300 examples a second
            limits_ratio=False,
        ),
        Row("proof-page", f"one more page, of {PAGES} that start alike", "s"),
        Row(
            "proof-memory",
            f"memory for each of {LANES} threads, without packages",
            "MB",
            limit=200,
            limits_ratio=False,
        ),
        Row(
            "proof-unchanged",
            f"CPU time of a check of {UNCHANGED_PAGES * EXAMPLES_OF_PAGE:,} examples that have not changed",
            "s",
            limit=1,
            limits_ratio=False,
        ),
    ),
    measure,
)
