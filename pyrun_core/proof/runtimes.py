"""The runtimes in which examples can be checked, by the words of the option ``check``."""

from typing import TYPE_CHECKING, cast

from pyrun_core.options.choices import CHECK_RUNTIMES
from pyrun_core.options.declare import Values
from pyrun_core.proof.outcomes import Runner, Started

if TYPE_CHECKING:
    from pyrun_core.proof.run.runners import Runtime

__all__ = ["DEFAULT_RUNTIME", "RUNTIMES", "chosen_runtime", "is_cached", "make_runner", "started_by"]

DEFAULT_RUNTIME = "node"

RUNTIMES = tuple(name for name in CHECK_RUNTIMES if name != "none")
"""The words for runtimes."""


def make_runner(runtime: str, lanes: int | None = None) -> Runner:
    """The runner of a runtime. ``lanes`` is how many pages run at a time: by default, one a processor."""
    from pyrun_core.proof.run import runners  # noqa: PLC0415 - most checks run nothing, and end at once

    return runners.make_runner(cast("Runtime", runtime), lanes=lanes)


def chosen_runtime(values: Values) -> str:
    """The runtime that a site has chosen, or the default if it does not check its examples during builds."""
    chosen = values.get("check", "")
    return chosen if chosen in RUNTIMES else DEFAULT_RUNTIME


def is_cached(runtime: str) -> bool:
    """Whether outcomes stay valid: in CPython, they depend on everything that is installed there."""
    return runtime != "cpython"


def started_by(runner: Runner | None) -> Started | None:
    """The versions with which examples were run, if a runner tells them."""
    started: Started | None = getattr(runner, "started", None)
    return started
