"""Pages with one example, written without a host, for benchmarks of pyrun alone."""

import html
import shutil
from pathlib import Path

from benchmarks.rows import PYRUN
from benchmarks.sites import HEAD
from pyrun_core.browser_files import bundled_files
from pyrun_core.examples.example import make_example
from pyrun_core.examples.render import END_TAG, page_assets, start_tag
from pyrun_core.problems import Location
from pyrun_core.pyodide.distribution import choose_distribution
from pyrun_core.site import site_files

__all__ = ["write_pages", "write_site"]


def write_site(folder: Path, pyodide: str) -> None:
    """Copy the files that the pages load. ``pyodide`` is a value of the option with that name."""
    files = bundled_files()
    for file in site_files(files, choose_distribution(pyodide, Path(), files)):
        target = folder / file.target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.source, target)


def write_pages(folder: Path, name: str, code: str, pyodide: str) -> None:
    """Write ``NAME-pyrun.html``, a page that contains the code as a live example."""
    files = bundled_files()
    distribution = choose_distribution(pyodide, Path(), files)
    example = make_example(code, site={}, page={}, block={}, location=Location(name))
    block = f'<div class="highlight"><pre>{html.escape(code)}</pre></div>'
    ours = (
        page_assets("./", files.loader, files.style) + start_tag(example, distribution, {}) + block + END_TAG
    )
    (folder / f"{name}-{PYRUN}.html").write_text(f"{HEAD}<body>{ours}", encoding="utf-8")
