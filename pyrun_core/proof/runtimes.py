"""The runtimes in which examples can be checked, by the words of the option ``check``."""

import os
import pkgutil
from collections.abc import Mapping

from pyrun_core.options.declare import Values
from pyrun_core.proof.outcomes import Runner, Started

__all__ = ["DEFAULT_RUNTIME", "RUNTIMES", "chosen_runtime", "is_cached", "make_runner", "started_by"]

DEFAULT_RUNTIME = "node"

RUNTIMES: Mapping[str, str] = {
    "node": "pyrun_core.proof.run.node:NodeRunner",
    "browser": "pyrun_core.proof.run.browser:BrowserRunner",
    "cpython": "pyrun_core.proof.run.cpython:CPythonRunner",
}
"""The class of each, which is imported when there is something to run."""


def make_runner(runtime: str, lanes: int | None = None) -> Runner:
    """The runner of a runtime. ``lanes`` is how many pages run at a time: by default, one a processor."""
    runner: Runner = pkgutil.resolve_name(RUNTIMES[runtime])(lanes=lanes or os.cpu_count() or 1)
    return runner


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
