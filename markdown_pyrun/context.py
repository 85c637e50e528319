"""What an example must know of its site and its page.

A host hands it to the extension with its configuration. It is frozen, so that every Markdown
instance keeps the page it was made for, also one that another plugin makes for an excerpt.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_pyrun.deferred_packages import TOKEN_ATTRIBUTE, Gathered
from pyrun_core.browser_files import bundled_files
from pyrun_core.examples.checks import check_packages
from pyrun_core.examples.files import ExampleFiles
from pyrun_core.options.declare import Options, Scope, Values, read_options
from pyrun_core.packages.publish.resolved import CellPackages, Settled
from pyrun_core.packages.request.page_requirements import ExampleNeeds
from pyrun_core.problems import Location, Problem, Report
from pyrun_core.pyodide.distribution import Distribution, choose_distribution
from pyrun_core.pyodide.stdlib_bytecode import with_compiled_library

__all__ = ["Page", "Site", "make_site", "stand_alone_page"]

# Below MkDocs' own logger, which makes warnings fail a strict build and which ProperDocs adopts.
# Where neither is, Python prints warnings to the standard error.
_LOGGER = "mkdocs.plugins.pyrun"


@dataclass(frozen=True)
class Site:
    """What holds for all pages: the values set for the site, its Pyodide, where problems go.

    ``gathered`` and ``files`` are there where the plugin is, which knows when all pages have been rendered.
    """

    values: Values
    distribution: Distribution
    report: Report
    location: Location
    gathered: Gathered | None = None
    files: ExampleFiles | None = None

    def packages_of(self, page: "Page", needs: ExampleNeeds, *, is_first: bool) -> dict[str, str]:
        """What the element of an example says of its packages, or a token until that is known."""
        if self.gathered is not None:
            return {TOKEN_ATTRIBUTE: self.gathered.add(page.file, needs, is_first=is_first)}
        check_packages(needs.declared.words, self.distribution, self.report, needs.declared.location)
        words = (*self.values.get("packages", ()), *page.values.get("packages", ()))
        cell = CellPackages(words, (), needs.declared.words)
        return Settled().attributes(cell, is_first=is_first)

    def files_of(self, page: "Page", patterns: tuple[str, ...], location: Location) -> str:
        """What the element of an example says of its files."""
        if not patterns:
            return ""
        if self.files is None or page.folder is None:
            cure = "files: only the plugin can serve files. Without it have the code hold its data"
            self.report(Problem.FILES, cure, location)
            return ""
        return self.files.attribute(self.files.find(patterns, page.folder, location))


@dataclass(frozen=True)
class Page:
    """The page that Markdown works on. ``folder`` is where its file lies.

    ``lines`` are those of the whole file, front matter included; empty where nobody knows them.
    """

    site: Site
    file: str
    lines: Sequence[str] = ()
    values: Values = field(default_factory=dict)
    folder: Path | None = None


def make_site(
    values: Values,
    base: Path,
    report: Report,
    location: Location,
    documents: Path | None = None,
) -> Site:
    """The site for these values, which the author set at the location.

    ``base`` is the folder that a path in them is relative to, ``documents`` that of the pages, which the
    plugin knows.

    Raises:
        PyrunError: the site cannot be built as configured.
    """
    choice = values.get("pyodide", Options.pyodide)
    distribution = choose_distribution(choice, base, bundled_files())
    logger = logging.getLogger(_LOGGER)
    if values.get("repack", Options.repack) and documents is not None:
        distribution = with_compiled_library(distribution, logger.info)
    if values.get("snapshots", Options.snapshots) and distribution.why_no_snapshots:
        logger.info(
            "%s is not kept in readers' browsers, because %s",
            distribution.label,
            distribution.why_no_snapshots,
        )
    if documents is None:
        check_packages(values.get("packages", ()), distribution, report, location)
        return Site(values, distribution, report, location)
    return Site(values, distribution, report, location, Gathered(), ExampleFiles(documents, report))


def stand_alone_page(options: Mapping[str, object]) -> Page:
    """A page for a host that runs the extension and no plugin, such as Zensical.

    It does not say which page it is. ``options`` are those of the extension; a path in them is
    relative to the working folder.
    """
    where = Location("the options of the Markdown extension pyrun")
    values = read_options(options, Scope.SITE, where, _log)
    return Page(make_site(values, Path.cwd(), _log, where), file="Markdown")


def _log(problem: Problem, message: str, location: Location) -> None:
    logging.getLogger(_LOGGER).warning("%s: %s [pyrun.%s]", location, message, problem.value)
