"""What the worker's JavaScript offers to Python: `_pyrun_worker.pyi` has the names and their types.

A module of Python's own, so that a snapshot of the interpreter has nothing in it of the worker that made it.
"""

from collections.abc import Iterable


def connect(names: Iterable[str], bridge: object) -> None:
    """Offer what this worker has."""
    globals().update({name: getattr(bridge, name) for name in names})
