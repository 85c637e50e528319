"""The size of the output, as code asks for the size of a terminal."""

import errno
import os
import shutil
import sys
from functools import wraps
from types import ModuleType
from typing import Any, TypedDict

from pyrun_runtime.after_import import after_import

__all__ = ["Terminal", "TerminalSize"]

_GAP_COLUMNS = 5
"""Of the mark for columns that are left out, which pandas does not count."""

_LINE_WIDTH = 75
"""numpy's own width. Arrays are not wider where there is more room."""


class TerminalSize(TypedDict):
    """``TerminalSize`` of ``protocol.js``, in characters."""

    columns: int
    lines: int


class Terminal:
    """The size of the output of the current run. `os.get_terminal_size` asks the worker itself."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}
        self._columns, self._lines = os.terminal_size((80, 24))
        self._array_widths = {_LINE_WIDTH}  # each session has its own, from the last of its runs
        if not hasattr(os, "get_terminal_size"):  # Pyodide 0.27 to 0.29
            os.get_terminal_size = self._size
        after_import("rich.console", self._let_rich_ask)
        after_import("numpy", lambda _: self.fit_arrays())
        after_import("pandas.io.formats.string", _fit_frames)

    def resize(self, size: TerminalSize) -> None:
        """Start a run with this size. What code has set in the environment stays."""
        self._columns = size["columns"]
        self._lines = size["lines"]
        for name, number in (("COLUMNS", self._columns), ("LINES", self._lines)):
            if os.environ.get(name) == self._told.get(name):
                self._told[name] = os.environ[name] = str(number)

    def fit_arrays(self) -> None:
        """Let numpy break lines where the output does, unless code has set their width."""
        numpy: Any = sys.modules.get("numpy")
        if not hasattr(numpy, "set_printoptions"):
            return
        if numpy.get_printoptions()["linewidth"] in self._array_widths:
            width = min(self._columns, _LINE_WIDTH)
            self._array_widths.add(width)
            numpy.set_printoptions(linewidth=width)

    def _size(self, fd: int = 1, /) -> os.terminal_size:
        if not os.isatty(fd):
            raise OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
        return os.terminal_size((self._columns, self._lines))

    def _let_rich_ask(self, console: ModuleType) -> None:
        """A console of rich takes its size from `COLUMNS` for good, and would keep that of its first run."""
        begin = console.Console.__init__

        @wraps(begin)
        def begin_without_size(self_: Any, *values: object, **options: object) -> None:  # noqa: ANN401
            begin(self_, *values, **options)
            for name, variable in (("width", "COLUMNS"), ("height", "LINES")):
                if options.get(name) is None and os.environ.get(variable) == self._told.get(variable):
                    setattr(self_, name, None)

        console.Console.__init__ = begin_without_size


def _fit_frames(formats: ModuleType) -> None:
    """Let pandas leave out one column more, so that no line is broken."""

    def size_without_gap() -> os.terminal_size:
        columns, lines = shutil.get_terminal_size()
        return os.terminal_size((columns - _GAP_COLUMNS, lines))

    formats.get_terminal_size = size_without_gap  # type: ignore[attr-defined]
