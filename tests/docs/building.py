"""Builds the project's documentation sites, as `make docs` does, with warnings as errors."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = [
    "ANY_SITE",
    "DOCS",
    "MKDOCS_PAGES",
    "PROJECT",
    "SPHINX_PAGES",
    "ZENSICAL_PAGES",
    "build_any_site",
    "build_mkdocs",
    "build_sphinx",
    "build_zensical",
]

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
MKDOCS = DOCS / "mkdocs"
ANY_SITE = DOCS / "any-site"
ZENSICAL = DOCS / "zensical"

SPHINX_PAGES = sorted(
    path.relative_to(DOCS).with_suffix("").as_posix()
    for path in DOCS.rglob("*")
    if path.suffix in {".md", ".rst"}
    and path.relative_to(DOCS).parts[0] not in {"_build", "any-site", "mkdocs", "zensical"}
)
"""The names of all pages in the Sphinx site."""

MKDOCS_PAGES = sorted(path.stem for path in (MKDOCS / "pages").glob("*.md"))
"""The names of all pages in the MkDocs site."""

ZENSICAL_PAGES = sorted(path.stem for path in (ZENSICAL / "pages").glob("*.md"))
"""The names of all pages in the Zensical site."""

_OPTIONS = ["--fail-on-warning", "--keep-going", "--nitpicky", "--fresh-env", "--quiet"]


def build_sphinx(target: Path) -> Path:
    """Build the Sphinx site in ``target``; warnings fail the assertion, which shows them."""
    doctrees = f"--doctree-dir={target.with_name(target.name + '-doctrees')}"
    return _build([sys.executable, "-m", "sphinx", *_OPTIONS, doctrees, str(DOCS), str(target)], target)


def build_mkdocs(target: Path) -> Path:
    """Build the MkDocs site in ``target``; warnings fail the assertion, which shows them."""
    configuration = f"--config-file={MKDOCS / 'mkdocs.yml'}"
    return _build(
        [sys.executable, "-m", "mkdocs", "build", "--strict", configuration, f"--site-dir={target}"], target
    )


def build_any_site(target: Path) -> Path:
    """Build the site of the tutorial for any generator in ``target``, and finish it."""
    _build([sys.executable, str(ANY_SITE / "build.py"), str(target)], target)
    configuration = f"--config={ANY_SITE / 'pyrun.toml'}"
    return _build(
        [str(Path(sys.executable).with_name("pyrun")), "finish", "--strict", configuration, str(target)],
        target,
    )


def build_zensical(target: Path) -> Path:
    """Build the Zensical site, and copy it to ``target``: Zensical builds in the folder of a project."""
    project = target.parent.with_name(f"{target.parent.name}-zensical")
    shutil.copytree(ZENSICAL, project, ignore=shutil.ignore_patterns(".cache", "site"))
    zensical = str(Path(sys.executable).with_name("zensical"))
    _build([zensical, "build", "--strict", "--config-file", str(project / "zensical.toml")], target)
    shutil.copytree(project / "site", target)
    return target


def _build(command: list[str], target: Path) -> Path:
    # Otherwise Material prints a notice about MkDocs 2.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return target
