"""What a site costs its author: the time to build it, and the size to publish."""

from __future__ import annotations

import tempfile
import time
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import BUNDLED, NPM_PYODIDE, PLAIN, PLAIN_SITE, SCIENTIFIC, build_sphinx, write_source
from pyrun_core.browser_files import bundled_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

__all__ = ["SITES"]

ROUNDS = 3
WHEEL_LIMIT_MB = 4


def measure(bench: Bench) -> Iterator[Found]:
    """Measure sites with each Pyodide, and the wheel of pyrun."""
    tries = {}
    for pyodide in (BUNDLED, SCIENTIFIC):
        for kind, column in ((PLAIN, PLAIN_SITE), (PYRUN, PYRUN)):
            target = bench.site(kind, pyodide)  # the first build fills the caches
            yield Found(f"site-size-{pyodide}", column, [size_mb(target)])
            tries[f"site-time-{pyodide}", column] = partial(build_again, bench, kind, pyodide)
        yield Found(f"site-size-{pyodide}", BARE, [size_mb(bench.site(BARE, pyodide))])
    yield from interleaved(bench.some(ROUNDS), tries, "sites", dropped=0)
    yield Found("wheel", PYRUN, [added_to_wheel_mb()])


def build_again(bench: Bench, kind: str, pyodide: str) -> float:
    """The seconds that a complete build takes."""
    with tempfile.TemporaryDirectory(dir=bench.folder) as name:
        folder = Path(name)
        write_source(folder / "source", pyodide, live=kind == PYRUN)
        started = time.perf_counter()
        build_sphinx(folder / "source", folder / "target")
        return time.perf_counter() - started


def size_mb(folder: Path) -> float:
    """The size of all files in a folder, without Sphinx's doctrees."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".doctrees" not in path.parts)
    return sum(path.stat().st_size for path in files) / 1e6


def added_to_wheel_mb() -> float:
    """The compressed size of the wheel's browser files, minus that of the original files of Pyodide."""
    ours = sum(compressed(path) for path in bundled_files().folder.rglob("*") if path.is_file())
    named = {path.name for path in bundled_files().folder.rglob("*")}
    theirs = sum(compressed(path) for path in NPM_PYODIDE.iterdir() if path.name in named)
    return (ours - theirs) / 1e6


def compressed(path: Path) -> int:
    """The size of a file in a wheel, in bytes."""
    return len(zlib.compress(path.read_bytes()))


SITES = Group(
    "sites",
    "Cost of building and publishing a site",
    (
        Row(f"site-time-{BUNDLED}", "building a small Sphinx site", "s"),
        Row(f"site-time-{SCIENTIFIC}", "building it with NumPy, matplotlib and pandas, repacked before", "s"),
        Row(f"site-size-{BUNDLED}", "size of the site", "MB"),
        Row(f"site-size-{SCIENTIFIC}", "size of the site with NumPy, matplotlib and pandas", "MB"),
        Row(
            "wheel",
            "pyrun's wheel without the files of Pyodide",
            "MB",
            WHEEL_LIMIT_MB,
            limits_ratio=False,
        ),
    ),
    measure,
)
