"""The packages and files of a site: settled when all pages have been read, before any is written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from pyrun_core.examples.files import ExampleFile, ExampleFiles, describe_files
from pyrun_core.packages.publish.resolved import CellPackages, Settled
from pyrun_core.packages.request.imports import find_imports
from pyrun_core.packages.request.page_requirements import Declared, PageNeeds, SiteNeeds
from pyrun_core.packages.resolve.version_check import Documented
from pyrun_core.packages.resolve_site import LockMode, Settlement, settle
from pyrun_core.site_file import SiteFile
from sphinx_pyrun.config import packages_location, site_distribution, site_values
from sphinx_pyrun.needs import needs_of_pages
from sphinx_pyrun.nodes import LIVE_BUILDERS, location_of, settings_of
from sphinx_pyrun.report import report

__all__ = [
    "settle_site",
    "settled_attributes",
    "settled_files",
    "settled_packages",
    "setup_packages",
    "site_needs",
]

_logger = logging.getLogger(__name__)

# Files are copied at the default priority, 500, and these are among them.
_BEFORE_COPYING = 400


def setup_packages(app: Sphinx) -> None:
    """Connect the settling."""
    app.connect("env-updated", settle_site, priority=_BEFORE_COPYING)
    app.connect("doctree-read", note_files)


def settle_site(app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
    """Settle the packages and find the files, where the builder makes live pages."""
    if app.builder.name not in LIVE_BUILDERS:
        return []
    values = site_values(app.config)
    base = Path(app.confdir)
    settlement = Settlement(
        base=base,
        distribution=site_distribution(env),
        report=report,
        say=lambda text: _logger.info("pyrun: %s", text),
        vendor=values["vendor"],
        wheels=base / values["wheels"] if values["wheels"] else None,
        repack=values["repack"],
        documented=Documented(app.config.project, app.config.release or app.config.version),
        lock_mode=lock_mode_of(app),
    )
    needs = site_needs(app)
    # A site without examples needs nothing, whatever is said for all of its pages.
    env.pyrun_settled = settle(needs, settlement) if needs.pages else Settled()  # type: ignore[attr-defined]
    files = ExampleFiles(Path(app.srcdir), report)
    for docname, page in sorted(needs_of_pages(env).items()):
        found = _files_of_page(files, env, docname, page)
        if found:
            _logger.info("pyrun: files of %s: %s", docname, describe_files(found))
    env.pyrun_files = files  # type: ignore[attr-defined]
    return []


def lock_mode_of(app: Sphinx) -> LockMode:
    """What is done with the lock file: it is followed, unless ``pyrun lock`` builds."""
    mode: LockMode = getattr(app, "pyrun_lock_mode", LockMode.FOLLOW)
    return mode


def site_needs(app: Sphinx) -> SiteNeeds:
    """What all pages need."""
    site = Declared(tuple(site_values(app.config)["packages"]), packages_location(app))
    pages = needs_of_pages(app.env)  # in the order in which they were read, which is not always the same
    return SiteNeeds(site, tuple(pages[name] for name in sorted(pages)))


def settled_packages(env: BuildEnvironment) -> Settled:
    """The packages of the site."""
    settled: Settled = env.pyrun_settled  # type: ignore[attr-defined]
    return settled


def settled_files(env: BuildEnvironment) -> list[SiteFile]:
    """What is copied for packages and examples."""
    files: ExampleFiles = env.pyrun_files  # type: ignore[attr-defined]
    return [*settled_packages(env).files, *(file.site_file for file in files.all())]


def settled_attributes(env: BuildEnvironment, blocks: Iterable[nodes.literal_block]) -> list[dict[str, str]]:
    """What the elements of examples say of their packages and files, in the order of the page."""
    pages = needs_of_pages(env)
    site = tuple(site_values(env.config)["packages"])
    seen: Counter[str] = Counter()
    return [_attributes(env, block, pages, site, seen) for block in blocks]


def note_files(app: Sphinx, doctree: nodes.document) -> None:
    """Have a page read again when a file of its examples changes."""
    del doctree
    needs = needs_of_pages(app.env).get(app.env.docname)
    if needs is None:
        return
    files = ExampleFiles(Path(app.srcdir), lambda *_: None)
    for file in _files_of_page(files, app.env, app.env.docname, needs):
        app.env.note_dependency(str(file.source))


def _attributes(
    env: BuildEnvironment,
    block: nodes.literal_block,
    pages: dict[str, PageNeeds],
    site: tuple[str, ...],
    seen: Counter[str],
) -> dict[str, str]:
    settings = settings_of(block)
    docname = settings["docname"]
    needs = pages[docname]
    seen[docname] += 1
    words = settings["block"].get("packages", ())
    cell = CellPackages((*site, *needs.words), needs.imports, words, find_imports(block.astext()))
    files: ExampleFiles = env.pyrun_files  # type: ignore[attr-defined]
    patterns = (*settings["page"].get("files", ()), *settings["block"].get("files", ()))
    found = files.find(patterns, _folder(env, docname), location_of(block))
    return {
        **settled_packages(env).attributes(cell, is_first=seen[docname] == 1),
        "files": files.attribute(found),
    }


def _files_of_page(
    files: ExampleFiles,
    env: BuildEnvironment,
    docname: str,
    needs: PageNeeds,
) -> list[ExampleFile]:
    folder = _folder(env, docname)
    named = [*needs.files, *(Declared(each.files, each.declared.location) for each in needs.examples)]
    found = [file for each in named for file in files.find(each.words, folder, each.location)]
    return list({file.path: file for file in found}.values())


def _folder(env: BuildEnvironment, docname: str) -> Path:
    return Path(env.doc2path(docname)).parent
