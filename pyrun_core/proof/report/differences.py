"""The lines in which the documented output of a statement and what it has shown differ."""

import difflib
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Literal, NamedTuple

__all__ = ["DiffLine", "cut_line", "diff_lines"]

_MOST_LINES = 200
"""Of each text, from a little above the first difference. An endless loop can print millions."""

_MOST_CHARACTERS = 2_000
"""Of a line."""

_CONTEXT = 3
"""Lines around a difference that are the same."""

_MARKS = {"same": " ", "expected": "-", "got": "+"}
_KINDS: dict[str, Literal["same", "expected", "got"]] = {" ": "same", "-": "expected", "+": "got"}


class DiffLine(NamedTuple):
    """A line of a unified diff, without its mark. A ``note`` is in neither text."""

    kind: Literal["same", "expected", "got", "note"]
    text: str

    @property
    def marked(self) -> str:
        """The line with its mark."""
        return _MARKS.get(self.kind, "") + self.text


def diff_lines(expected: str, got: str) -> Iterator[DiffLine]:
    """The lines of both texts that differ, and some around them. Long texts are cut."""
    wanted, shown = (text.split("\n") if text else [] for text in (expected, got))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, shown, strict=False)))
    first = max(0, same - _CONTEXT)
    last = first + _MOST_LINES
    unified = difflib.unified_diff(wanted[first:last], shown[first:last], lineterm="", n=_CONTEXT)
    is_first = True
    for line in islice(unified, 2, None):  # without the names of the files
        if kind := _KINDS.get(line[0]):
            yield DiffLine(kind, cut_line(line[1:]))
        elif is_first:
            is_first = False
        else:
            yield DiffLine("note", "...")
    left_out = max(len(wanted), len(shown)) - last
    if left_out > 0:
        yield DiffLine("note", f"... {left_out:,} more lines")


def cut_line(line: str) -> str:
    """A line as reports show it: it can have millions of characters."""
    return line if len(line) <= _MOST_CHARACTERS else f"{line[:_MOST_CHARACTERS]}..."
