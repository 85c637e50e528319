"""The options of a fence: pyrun's, and those that ordinary fences of a site have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyrun_core.options.declare import Scope, declared_options
from pyrun_core.options.other_names import name_here

__all__ = ["FenceOptions", "sort_options"]

_CLASS = "class"
_DATA = "data-"
_LINENOS, _FIRST_NUMBER = "linenos", "lineno-start"

_NUMBERS = re.compile(r"[0-9]+(?: [0-9]+){0,2}")
"""The first number, each how many lines, and every which one is special, as pymdownx.superfences has it."""

_STYLES = frozenset({"inline", "table", "pymdownx-inline"})
"""Values of ``linenos`` for highlighters. The style of numbers is set for the whole site."""


@dataclass(frozen=True)
class FenceOptions:
    """``block`` are options of pyrun. ``classes``, ``data`` and ``numbers`` are for the highlighter."""

    block: Mapping[str, str | None]
    classes: tuple[str, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)
    numbers: str = ""


def sort_options(options: Mapping[str, str | None]) -> FenceOptions:
    """What each option of a fence is for. Those that highlighters understand have their names here."""
    block: dict[str, str | None] = {}
    classes: tuple[str, ...] = ()
    data: dict[str, str] = {}
    numbers = ""
    for name, value in _named(options):
        if name == _CLASS:
            classes = tuple((value or "").split())
        elif name.startswith(_DATA):
            data[name] = value or ""
        elif name in {_FIRST_NUMBER, _LINENOS} and value and _NUMBERS.fullmatch(value):
            numbers = value if name == _FIRST_NUMBER else numbers or value
            block[_LINENOS] = "false" if numbers == "0" else "true"
        elif name == _LINENOS and value in _STYLES:
            block[_LINENOS] = "true"
        else:
            block[name] = value
    return FenceOptions(block, classes, data, numbers)


def _named(options: Mapping[str, str | None]) -> Iterator[tuple[str, str | None]]:
    ours = {option.field for option in declared_options(Scope.BLOCK)}
    for name, value in options.items():
        yield (name if name.replace("-", "_") in ours else name_here(name)), value
