"""What a page's front matter says about pyrun: ``pyrun: {packages: [numpy]}``."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_pyrun.context import Site
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.packages.request.page_requirements import Declared
from pyrun_core.problems import Location, Problem

__all__ = ["read_front_matter"]

_KEY = "pyrun"
_BEGINS = re.compile(rf"{_KEY}\s*:")


def read_front_matter(
    meta: Mapping[str, Any],
    file: str,
    lines: Sequence[str],
    site: Site,
) -> dict[str, Any]:
    """The values that hold for all examples of the page. ``lines`` are those of its file."""
    if site.gathered is not None:
        site.gathered.begin(file, None)
    if _KEY not in meta:
        return {}
    location = Location(file, _line(lines))
    options = meta[_KEY]
    if not isinstance(options, Mapping):
        site.report(
            Problem.OPTION,
            f"the front matter has {options!r} under '{_KEY}', which takes options. "
            f"Write, for instance, {_KEY}: {{packages: [numpy]}}",
            location,
        )
        return {}
    values = read_options(options, Scope.PAGE, location, site.report)
    if site.gathered is not None:
        site.gathered.begin(file, Declared(values.get("packages", ()), location))
    return values


def _line(lines: Sequence[str]) -> int | None:
    return next((number for number, line in enumerate(lines, 1) if _BEGINS.match(line)), None)
