"""`sys.displayhook` and `sys.excepthook`, if the code has set its own for the rest of its run."""

import sys
from collections.abc import Callable
from types import TracebackType

from pyrun_runtime.internals import is_runtime_frame
from pyrun_runtime.run.signals import ProcessEnd

__all__ = ["Hooks"]

ShowError = Callable[[BaseException], None]


class Hooks:
    """The functions of the code, by which it shows values and errors instead of pyrun."""

    def __init__(self) -> None:
        """Remember those of Python."""
        self._displayhook = sys.displayhook
        self._excepthook = sys.excepthook

    def show_value(self, value: object) -> bool:
        """Whether the code has a function for values, which has shown this one, or raised an exception."""
        hook = getattr(sys, "displayhook", self._displayhook)
        if hook is self._displayhook:
            return False
        hook(value)
        return True

    def let_show(self, show: Callable[[object], None]) -> None:
        """Let Python call this function with values until the run ends, unless the code has its own."""
        if getattr(sys, "displayhook", None) is self._displayhook:
            sys.displayhook = show

    def show_error(self, error: BaseException, show: ShowError, note: Callable[[str], None]) -> bool:
        """Whether the code has a function for errors, which was given this one.

        If the function fails itself, ``show`` gets both errors, each below a note as in the interpreter.
        """
        hook = getattr(sys, "excepthook", self._excepthook)
        if hook is self._excepthook:
            return False
        try:
            hook(type(error), error, _from_code_on(error.__traceback__))
        except (SystemExit, ProcessEnd):
            pass  # the program ends here anyway
        except BaseException as failure:  # noqa: BLE001 - every exception of the reader's code is shown
            note("Error in sys.excepthook:\n")
            show(failure)
            note("\nOriginal exception was:\n")
            show(error)
        return True


def _from_code_on(trace: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames that run the code; as it is if there are no others."""
    first = trace
    while first is not None and is_runtime_frame(first.tb_frame.f_code.co_filename):
        first = first.tb_next
    return first or trace
