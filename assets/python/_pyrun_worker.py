"""The functions of the worker that Python may call: `_pyrun_worker.pyi` has their names and types.

This is a Python module, so that a snapshot of the interpreter includes nothing of the worker that made it.
"""

from collections.abc import Iterable


def connect(names: Iterable[str], bridge: object) -> None:
    """Provide the functions of this worker."""
    globals().update({name: getattr(bridge, name) for name in names})
