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
    from collections.abc import Mapping

__all__ = ["example", "write_site"]


def write_site(folder: Path, pages: Mapping[str, str], pyodide: str = Options.pyodide) -> None:
    """Write ``NAME-pyrun.html`` for each page, with its code as a live example, and the files that they load.

    ``pyodide`` is a value of the option with that name.
    """
    here = Location("benchmark")
    site = prepare_site(
        {"pyodide": pyodide}, base=Path(), documents=Path(), location=here, report=_fail, log=print
    )
    examples = {name: example(code, name) for name, code in pages.items()}
    requirements = site.requirements(
        [PageRequirements(examples=(each.requirements,)) for each in examples.values()]
    )
    PyrunFolder(folder, "./").write(settle(site, requirements, DocumentedProject()))
    for name, each in examples.items():
        _write_page(folder / f"{name}-{PYRUN}.html", pages[name], each)


def _write_page(path: Path, code: str, live: Example) -> None:
    files = bundled_files()
    block = f'<div class="highlight"><pre>{html.escape(code)}</pre></div>'
    ours = (
        page_assets(PageAsset(f"./{files.loader}"), PageAsset(f"./{files.style}"))
        + start_tag(live)
        + block
        + END_TAG
    )
    path.write_text(f"{HEAD}<body>{ours}", encoding="utf-8")


def example(code: str, name: str) -> Example:
    """An example without options."""
    return make_example(code, site={}, page={}, block={}, file=name, location=Location(name))


def _fail(problem: Problem, message: str, location: Location) -> None:
    raise ValueError(f"{location}: {message} [{problem.value}]")
