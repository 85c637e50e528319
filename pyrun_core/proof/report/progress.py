"""A line in the terminal that says how far a check is."""

import shutil
from types import TracebackType
from typing import Self, TextIO

from pyrun_core.proof.report.terminal import PLAIN, Style

__all__ = ["Progress"]

_BAR = 24
"""Characters."""

_CLEAR = "\r\x1b[K"


class Progress:
    """Shows how many pages are checked, while it is entered. Shows nothing where there is no terminal."""

    def __init__(self, stream: TextIO, total: int, style: Style = PLAIN) -> None:
        self._stream = stream
        self._total = total
        self._style = style
        self._count = 0
        self._failing = 0
        self._is_shown = total > 0 and stream.isatty()

    def __enter__(self) -> Self:
        self._draw()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._is_shown = False

    def advance(self, page: str, failing: int = 0) -> None:
        """Note that a page is checked, of which so many examples fail. Some pages are checked again."""
        self._count = min(self._count + 1, self._total)
        self._failing += failing
        self._draw(page)

    def write(self, text: str) -> None:
        """Write whole lines, and the bar below them."""
        self._stream.write(f"{_CLEAR}{text}" if self._is_shown else text)
        self._draw()

    def _draw(self, page: str = "") -> None:
        if not self._is_shown:
            return
        filled = _BAR * self._count // self._total
        failing = f", {self._failing} failing" if self._failing else ""
        bar = f"[{'=' * filled}{' ' * (_BAR - filled)}]"
        line = f"{bar} {self._count}/{self._total} pages{failing}  {page}"
        line = line[: shutil.get_terminal_size().columns - 1]
        self._stream.write(_CLEAR + (self._style.bad(line) if self._failing else line))
        self._stream.flush()
