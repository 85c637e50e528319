"""The problems of a Zensical site: printed, and counted."""

import logging

import click

from pyrun_core.problems import Location, Problem
from zensical_pyrun.page_problems import PageProblems

__all__ = ["ProblemLog", "report", "report_in_page"]

_logger = logging.getLogger("zensical_pyrun")


def report(problem: Problem, message: str, location: Location) -> None:
    """Report a problem of the site."""
    _logger.warning("%s: %s [pyrun.%s]", location, message, problem.value)


def report_in_page(problem: Problem, message: str, location: Location) -> None:
    """Report a problem that was found while its page was rendered."""
    _logger.warning("%s: %s [pyrun.%s]", location, message, problem.value, extra={"page": location.file})


class ProblemLog(logging.Handler):
    """Prints problems. Those of pages are printed by `print_page_problems`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self._last = ""
        self._pages = PageProblems()

    def start(self) -> None:
        """Take what is reported from now on."""
        _logger.addHandler(self)
        _logger.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take a report."""
        if page := getattr(record, "page", ""):
            self._pages.add(page, record.getMessage())
        elif (message := record.getMessage()) != self._last:  # each page may have the same problem
            self._last = message
            self.print(message)

    def print_page_problems(self) -> None:
        """Print the problems of pages that have changed, of those in Zensical's cache, too."""
        for message in self._pages.take():
            self.print(message)

    def print(self, message: str) -> None:
        """Print and count a problem."""
        self.count += 1
        click.echo(f"{click.style('Warning:', fg='yellow')} {message}", err=True)
