"""The sites to compare: a Sphinx site with pyrun, and hand-written pages on the same Pyodide."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

from benchmarks.examples import BUNDLED_EXAMPLES, COMPARED, EXAMPLES, HELLO, RUNNING_EXAMPLES
from tools.fetch_test_pyodides import DISTRIBUTIONS, cache_folder, fetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.examples import Example

__all__ = [
    "BUNDLED",
    "HEAD",
    "NPM_PYODIDE",
    "PLAIN",
    "PLAIN_SITE",
    "SCIENTIFIC",
    "SHARED_PAGE",
    "build_sphinx",
    "closure",
    "full_pyodide",
    "pyodide_version",
    "write_bare_site",
    "write_source",
]

BUNDLED = "bundled"
SCIENTIFIC = "scientific"
"""Names of two Pyodides: the one that pyrun bundles, and the one from the tests, with packages."""

PLAIN = "plain"
"""The site with code blocks instead of examples."""

PLAIN_SITE = "the same without examples"
"""The title of its column."""

SHARED_PAGE = "shared.html"
"""The hand-written page that runs hello in a SharedWorker."""

NPM_PYODIDE = Path(__file__).parents[1] / "node_modules" / "pyodide"
"""The original files of the bundled Pyodide. pyrun adds bytecode to its copy."""

CORE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
"""The files that load without packages. Each version has one of the two loader scripts."""

HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Benchmark</title>'
    '<link rel="icon" href="data:,">'  # otherwise, browsers request one
)


def full_pyodide() -> Path:
    """The distribution with packages, fetched if it is not in the cache."""
    return fetch(DISTRIBUTIONS[0], cache_folder())


def pyodide_version(folder: Path) -> str:
    """The version in the ``package.json`` of a distribution."""
    return str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])


def closure(packages: Mapping[str, Mapping[str, Any]], names: Iterable[str]) -> list[str]:
    """Packages of a lock file, with all their dependencies."""
    found: list[str] = []
    waiting = list(names)
    while waiting:
        name = waiting.pop().replace("_", "-").lower()
        if name not in found:
            found.append(name)
            waiting += packages[name]["depends"]
    return found


def examples_of(pyodide: str) -> Iterable[Example]:
    """The examples of the site with this Pyodide."""
    return (
        (*BUNDLED_EXAMPLES, *RUNNING_EXAMPLES)
        if pyodide == BUNDLED
        else tuple(dict.fromkeys((*EXAMPLES, *COMPARED)))
    )


def write_source(source: Path, pyodide: str, *, live: bool) -> None:
    """Write a Sphinx project with the default options, or the same project with code blocks."""
    source.mkdir(parents=True)
    options = f"pyrun_pyodide = {str(full_pyodide())!r}\n" if pyodide == SCIENTIFIC else ""
    extension = f'extensions = ["sphinx_pyrun"]\n{options}' if live else ""
    conf = f'project = "Benchmark"\nhtml_theme = "basic"\n{extension}'
    (source / "conf.py").write_text(conf, encoding="utf-8")
    names = []
    for example in examples_of(pyodide):
        names.append(example.name)
        (source / f"{example.name}.rst").write_text(_rst(example, live=live), encoding="utf-8")
    toctree = indent("\n".join(names), "   ")
    (source / "index.rst").write_text(f"Start\n=====\n\n.. toctree::\n\n{toctree}\n", encoding="utf-8")


def _rst(example: Example, *, live: bool) -> str:
    title = example.what.capitalize()
    has_packages = live and example.packages
    packages = f".. pyrun-page::\n   :packages: {' '.join(example.packages)}\n\n" if has_packages else ""
    directive = "pyrun::" if live else "code-block:: python"
    return f"{title}\n{'=' * len(title)}\n\n{packages}.. {directive}\n\n{indent(example.code, '   ')}\n"


def build_sphinx(source: Path, target: Path) -> None:
    """Run Sphinx in a separate process.

    Raises:
        RuntimeError: Sphinx fails or warns. The message contains Sphinx's output.
    """
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-E", "-b", "html", str(source), str(target)]
    environment = {**os.environ, "PYTHONWARNINGS": ""}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"Sphinx could not build a site: {run.stdout}{run.stderr}")


def write_bare_site(target: Path, pyodide: str) -> None:
    """Write hand-written pages that use the original files of the same Pyodide."""
    shutil.copytree(Path(__file__).parent / "bare", target)
    copy_pyodide(NPM_PYODIDE if pyodide == BUNDLED else full_pyodide(), target / "pyodide", pyodide)
    for example in examples_of(pyodide):
        (target / f"{example.name}.html").write_text(_bare_page(example, "Worker"), encoding="utf-8")
    (target / SHARED_PAGE).write_text(_bare_page(HELLO, "SharedWorker"), encoding="utf-8")


def _bare_page(example: Example, worker: str) -> str:
    data = (
        f'data-code="{html.escape(example.bare_code)}" data-packages="{" ".join(example.packages)}" '
        f'data-pyodide="./pyodide/" data-worker="{worker}"'
    )
    return f'{HEAD}<body {data}><button>Run</button><pre></pre><script type="module" src="page.js"></script>'


def copy_pyodide(original: Path, target: Path, pyodide: str) -> None:
    """Copy only those files of a distribution that the pages load, to keep the site small."""
    packages = json.loads((original / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = {name for example in examples_of(pyodide) for name in example.packages}
    files = {packages[name]["file_name"] for name in closure(packages, wanted)}
    target.mkdir()
    for name in {*CORE_FILES, *files}:
        if (original / name).exists():
            shutil.copyfile(original / name, target / name)
