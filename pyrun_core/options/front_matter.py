"""The options in a page's front matter: ``pyrun: {packages: [numpy]}``."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pyrun_core.options.declare import Scope, Values, read_options
from pyrun_core.problems import Location, Problem, Report, shorten

__all__ = ["front_matter_location", "read_front_matter"]

_KEY = "pyrun"
_KEY_LINE = re.compile(rf"{_KEY}\s*:")


def read_front_matter(meta: Mapping[str, Any], location: Location, report: Report) -> Values:
    """The values for all examples of a page. ``meta`` is its front matter."""
    if _KEY not in meta:
        return {}
    options = meta[_KEY]
    if not isinstance(options, Mapping):
        report(
            Problem.OPTION,
            f"the front matter has {shorten(options)} under '{_KEY}', which takes options. "
            f"Write, for instance, {_KEY}: {{packages: [numpy]}}",
            location,
        )
        return {}
    return read_options(options, Scope.PAGE, location, report)


def front_matter_location(file: str, lines: Sequence[str]) -> Location:
    """The line of the key in a file. ``lines`` are those of the whole file."""
    line = next((number for number, line in enumerate(lines, 1) if _KEY_LINE.match(line)), None)
    return Location(file, line)
