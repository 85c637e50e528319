"""A page for a host that runs the extension without a plugin, such as Zensical."""

import logging
from collections.abc import Mapping
from pathlib import Path

from markdown_pyrun.context import Page
from pyrun_core.examples.checks import check_packages
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.problems import Location, Problem
from pyrun_core.site import prepare_site

__all__ = ["stand_alone_page"]

# Python-Markdown has no log that fails a build. MkDocs without the plugin, and ProperDocs, count the warnings
# below this logger in a strict build; everywhere else Python prints them to standard error.
_logger = logging.getLogger("mkdocs.plugins.pyrun")


def stand_alone_page(options: Mapping[str, object]) -> Page:
    """The page, without a name: such a host does not say which page it renders.

    ``options`` are those of the extension. A path in them is relative to the working directory.

    Raises:
        PyrunError: the Pyodide that the options select cannot be used.
    """
    location = Location("the options of the Markdown extension pyrun")
    values = read_options(options, Scope.SITE, location, _report)
    site = prepare_site(
        values,
        base=Path.cwd(),
        documents=None,
        location=location,
        report=_report,
        log=_logger.info,
    )
    check_packages(site.packages, site.distribution, _report, location)
    return Page(site, file="Markdown")


def _report(problem: Problem, message: str, location: Location) -> None:
    _logger.warning("%s: %s [pyrun.%s]", location, message, problem.value)
