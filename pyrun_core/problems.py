"""Problems in an author's pages, and where they are.

Each host turns a report into a warning. Sphinx gives it the type ``pyrun`` and the subtype named here, so
that ``suppress_warnings = ["pyrun.packages"]`` works. MkDocs logs it, and ``--strict`` makes it an error.
"""

import reprlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

__all__ = ["Location", "Problem", "PyrunError", "Report", "join_locations", "other_locations", "shorten"]

_SHOWN_CHARACTERS = 200


class Problem(Enum):
    """The kinds of warning. The value is the subtype that an author can suppress."""

    OPTION = "option"
    """An option that cannot be set here, or a value that it does not accept."""

    PACKAGES = "packages"
    """A package that cannot be resolved, that a page may not name, or a file of it that cannot be used."""

    UNDECLARED = "undeclared"
    """An example imports a package that no option declares."""

    VERSION = "version"
    """The version of a package differs from the version that is documented."""

    LOCK = "lock"
    """The lock file is stale."""

    FILES = "files"
    """A file of an example that does not exist, or that pages may not publish."""

    EMPTY = "empty"
    """An example without any code."""

    LIVE = "live"
    """An existing block that cannot go live and stays as it is."""

    HIDDEN = "hidden"
    """A comment that hides lines of an example without an end, or shows lines that nothing hides."""

    SYNTAX = "syntax"
    """An example whose code is not Python."""

    NAME = "name"
    """Two examples of one page with the same name."""

    NEEDS = "needs"
    """An example needs one that the page does not have, or needs itself through others."""

    PAGE = "page"
    """A page of the built site that cannot be finished, because another pyrun wrote its examples."""

    FORMAT = "format"
    """A formatter for the code of examples that the build cannot get, so that readers do without it."""

    CHECK = "check"
    """An example that fails when it is checked, or shows something else than its author documented."""

    FENCE = "fence"
    """A Markdown fence that was meant for pyrun and cannot be read."""


@dataclass(frozen=True)
class Location:
    """A position in the author's files. ``line`` counts from 1; ``None`` means the file as a whole.

    ``is_inserted``: there, the file inserts text from somewhere else, and the position is in that text.
    """

    file: str
    line: int | None = None
    is_inserted: bool = False

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


def join_locations(locations: Iterable[Location]) -> str:
    """The locations for a message, each once."""
    return ", ".join(dict.fromkeys(map(str, locations)))


def other_locations(locations: Sequence[Location]) -> str:
    """The end of a message that is reported at the first of several locations; empty if there is only one."""
    return f" (required at {join_locations(locations)})" if len(set(locations)) > 1 else ""


def shorten(value: object) -> str:
    """A value for a message, in one line. A page can make it long, or nest it without an end."""
    shown = reprlib.Repr()
    shown.maxstring = shown.maxother = _SHOWN_CHARACTERS
    shown.maxlevel = 2
    text = shown.repr(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."


class Report(Protocol):
    """How the core reports a problem to a host. The message says what happened and how to fix it."""

    def __call__(self, problem: Problem, message: str, location: Location) -> None:
        """Pass one problem on to the author."""


class PyrunError(Exception):
    """The site cannot be built as configured. The message says why, and how to fix it."""
