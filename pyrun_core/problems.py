"""What can be wrong in an author's pages, and where it is.

Hosts turn each report into a warning of their own: Sphinx with the type ``pyrun`` and the
subtype named here, so that ``suppress_warnings = ["pyrun.packages"]`` works; MkDocs in its log,
where ``--strict`` makes it an error.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

__all__ = ["Location", "Problem", "PyrunError", "Report"]


class Problem(Enum):
    """The kinds of warning, by the subtype under which an author can suppress them."""

    OPTION = "option"
    """An option that does not exist here, or a value that it does not take."""

    PACKAGES = "packages"
    """A package that cannot be had, or a file of one that cannot be used."""

    UNDECLARED = "undeclared"
    """An example imports a package that no option asks for."""

    VERSION = "version"
    """A package has another version than the one that is documented."""

    LOCK = "lock"
    """The lock file is out of date."""

    FILES = "files"
    """A file for an example that is not there."""

    EMPTY = "empty"
    """An example without code."""

    NAME = "name"
    """Two examples of one page with the same name."""

    NEEDS = "needs"
    """An example that needs one which the page does not have, or that comes to need itself."""

    FENCE = "fence"
    """A Markdown fence that was meant for pyrun and could not be read."""


@dataclass(frozen=True)
class Location:
    """A place in the author's files. ``line`` counts from 1; ``None`` is the file as a whole."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


class Report(Protocol):
    """How core tells a host of a problem. The message says what happened and how to mend it."""

    def __call__(self, problem: Problem, message: str, location: Location) -> None:
        """Pass one problem on to the author."""


class PyrunError(Exception):
    """The site cannot be built as configured. The message says why, and how to mend it."""
