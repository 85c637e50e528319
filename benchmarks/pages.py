"""Two sites with the same code and the same Pyodide: pyrun's, and one made by hand."""

import html
import shutil
from pathlib import Path

from pyrun_core.browser_files import bundled_files
from pyrun_core.distribution import BUNDLED, choose_distribution
from pyrun_core.example import make_example
from pyrun_core.problems import Location
from pyrun_core.render import END_TAG, page_assets, start_tag
from pyrun_core.site_files import site_files

__all__ = ["BARE", "PYRUN", "write_pages", "write_site"]

PYRUN = "pyrun"
BARE = "bare"

_NPM_PYODIDE = Path(__file__).parents[1] / "node_modules" / "pyodide"
"""The bundled Pyodide as its makers ship it: pyrun adds bytecode to its copy."""

_HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Benchmark</title>'
    '<link rel="icon" href="data:,">'  # or else browsers ask for one
)


def write_site(folder: Path, pyodide: str) -> None:
    """Copy what the pages of both sites load. ``pyodide`` is a value of the option of that name."""
    files = bundled_files()
    for file in site_files(files, choose_distribution(pyodide, Path(), files)):
        target = folder / file.target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.source, target)
    shutil.copytree(Path(__file__).parent / BARE, folder / BARE)
    if pyodide == BUNDLED:
        shutil.copytree(_NPM_PYODIDE, folder / BARE / "pyodide")


def write_pages(folder: Path, name: str, code: str, pyodide: str) -> None:
    """Write ``NAME-pyrun.html`` and ``NAME-bare.html``, which run the code at a click."""
    files = bundled_files()
    distribution = choose_distribution(pyodide, Path(), files)
    example = make_example(code, site={}, page={}, block={}, location=Location(name))
    block = f'<div class="highlight"><pre>{html.escape(code)}</pre></div>'
    ours = (
        page_assets("./", files.loader, files.style) + start_tag(example, distribution, {}) + block + END_TAG
    )
    (folder / f"{name}-{PYRUN}.html").write_text(f"{_HEAD}<body>{ours}", encoding="utf-8")
    bare_pyodide = "./pyodide/" if pyodide == BUNDLED else f"../{distribution.url}"
    data = f'data-code="{html.escape(code)}" data-pyodide="{bare_pyodide}"'
    script = f'<script type="module" src="{BARE}/page.js"></script>'
    bare = f"{_HEAD}<body {data}><button>Run</button><pre></pre>{script}"
    (folder / f"{name}-{BARE}.html").write_text(bare, encoding="utf-8")
