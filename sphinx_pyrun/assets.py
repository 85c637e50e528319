"""The files of live pages: copied into the site, and linked from the pages that need them."""

import filecmp
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from pyrun_core.browser_files import bundled_files
from pyrun_core.site_file import SiteFile
from sphinx_pyrun.domain import pyrun_domain
from sphinx_pyrun.nodes import LIVE_BUILDERS, pyrun_cell

__all__ = ["setup_assets"]

FOLDER = "pyrun"
"""The folder of the files, in ``_static``."""


def setup_assets(app: Sphinx) -> None:
    """Connect the copying and the linking of files."""
    app.connect("env-updated", copy_files)
    app.connect("html-page-context", name_files)
    app.connect("build-finished", remove_old_files)


def copy_files(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Copy before any page is written, because Sphinx reads the files for the ``?v=`` of their URLs.

    Returns the pages to write again. File names carry hashes, so after an upgrade of pyrun even unchanged
    pages have to name other files.
    """
    pages = sorted(pyrun_domain(env).pages)
    if app.builder.name not in LIVE_BUILDERS or not pages:
        return []
    files = _wanted(app)
    complete = _present(app) == set(files)
    for target, file in files.items():
        _copy(file.source, target)
    return [] if complete else pages


def name_files(
    app: Sphinx,
    pagename: str,  # noqa: ARG001 - signature of the event
    templatename: str,  # noqa: ARG001
    context: dict[str, Any],  # noqa: ARG001
    doctree: nodes.document | None,
) -> None:
    """Link script and style sheet from pages with live examples only."""
    if doctree is None or next(iter(doctree.findall(pyrun_cell)), None) is None:
        return
    files = bundled_files()
    app.add_css_file(f"{FOLDER}/{files.style}")
    app.add_js_file(f"{FOLDER}/{files.loader}", loading_method="defer")


def remove_old_files(app: Sphinx, exception: Exception | None) -> None:
    """Remove files of an older build. After a failed build they stay, because its pages may link them."""
    if app.builder.name not in LIVE_BUILDERS or exception is not None:
        return
    wanted = set(_wanted(app)) if pyrun_domain(app.env).pages else set()
    for path in _present(app) - wanted:
        path.unlink()
    for folder in sorted(_folder(app).glob("**/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _folder(app: Sphinx) -> Path:
    return Path(app.outdir) / "_static" / FOLDER


def _wanted(app: Sphinx) -> dict[Path, SiteFile]:
    domain = pyrun_domain(app.env)
    return {_folder(app) / file.target: file for file in domain.site.files(domain.resolved)}


def _present(app: Sphinx) -> set[Path]:
    return {path for path in _folder(app).rglob("*") if path.is_file()}


def _copy(source: Path, target: Path) -> None:
    if target.is_file() and filecmp.cmp(source, target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
