"""The page that Markdown works on, where no plugin passes it to the extension.

A generator that runs Markdown extensions and no plugins may still tell an extension which page it renders.
Such generators are entry points of the group ``pyrun.pages``. The name is the generator's package.
"""

import logging
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from markdown import Markdown

from markdown_pyrun.context import Page
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.problems import Location, Problem

__all__ = ["PageSource", "find_page"]

_GROUP = "pyrun.pages"

# Python-Markdown has no log that fails a build. MkDocs without the plugin, and ProperDocs, count the warnings
# below this logger in a strict build; everywhere else Python prints them to standard error.
_logger = logging.getLogger("mkdocs.plugins.pyrun")


class PageSource(Protocol):
    """How a documentation generator tells which page it renders."""

    def __call__(self, md: Markdown, options: Mapping[str, object]) -> Page | None:
        """The page, or ``None`` if another program runs Markdown. ``options`` are those of the extension."""


def find_page(md: Markdown, options: Mapping[str, object]) -> Page:
    """The page of a generator that says what it renders, otherwise a page without a name.

    ``options`` are those of the extension. ``pyrun finish`` adds what finished pages load.
    """
    for entry_point in _entry_points():
        if entry_point.name in sys.modules and (page := _source(entry_point)(md, options)):
            return page
    location = Location("the options of the Markdown extension pyrun")
    return Page(read_options(options, Scope.SITE, location, _report), _report)


@cache
def _entry_points() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=_GROUP))


def _source(entry_point: EntryPoint) -> PageSource:
    """What a generator says, which may import packages that only the generator needs."""
    source: PageSource = entry_point.load()
    return source


def _report(problem: Problem, message: str, location: Location) -> None:
    _logger.warning("%s: %s [pyrun.%s]", location, message, problem.value)
