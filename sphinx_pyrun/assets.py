"""The files of live pages: copied into the site, and named in the pages that need them."""

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
from pyrun_core.site_files import site_files
from sphinx_pyrun.config import site_distribution
from sphinx_pyrun.needs import pages_with_examples
from sphinx_pyrun.nodes import LIVE_BUILDERS, pyrun_cell
from sphinx_pyrun.packages import settled_files

__all__ = ["setup_assets"]

FOLDER = "pyrun"
"""Where the files are served, in ``_static``."""


def setup_assets(app: Sphinx) -> None:
    """Connect the copying and the naming of files."""
    app.connect("env-updated", copy_files)
    app.connect("html-page-context", name_files)
    app.connect("build-finished", remove_old_files)


def copy_files(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Copy before any page is written: Sphinx looks at the files for the ``?v=`` of their URLs.

    Returns the pages to write anew. File names carry hashes, so after an upgrade of pyrun pages
    that did not change themselves have to name other files.
    """
    pages = pages_with_examples(env)
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
    """Name script and style sheet in a page that has live examples, and in no other."""
    if doctree is None or next(iter(doctree.findall(pyrun_cell)), None) is None:
        return
    files = bundled_files()
    app.add_css_file(f"{FOLDER}/{files.style}")
    app.add_js_file(f"{FOLDER}/{files.loader}", loading_method="defer")


def remove_old_files(app: Sphinx, exception: Exception | None) -> None:
    """Remove what an older build left. Not after a failed one: its pages may still name them."""
    if app.builder.name not in LIVE_BUILDERS or exception is not None:
        return
    wanted = set(_wanted(app)) if pages_with_examples(app.env) else set()
    for path in _present(app) - wanted:
        path.unlink()
    for folder in sorted(_folder(app).glob("**/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _folder(app: Sphinx) -> Path:
    return Path(app.outdir) / "_static" / FOLDER


def _wanted(app: Sphinx) -> dict[Path, SiteFile]:
    files = site_files(bundled_files(), site_distribution(app.env), settled_files(app.env))
    return {_folder(app) / file.target: file for file in files}


def _present(app: Sphinx) -> set[Path]:
    return {path for path in _folder(app).rglob("*") if path.is_file()}


def _copy(source: Path, target: Path) -> None:
    if target.is_file() and filecmp.cmp(source, target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
