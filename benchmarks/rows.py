"""Rows of the tables, and the numbers that belong to them."""

from __future__ import annotations

import sys
import traceback
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["BARE", "PYRUN", "Found", "Row", "Spread", "interleaved", "ratio_of", "spread_of"]

BARE = "bare"
PYRUN = "pyrun"

Unit = Literal["ms", "s", "kB", "MB", "requests"]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    key: str
    """Its name in the file of results. Rows that compare the same thing share it."""
    what: str
    """Its description, in MyST Markdown."""
    unit: Unit
    limit: float | None = None
    """The maximum of the median: as a ratio (`Group.compared_with`), or in the unit of the row."""
    limits_ratio: bool = True
    """Whether the limit is a ratio."""


@dataclass(frozen=True)
class Found:
    """The numbers of a row for one kind of site, in the order of measuring, or the reason for having none."""

    row: str
    kind: str
    values: list[float] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class Spread:
    """A median, and the quartiles around it."""

    median: float
    low: float
    high: float
    count: int


def spread_of(values: list[float]) -> Spread:
    """Median and quartiles of some numbers. With a single number, all three are that number."""
    low, _, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Spread(median(values), low, high, len(values))


def ratio_of(values: list[float], base: list[float]) -> Spread | None:
    """The ratio of the medians, with the quartiles of the ratios of pairs. ``None`` without numbers."""
    if not values or not base or not all(base):
        return None
    neighbours = spread_of([mine / theirs for mine, theirs in zip(values, base, strict=False)])
    return Spread(median(values) / median(base), neighbours.low, neighbours.high, neighbours.count)


def interleaved(
    rounds: int,
    tries: Mapping[tuple[str, str], Callable[[], float]],
    label: str,
    *,
    dropped: int = 1,
) -> Iterator[Found]:
    """Measure everything once per round, so that a machine that slows down affects all rows.

    The keys of ``tries`` are row and kind. The first ``dropped`` rounds do not count: they warm caches. A
    measurement that fails is repeated once.
    """
    values: dict[tuple[str, str], list[float]] = {name: [] for name in tries}
    problems: dict[tuple[str, str], str] = {}
    for number in range(rounds + dropped):
        print(f"  {label}: round {number + 1} of {rounds + dropped}", file=sys.stderr, flush=True)
        for name, measure in tries.items():
            if name in problems:
                continue
            try:
                values[name].append(_tried_twice(measure))
                print(f"    {name[1]}: {values[name][-1]:.4g}", file=sys.stderr, flush=True)
            except Exception as error:  # noqa: BLE001 - one row must not end the run
                traceback.print_exc()
                problems[name] = _first_line(error)
    for name, found in values.items():
        yield Found(*name, found[dropped:], problems.get(name, ""))


def _tried_twice(measure: Callable[[], float]) -> float:
    try:
        return measure()
    except Exception as error:  # noqa: BLE001 - a browser can fail by chance
        print(f"  trying again after: {_first_line(error)}", file=sys.stderr, flush=True)
        return measure()


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0].strip()
