"""The lines in which the documented output of a statement and what it has shown differ."""

import difflib
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["DiffLine", "diff_lines"]

_MOST_LINES = 200
"""Of each text. An endless loop can print millions."""

_MOST_CHARACTERS = 2_000
"""Of a line."""

_MARKS = {"same": " ", "expected": "-", "got": "+"}


class DiffLine(NamedTuple):
    """A line of a unified diff, without its mark. ``place`` begins another hunk; a ``note`` is in no text."""

    kind: Literal["same", "expected", "got", "place", "note"]
    text: str

    @property
    def marked(self) -> str:
        """The line with its mark."""
        return _MARKS.get(self.kind, "") + self.text


def diff_lines(expected: str, got: str) -> Iterator[DiffLine]:
    """The lines of both texts that differ, and some around them. Long texts are cut."""
    wanted, shown = _lines(expected), _lines(got)
    unified = difflib.unified_diff(wanted[:_MOST_LINES], shown[:_MOST_LINES], lineterm="")
    is_first = True
    for number, line in enumerate(unified):
        if number < 2:  # noqa: PLR2004 - the names of the files
            continue
        if line.startswith("@@"):
            if not is_first:
                yield DiffLine("place", line)
            is_first = False
        elif line.startswith("-"):
            yield DiffLine("expected", line[1:])
        elif line.startswith("+"):
            yield DiffLine("got", line[1:])
        else:
            yield DiffLine("same", line[1:])
    left_out = max(len(wanted), len(shown)) - _MOST_LINES
    if left_out > 0:
        yield DiffLine("note", f"... {left_out:,} more lines")


def _lines(text: str) -> list[str]:
    lines = text.split("\n") if text else []
    return [line if len(line) <= _MOST_CHARACTERS else f"{line[:_MOST_CHARACTERS]}..." for line in lines]
