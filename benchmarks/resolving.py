"""The time to resolve packages: fifty packages from an index, on a site with two hundred pages.

It needs no network and no browser. "cold" is the first build, in which pip selects versions. "warm" is a
build shortly after another one. "lock" is a build that uses a committed lock file.
"""

from __future__ import annotations

import os
import time
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING
from unittest.mock import patch

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

import pyrun_core.site
from benchmarks.bench import Group
from benchmarks.rows import PYRUN, Found, Row
from pyrun_core.cli import main as pyrun
from pyrun_core.packages.resolve_site import resolve_site
from tests.packages.wheels import make_distribution, make_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench

__all__ = ["RESOLVING"]

PAGES = 200
PACKAGES = 50
ROUNDS = 1

_PAGE = """\
Page {number}
=============

.. pyrun-page::
   :packages: pack{package}

Some text about it.

.. pyrun::

   import pack{package}

   print(pack{package}.__version__)

.. pyrun::

   for number in range({number}):
       print(number)
"""


def measure(bench: Bench) -> Iterator[Found]:
    """Build the site in each of the three ways."""
    folder = bench.folder / "resolving"
    folder.mkdir()
    write_site(folder)
    changed = {
        "PYRUN_CACHE": str(folder / "cache"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder / "index"),
    }
    rounds = bench.some(ROUNDS)
    with patch.dict(os.environ, changed):
        yield from found_for("cold", [build(folder)])
        yield from found_for("warm", [build(folder) for _ in range(rounds)])
        with redirect_stdout(StringIO()):
            pyrun(["lock", str(folder / "site")])
        yield from found_for("lock", [build(folder) for _ in range(rounds)])


def found_for(way: str, builds: list[tuple[float, float]]) -> Iterator[Found]:
    """The results of both rows for some builds."""
    whole, resolving = ([build[index] for build in builds] for index in (0, 1))
    yield Found(f"{way}-build", PYRUN, whole)
    yield Found(f"{way}-resolving", PYRUN, resolving)


def write_site(folder: Path) -> None:
    """Write the pages, an index of small wheels, and a Pyodide that contains none of them."""
    for number in range(PACKAGES):
        needs = [f"pack{number - 1}"] if number % 5 else []
        make_wheel(folder / "index", f"pack{number}", requires=needs)
    pyodide = make_distribution(folder / "pyodide")
    site = folder / "site"
    site.mkdir()
    conf = f'project = "Bench"\nextensions = ["sphinx_pyrun"]\npyrun_pyodide = {str(pyodide)!r}\n'
    (site / "conf.py").write_text(conf)
    for number in range(PAGES):
        page = _PAGE.format(number=number, package=number % PACKAGES)
        (site / f"page{number}.rst").write_text(page)
    toctree = "\n".join(f"   page{number}" for number in range(PAGES))
    (site / "index.rst").write_text(f"Bench\n=====\n\n.. toctree::\n\n{toctree}\n")


def build(folder: Path) -> tuple[float, float]:
    """The seconds of a complete build, and the part of them that resolving takes."""
    spent: list[float] = []

    def timed(resolve: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object) -> object:
            started = time.perf_counter()
            try:
                return resolve(*given)
            finally:
                spent.append(time.perf_counter() - started)

        return call

    site, out = folder / "site", folder / "out"
    warnings = StringIO()
    replaced = patch.object(pyrun_core.site, "resolve_site", timed(resolve_site))
    started = time.perf_counter()
    with replaced, docutils_namespace():
        app = Sphinx(site, site, out, out / "doctrees", "html", status=None, warning=warnings, freshenv=True)
        app.build(force_all=True)
    whole = time.perf_counter() - started
    if warnings.getvalue():
        raise RuntimeError(warnings.getvalue())
    return whole, sum(spent)


WAYS = {"cold": "the first build", "warm": "a build soon after", "lock": "a build with a committed lock file"}

RESOLVING = Group(
    "resolving",
    f"{PACKAGES} packages on {PAGES} pages",
    tuple(
        Row(f"{way}-{part}", f"{words}: {what}", "s")
        for way, words in WAYS.items()
        for part, what in {"build": "total time", "resolving": "resolving packages"}.items()
    ),
    measure,
)
