"""What an example must know of its site and its page.

A host hands it to the extension with its configuration. It is frozen, so that every Markdown
instance keeps the page it was made for, also one that another plugin makes for an excerpt.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyrun_core.browser_files import bundled_files
from pyrun_core.checks import check_packages
from pyrun_core.distribution import Distribution, choose_distribution
from pyrun_core.options import Options, Scope, Values, read_options
from pyrun_core.problems import Location, Problem, Report

__all__ = ["Page", "Site", "make_site", "stand_alone_page"]

# Below MkDocs' own logger, which makes warnings fail a strict build and which ProperDocs adopts.
# Where neither is, Python prints warnings to the standard error.
_LOGGER = "mkdocs.plugins.pyrun"


@dataclass(frozen=True)
class Site:
    """What holds for all pages: the values set for the site, its Pyodide, where problems go."""

    values: Values
    distribution: Distribution
    report: Report

    def check_packages(self, values: Values, location: Location) -> None:
        """Report packages among the values that pages could not load."""
        check_packages(values.get("packages", ()), self.distribution, self.report, location)


@dataclass(frozen=True)
class Page:
    """The page that Markdown works on.

    ``lines`` are those of the whole file, front matter included; empty where nobody knows them.
    """

    site: Site
    file: str
    lines: Sequence[str] = ()
    values: Values = field(default_factory=dict)


def make_site(values: Values, base: Path, report: Report, location: Location) -> Site:
    """The site for these values, which the author set at the location.

    ``base`` is the folder that a path in them is relative to.

    Raises:
        PyrunError: the site cannot be built as configured.
    """
    choice = values.get("pyodide", Options.pyodide)
    site = Site(values, choose_distribution(choice, base, bundled_files()), report)
    site.check_packages(values, location)
    return site


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
