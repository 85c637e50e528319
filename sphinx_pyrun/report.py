"""Problems in an author's pages, as warnings of Sphinx."""

from sphinx.util import logging

from pyrun_core.problems import Location, Problem

__all__ = ["report"]

_logger = logging.getLogger(__name__)


def report(problem: Problem, message: str, location: Location) -> None:
    """Warn with file and line. ``suppress_warnings = ["pyrun.empty"]`` turns one kind off."""
    # Sphinx interprets a location without a colon as the name of a page.
    position = str(location) if location.line else f"{location.file}:"
    _logger.warning(message, type="pyrun", subtype=problem.value, location=position)
