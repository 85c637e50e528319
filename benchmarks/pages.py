"""Pages with one example, written without a host, for benchmarks of pyrun alone."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.rows import PYRUN
from benchmarks.sites import HEAD
from pyrun_core.browser_files import bundled_files
from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.page_requirements import PageRequirements
from pyrun_core.examples.render import END_TAG, PageAsset, page_assets, start_tag
from pyrun_core.options.declare import Options
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.problems import Location, Problem
from pyrun_core.settlement.folder import PyrunFolder
from pyrun_core.settlement.settlement import settle
from pyrun_core.site import prepare_site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["example", "write_page", "write_site"]


_BLOCK = f'<div class="highlight"><pre>{{}}</pre></div>{END_TAG}'


def write_site(folder: Path, pages: Mapping[str, str], pyodide: str = Options.pyodide) -> None:
    """Write ``NAME-pyrun.html`` for each page, with its code as a live example, and the files that they load.

    ``pyodide`` is a value of the option with that name.
    """
    here = Location("benchmark")
    site = prepare_site(
        {"pyodide": pyodide}, base=Path(), documents=Path(), location=here, report=_fail, log=print
    )
    requirements = site.requirements(
        [PageRequirements(examples=(example(code, name).requirements,)) for name, code in pages.items()]
    )
    PyrunFolder(folder, "./").write(settle(site, requirements, DocumentedProject()))
    for name, code in pages.items():
        write_page(folder / f"{name}-{PYRUN}.html", [code])


def write_page(path: Path, blocks: Sequence[str]) -> None:
    """Write a page with these live examples, which `write_site` has settled if they import something."""
    files = bundled_files()
    cells = "".join(start_tag(example(code, path.stem)) + _BLOCK.format(html.escape(code)) for code in blocks)
    assets = page_assets(PageAsset(f"./{files.loader}"), PageAsset(f"./{files.style}"))
    path.write_text(f"{HEAD}<body>{assets}{cells}", encoding="utf-8")


def example(code: str, name: str) -> Example:
    """An example without options."""
    return make_example(code, site={}, page={}, block={}, file=name, location=Location(name))


def _fail(problem: Problem, message: str, location: Location) -> None:
    raise ValueError(f"{location}: {message} [{problem.value}]")
