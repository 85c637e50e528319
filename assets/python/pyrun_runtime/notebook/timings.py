"""`%time` and `%timeit`, which print what IPython prints."""

from __future__ import annotations

import contextlib
import statistics
import time
import timeit
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["measure", "print_wall_time"]

_RUNS = 7
_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


@contextlib.contextmanager
def print_wall_time() -> Iterator[None]:
    """Print how long the code takes. A browser does not tell how long the CPU worked for it."""
    started = time.perf_counter()
    try:
        yield
    finally:
        print(f"Wall time: {_spelled(time.perf_counter() - started)}")


def measure(statement: str, setup: str, names: dict[str, Any], *, loops: int, runs: int) -> None:
    """Print how long a statement takes. With ``loops`` or ``runs`` of 0, both are as in IPython."""
    timer = timeit.Timer(statement or "pass", setup or "pass", globals=names)
    loops = loops or timer.autorange()[0]
    times = [seconds / loops for seconds in timer.repeat(runs or _RUNS, loops)]
    mean, deviation = statistics.fmean(times), statistics.pstdev(times)
    counts = f"{_counted(len(times), 'run')}, {_counted(loops, 'loop')} each"
    print(f"{_spelled(mean)} ± {_spelled(deviation)} per loop (mean ± std. dev. of {counts})")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 else ''}"


def _spelled(seconds: float) -> str:
    """A time of three digits: ``1.23 ms``."""
    if seconds >= 60:  # noqa: PLR2004 - a minute
        return f"{int(seconds) // 60}min {int(seconds) % 60}s"
    unit, name = next((unit for unit in _UNITS if seconds >= unit[0]), _UNITS[-1])
    return f"{seconds / unit:.3g} {name}"
