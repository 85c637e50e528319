"""The runners, by the names that authors use."""

import os
from typing import Literal

from pyrun_core.proof.outcomes import Runner
from pyrun_core.proof.run.browser import BrowserRunner
from pyrun_core.proof.run.cpython import CPythonRunner
from pyrun_core.proof.run.node import DEFAULT_LIMIT_SECONDS, NodeRunner

__all__ = ["RUNTIMES", "Runtime", "make_runner"]

Runtime = Literal["node", "browser", "cpython"]

RUNTIMES: tuple[Runtime, ...] = ("node", "browser", "cpython")


def make_runner(
    runtime: Runtime, *, lanes: int | None = None, limit: float = DEFAULT_LIMIT_SECONDS
) -> Runner:
    """The runner for a runtime.

    ``lanes`` is how many pages run at the same time: by default, one for each processor. ``limit`` is in
    seconds, for examples without a limit.
    """
    lanes = lanes or os.cpu_count() or 1
    match runtime:
        case "node":
            return NodeRunner(lanes, limit)
        case "browser":
            return BrowserRunner(lanes, limit)
        case "cpython":
            return CPythonRunner(lanes, limit)
