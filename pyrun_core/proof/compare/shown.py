"""What a run has shown, for each statement of an example."""

import ast
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyrun_core.proof.outcomes import CellOutcome, Part

__all__ = ["Shown", "Statements", "shown_by_statement", "shown_in_all"]

_PLAIN = "text/plain"
_RICH = ("image/", "text/html", "text/markdown", "text/latex", "application/")


@dataclass
class Shown:
    """What one statement has shown. ``text`` is what doctest would see, in order.

    ``printed`` is the same without values, ``everything`` has standard error too. ``errors`` is what was
    written there, with tracebacks; ``traceback`` is that of the exception that ended the run. ``is_rich``: a
    figure, a table or the like was displayed.
    """

    text: str = ""
    printed: str = ""
    everything: str = ""
    errors: str = ""
    traceback: str = ""
    is_rich: bool = False

    def add(self, part: Part) -> None:
        """Add what follows."""
        text = part.text
        if part.data is not None:
            self.is_rich = self.is_rich or any(kind.startswith(_RICH) for kind in part.data)
            text = part.data.get(_PLAIN, text)
            text = text if not text or text.endswith("\n") else f"{text}\n"
        if part.stream in {"stdout", "value"} or part.data is not None:
            self.text += text
            self.everything += text
        elif part.stream in {"stderr", "traceback"}:
            self.errors += text
            self.everything += text
        if part.stream == "stdout":
            self.printed += text
        if part.stream == "traceback":
            self.traceback += text


@dataclass
class Statements:
    """The statements of a source at its outermost level, by their last lines.

    A source that this Python cannot read counts each line as a statement.
    """

    source: str
    lines: list[str] = field(init=False)
    _ends: list[int] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = self.source.split("\n")
        try:
            body = ast.parse(self.source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self._starts = self._ends = list(range(1, len(self.lines) + 1))
        else:
            self._ends = [node.end_lineno or node.lineno for node in body]
            self._starts = [
                min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
                for node in body
            ]

    def last_line(self, line: int) -> int:
        """The last line of the statement that a line belongs to; the same line if it belongs to none."""
        index = bisect_left(self._ends, line)
        return self._ends[index] if self._is_in(line, index) else line

    def text(self, last_line: int) -> str:
        """The code of the statement that ends in a line."""
        index = bisect_left(self._ends, last_line)
        if self._is_in(last_line, index):
            return "\n".join(self.lines[self._starts[index] - 1 : self._ends[index]])
        return "\n".join(self.lines[last_line - 1 : last_line])

    def first_line(self, last_line: int) -> int:
        """Its first line."""
        index = bisect_left(self._ends, last_line)
        return self._starts[index] if self._is_in(last_line, index) else last_line

    def _is_in(self, line: int, index: int) -> bool:
        return index < len(self._ends) and self._starts[index] <= line

    @property
    def last(self) -> int:
        """The last line of the last statement."""
        return self._ends[-1] if self._ends else len(self.lines)


def shown_by_statement(outcome: CellOutcome) -> dict[int, Shown]:
    """What was shown, by the last line of the statement; 0 for what belongs to none."""
    shown: dict[int, Shown] = {}
    for part in outcome.parts:
        shown.setdefault(part.line, Shown()).add(part)
    return dict(sorted(shown.items()))


def shown_in_all(parts: Iterable[Part]) -> Shown:
    """What was shown by a whole example."""
    shown = Shown()
    for part in parts:
        shown.add(part)
    return shown
