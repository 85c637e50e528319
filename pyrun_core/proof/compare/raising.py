"""The option `raises`: the exception with which an example has to end."""

import builtins

from pyrun_core.proof.outcomes import CellOutcome
from pyrun_core.proof.verdict import Reason

__all__ = ["is_meant", "missing_exception"]

_EXIT = "SystemExit"


def is_meant(outcome: CellOutcome, raises: str) -> bool:
    """Whether a run has ended with the exception that the author has announced, or a subclass of it."""
    wanted, raised = (name.rpartition(".")[2] for name in (raises, outcome.exception))
    if not wanted or outcome.ending != "error":
        return False
    if not raised:  # `sys.exit` ends a run without a traceback
        return wanted == _EXIT
    base, kind = (vars(builtins).get(name) for name in (wanted, raised))
    is_derived = isinstance(base, type) and isinstance(kind, type) and issubclass(kind, base)
    return wanted == raised or is_derived


def missing_exception(outcome: CellOutcome, raises: str) -> Reason | None:
    """The reason if a run has ended without the announced exception."""
    if raises in {"", _EXIT} or outcome.ending != "done":  # `sys.exit(0)` is no error
        return None
    sentence = f"It does not raise {raises}, which the option 'raises' announces."
    return Reason("no-exception", sentence, "Correct the example, or remove 'raises'.")
