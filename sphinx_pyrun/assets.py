"""Pyrun's files in the built site: written, and linked from the pages that need them."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from pyrun_core.examples.render import integrity_attributes
from pyrun_core.problems import PyrunError
from pyrun_core.settlement.documented_names import names_table
from pyrun_core.settlement.folder import PyrunFolder
from sphinx_pyrun.documented_names import intersphinx_names, own_names
from sphinx_pyrun.domain import pyrun_domain
from sphinx_pyrun.nodes import LIVE_BUILDERS, pyrun_cell
from sphinx_pyrun.outputs import pyrun_output

__all__ = ["setup_assets"]

FOLDER = "pyrun"
"""The folder of the files, in ``_static``."""

_ROOT = "../../"


def setup_assets(app: Sphinx) -> None:
    """Connect the writing and the linking of files."""
    app.connect("env-updated", write_files)
    app.connect("html-page-context", name_files)
    app.connect("build-finished", remove_old_files)


def write_files(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write before any page is written, because Sphinx reads script and style for the ``?v=`` of their URLs.

    Returns the pages to write again: after an upgrade of pyrun, unchanged pages have to name other files.
    """
    if app.builder.name not in LIVE_BUILDERS:
        return []
    domain = pyrun_domain(env)
    path = Path(app.outdir, "_static", FOLDER)
    domain.folder = folder = PyrunFolder(path, _ROOT, domain.site.runtime, domain.site.integrity)
    pages = [page.name for page in domain.settlement.requirements.pages]
    if not pages:
        return []
    names = names_table(own_names(app, _ROOT), intersphinx_names(app), domain.settlement.imported_modules())
    domain.settlement = replace(domain.settlement, names=names)
    is_current = folder.has_current_files()
    try:
        folder.write(domain.settlement, list(domain.outputs_of(app.builder.name).values()))
    except PyrunError as error:
        raise ExtensionError(str(error)) from error
    return [] if is_current else pages


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
    folder = pyrun_domain(app.env).folder
    loader, style = (asset.below(f"{FOLDER}/") for asset in folder.page_assets)
    app.add_css_file(style.url, **integrity_attributes(style))
    if next(iter(doctree.findall(pyrun_output)), None) is not None:
        output_style = folder.output_style.below(f"{FOLDER}/")
        app.add_css_file(output_style.url, **integrity_attributes(output_style))
    app.add_js_file(loader.url, loading_method="defer", **integrity_attributes(loader))


def remove_old_files(app: Sphinx, exception: Exception | None) -> None:
    """Remove files of an older build. After a failed build they stay, because its pages may link them."""
    if app.builder.name not in LIVE_BUILDERS or exception is not None:
        return
    domain = pyrun_domain(app.env)
    try:
        is_live = bool(domain.settlement.requirements.pages)
        outputs = list(domain.outputs_of(app.builder.name).values())
        domain.folder.remove_others(domain.settlement if is_live else None, outputs)
    except PyrunError as error:
        raise ExtensionError(str(error)) from error
