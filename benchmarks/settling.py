"""What settling costs: fifty packages of an index on a site of two hundred pages.

Run it as ``python -m benchmarks.settling``; it needs no network and no browser. "Warm" is a build soon after
another one, "lock file" one that follows a committed lock file, "cold" the first, in which pip chooses.
"""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from statistics import median
from unittest.mock import patch

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

import sphinx_pyrun.packages
from pyrun_core.cli import main as pyrun
from tests.packages.wheels import make_distribution, make_wheel

PAGES = 200
PACKAGES = 50
ROUNDS = 3

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


def main() -> None:
    """Measure, and print a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_site(folder)
        os.environ |= {
            "PYRUN_CACHE": str(folder / "cache"),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(folder / "index"),
        }
        print(f"{PACKAGES} packages, {PAGES} pages, medians of {ROUNDS}\n")
        print("| | build, s | settling, s | share |")
        print("|---|---|---|---|")
        show("cold", [build(folder)])
        show("warm", [build(folder) for _ in range(ROUNDS)])
        with redirect_stdout(StringIO()):
            pyrun(["lock", str(folder / "site")])
        show("lock file", [build(folder) for _ in range(ROUNDS)])


def write_site(folder: Path) -> None:
    """The pages, an index of small wheels, and a Pyodide that has none of them."""
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
    """Seconds of a whole build, and of settling in it."""
    spent: list[float] = []

    def timed(settle: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object) -> object:
            started = time.perf_counter()
            try:
                return settle(*given)
            finally:
                spent.append(time.perf_counter() - started)

        return call

    site, out = folder / "site", folder / "out"
    warnings = StringIO()
    replaced = patch.object(sphinx_pyrun.packages, "settle", timed(sphinx_pyrun.packages.settle))
    started = time.perf_counter()
    with replaced, docutils_namespace():
        app = Sphinx(site, site, out, out / "doctrees", "html", status=None, warning=warnings, freshenv=True)
        app.build(force_all=True)
    whole = time.perf_counter() - started
    if warnings.getvalue():
        raise SystemExit(warnings.getvalue())
    return whole, sum(spent)


def show(name: str, builds: list[tuple[float, float]]) -> None:
    """A row of the table."""
    whole, settling = (median(column) for column in zip(*builds, strict=True))
    print(f"| {name} | {whole:.1f} | {settling:.3f} | {settling / whole:.1%} |", flush=True)


if __name__ == "__main__":
    main()
