"""The site that is being built: prepared with its builder, resolved once all of its pages have been read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging

from pyrun_core.examples.files import ExampleFile, ExampleFiles, describe_files
from pyrun_core.packages.publish.resolved import CellPackages, ResolvedSite
from pyrun_core.packages.request.imports import find_imports
from pyrun_core.packages.request.page_requirements import (
    DeclaredEntries,
    PageRequirements,
    SiteRequirements,
)
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.problems import PyrunError
from pyrun_core.site import prepare_site
from sphinx_pyrun.config import option_location, site_values
from sphinx_pyrun.domain import PyrunDomain, pyrun_domain
from sphinx_pyrun.nodes import LIVE_BUILDERS, location_of, settings_of
from sphinx_pyrun.report import report

__all__ = ["example_attributes", "setup_site", "site_requirements"]

_logger = logging.getLogger(__name__)

# Files are copied at the default priority, 500, and these are among them.
_BEFORE_COPYING = 400


def setup_site(app: Sphinx) -> None:
    """Connect the preparation and the resolution of the site."""
    app.connect("builder-inited", prepare)
    app.connect("doctree-read", note_files)
    app.connect("env-updated", resolve, priority=_BEFORE_COPYING)


def prepare(app: Sphinx) -> None:
    """Prepare the site, if the builder makes live pages.

    Other builders do not need a Pyodide: a PDF can be built on a machine that does not have the folder.

    Raises:
        ConfigError: the Pyodide that conf.py selects cannot be used. No page could run anything, so this is
            not a warning.
    """
    if app.builder.name not in LIVE_BUILDERS:
        return
    try:
        pyrun_domain(app.env).site = prepare_site(
            site_values(app.config),
            base=Path(app.confdir),
            documents=Path(app.srcdir),
            location=option_location(app, "packages"),
            report=report,
            log=_log,
        )
    except PyrunError as error:
        raise ConfigError(f"{option_location(app, 'pyodide')}: {error}") from error


def resolve(app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
    """Resolve the packages and find the files, if the builder makes live pages.

    Raises:
        ConfigError: the author's lock file is not a lock file.
    """
    if app.builder.name not in LIVE_BUILDERS:
        return []
    domain = pyrun_domain(env)
    requirements = site_requirements(domain)
    domain.resolved = ResolvedSite()
    if requirements.pages:  # a site without examples needs no packages, even if some are set for all pages
        try:
            domain.resolved = domain.site.resolve(
                requirements,
                documented=DocumentedProject(app.config.project, app.config.release or app.config.version),
                lock_mode=domain.lock_mode,
            )
        except PyrunError as error:
            raise ConfigError(f"{domain.site.location}: {error}") from error
    for page in requirements.pages:
        if found := _files_of_page(domain.site.example_files, env, page):
            _log(f"files of {page.name}: {describe_files(found)}")
    return []


def site_requirements(domain: PyrunDomain) -> SiteRequirements:
    """What all pages require, sorted: the order in which Sphinx reads pages varies."""
    return domain.site.requirements(page for _, page in sorted(domain.pages.items()))


def example_attributes(env: BuildEnvironment, blocks: Iterable[nodes.literal_block]) -> list[dict[str, str]]:
    """The attributes of examples for their packages and files, in the order of the page."""
    domain = pyrun_domain(env)
    seen: Counter[str] = Counter()
    return [_attributes(env, domain, block, seen) for block in blocks]


def note_files(app: Sphinx, doctree: nodes.document) -> None:
    """Have Sphinx read a page again when a file of its examples changes."""
    del doctree
    page = pyrun_domain(app.env).pages.get(app.env.docname)
    if page is None:
        return
    files = ExampleFiles(Path(app.srcdir), lambda *_: None)  # `resolve` reports the missing ones
    for file in _files_of_page(files, app.env, page):
        app.env.note_dependency(str(file.source))


def _attributes(
    env: BuildEnvironment,
    domain: PyrunDomain,
    block: nodes.literal_block,
    seen: Counter[str],
) -> dict[str, str]:
    settings = settings_of(block)
    docname = settings["docname"]
    page = domain.pages[docname]
    seen[docname] += 1
    entries = (*domain.site.packages, *page.entries)
    declared, imports = settings["block"].get("packages", ()), find_imports(block.astext())
    cell = CellPackages(entries, page.imports, declared, imports)
    patterns = (*settings["page"].get("files", ()), *settings["block"].get("files", ()))
    files = domain.site.example_files
    found = files.find(patterns, _folder(env, docname), location_of(block))
    return {
        **domain.resolved.attributes(cell, is_first=seen[docname] == 1),
        "files": files.attribute(found),
    }


def _files_of_page(files: ExampleFiles, env: BuildEnvironment, page: PageRequirements) -> list[ExampleFile]:
    folder = _folder(env, page.name)
    named = [*page.files, *(DeclaredEntries(each.files, each.declared.location) for each in page.examples)]
    found = [file for each in named for file in files.find(each.entries, folder, each.location)]
    return list({file.path: file for file in found}.values())


def _folder(env: BuildEnvironment, docname: str) -> Path:
    return Path(env.doc2path(docname)).parent


def _log(message: str) -> None:
    _logger.info("pyrun: %s", message)
