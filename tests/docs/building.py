"""Builds the project's two documentation sites, as `make docs` does, with warnings as errors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["DOCS", "MKDOCS_PAGES", "PROJECT", "SPHINX_PAGES", "build_mkdocs", "build_sphinx"]

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
MKDOCS = DOCS / "mkdocs"

SPHINX_PAGES = sorted(
    path.relative_to(DOCS).with_suffix("").as_posix()
    for path in DOCS.rglob("*")
    if path.suffix in {".md", ".rst"} and path.relative_to(DOCS).parts[0] not in {"_build", "mkdocs"}
)
"""The names of all pages in the Sphinx site."""

MKDOCS_PAGES = sorted(path.stem for path in (MKDOCS / "pages").glob("*.md"))
"""The names of all pages in the MkDocs site."""

_OPTIONS = ["--fail-on-warning", "--keep-going", "--nitpicky", "--fresh-env", "--quiet"]


def build_sphinx(target: Path) -> Path:
    """Build the Sphinx site in ``target``; warnings fail the assertion, which shows them."""
    doctrees = f"--doctree-dir={target.with_name(target.name + '-doctrees')}"
    return _build(["sphinx", *_OPTIONS, doctrees, str(DOCS), str(target)], target)


def build_mkdocs(target: Path) -> Path:
    """Build the MkDocs site in ``target``; warnings fail the assertion, which shows them."""
    configuration = f"--config-file={MKDOCS / 'mkdocs.yml'}"
    return _build(["mkdocs", "build", "--strict", configuration, f"--site-dir={target}"], target)


def _build(arguments: list[str], target: Path) -> Path:
    # Otherwise Material prints a notice about MkDocs 2.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", *arguments]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return target
