"""jupyterlite-sphinx: a button opens a JupyterLite console in a frame."""

from __future__ import annotations

import subprocess
from textwrap import indent
from typing import TYPE_CHECKING

from benchmarks.peers.copies import fetch_wheels, npm_package, with_wheels
from benchmarks.peers.peer import Peer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from benchmarks.examples import Example

__all__ = ["JUPYTERLITE"]

PYODIDE_VERSION = "314.0.6"
"""The version of Pyodide that the kernel loads."""

KERNEL_PACKAGES = ("micropip", "packaging", "ipython", "jedi")
"""The packages of Pyodide that the kernel loads."""

INDEX_PACKAGES = ("comm==0.2.3",)
"""The packages that the kernel requests from an index."""


def build(python: Path, folder: Path, examples: Iterable[Example]) -> Path:
    """Build a site with a page for each example, which uses the directive ``replite``."""
    source = folder / "source"
    source.mkdir(parents=True)
    conf = 'project = "Benchmark"\nextensions = ["jupyterlite_sphinx"]\nhtml_theme = "basic"\n'
    (source / "conf.py").write_text(conf, encoding="utf-8")
    (source / "index.rst").write_text("Start\n=====\n", encoding="utf-8")
    for example in examples:
        directive = f".. replite::\n   :kernel: python\n   :prompt: Run\n\n{indent(example.code, '   ')}\n"
        (source / f"{example.name}.rst").write_text(
            f":orphan:\n\nPage\n====\n\n{directive}", encoding="utf-8"
        )
    command = [str(python), "-m", "sphinx", "-q", "-b", "html", str(source), str(folder / "site")]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(run.stderr)
    return folder / "site"


def run(page: Page, text: str) -> None:
    """Press the button. It opens the console, which runs the code when the kernel has started."""
    page.locator(".jupyterlite_sphinx_try_it_button").click()
    page.frame_locator("iframe").locator(".jp-OutputArea-output", has_text=text).wait_for()


def in_place(python: Path) -> dict[str, Path]:
    """The kernel's Pyodide with the packages that it loads. The npm package contains the core only."""
    fetch_wheels(python, INDEX_PACKAGES)
    return {PYODIDE_VERSION: with_wheels(npm_package("pyodide", PYODIDE_VERSION), python, KERNEL_PACKAGES)}


JUPYTERLITE = Peer(
    "jupyterlite-sphinx",
    ("jupyterlite-sphinx==0.23.0", "jupyterlite-pyodide-kernel==0.8.6", "sphinx==9.0.4"),
    build,
    lambda name: f"{name}.html",
    run,
    in_place,
    "wheels of Pyodide 314 were not available",
)
