"""Blocks that the option ``live`` finds and that stay as they are, for the report of a check."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from pyrun_core.examples.example import Example
from pyrun_core.problems import Location

__all__ = ["BY_COMMENT", "BY_CONDITION", "BY_PATTERN", "WITH_MISTAKE", "LeftAlone", "Note", "left_alone"]

BY_COMMENT = "A comment beside the block switches it off."
BY_CONDITION = "The option 'skipif' of the block holds."
BY_PATTERN = "'live-only', 'live-except' or the settings of jupyterlite-sphinx leave it out."
WITH_MISTAKE = "The block has a mistake, which a warning of the build describes."


@dataclass(frozen=True)
class LeftAlone:
    """A block of a kind that ``live`` names, but which is not live, and why.

    ``page`` is as in `pyrun_core.examples.example.Example`.
    """

    page: str
    location: Location
    why: str


def left_alone(
    noted: Iterable[Example | LeftAlone], shown: Callable[[Location], Location]
) -> list[LeftAlone]:
    """The blocks that were left alone, each once. ``shown`` says how reports name a location."""
    found = [each for each in noted if isinstance(each, LeftAlone)]
    return list(dict.fromkeys(replace(each, location=shown(each.location)) for each in found))


Note = Callable[[Example | LeftAlone], object]
"""Is told what becomes of the blocks of a site."""
