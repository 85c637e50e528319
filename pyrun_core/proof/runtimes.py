"""The runtimes in which examples can be checked, by the words of the option ``check``."""

import os

from pyrun_core.options.choices import CHECK_RUNTIMES
from pyrun_core.options.declare import Values
from pyrun_core.proof.outcomes import Runner

__all__ = ["DEFAULT_RUNTIME", "OF_PYODIDE", "RUNTIMES", "chosen_runtime", "is_cached", "make_runner"]

DEFAULT_RUNTIME = "node"

RUNTIMES = tuple(name for name in CHECK_RUNTIMES if name != "none")
"""The words for runtimes."""


OF_PYODIDE = frozenset({"node", "browser"})
"""Those that run the site's own Pyodide."""


# Each is imported only where it runs something: most checks find all outcomes in the cache, and end at once.
def make_runner(runtime: str, lanes: int | None = None) -> Runner:
    """The runner of a runtime. ``lanes`` is how many pages run at a time: by default, one a processor."""
    lanes = lanes or os.cpu_count() or 1
    match runtime:
        case "browser":
            from pyrun_core.proof.run.browser import BrowserRunner  # noqa: PLC0415

            return BrowserRunner(lanes)
        case "cpython":
            from pyrun_core.proof.run.cpython import CPythonRunner  # noqa: PLC0415

            return CPythonRunner(lanes)
        case _:
            from pyrun_core.proof.run.node import NodeRunner  # noqa: PLC0415

            return NodeRunner(lanes)


def chosen_runtime(values: Values) -> str:
    """The runtime that a site has chosen, or the default if it does not check its examples during builds."""
    chosen = values.get("check", "")
    return chosen if chosen in RUNTIMES else DEFAULT_RUNTIME


def is_cached(runtime: str) -> bool:
    """Whether outcomes stay valid: in CPython, they depend on everything that is installed there."""
    return runtime in OF_PYODIDE
