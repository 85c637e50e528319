"""The options that say which file has the code of an example, and which part of it."""

import re
from dataclasses import dataclass

from pyrun_core.options.option import Scope, declare
from pyrun_core.options.values import TEXT, Kind
from pyrun_core.problems import shorten

__all__ = ["Excerpt", "line_indices"]

_LINES = re.compile(r"\s*\d{0,9}\s*(?:-\s*\d{0,9}\s*)?(?:,\s*\d{0,9}\s*(?:-\s*\d{0,9}\s*)?)*")
_MOST_COLUMNS = 1000

ALL = 0
"""As many columns as all lines have in common."""


def _lines(value: object) -> str:
    text = str(value)
    if not _LINES.fullmatch(text) or not re.search(r"\d", text):
        raise ValueError(f"{shorten(value)} has something other than line numbers and ranges")
    return text


def _columns(value: object) -> int | None:
    text = str(value or "").strip()
    if text and not (text.isascii() and text.isdigit() and int(text) <= _MOST_COLUMNS):
        raise ValueError(f"{shorten(value)} is not a number of columns")
    return int(text) if text else ALL


_LINE_SPEC = Kind(_lines, (str, int), "line numbers and ranges, such as `1,3-5,8-`")
_COLUMNS = Kind(_columns, (str, int), "a number of columns; without a value, as many as all lines have")


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """A part of a file, named as by Sphinx's directive ``literalinclude``."""

    file: str = declare(
        "",
        TEXT,
        Scope.BLOCK,
        """A file of the documentation with the code of the example, instead of code in the page. The path is
        relative to the page, or to the documentation's folder if it begins with `/`. In Sphinx, the path can
        follow the name of the directive. The options from `pyobject` to `append` choose a part of the file,
        as in Sphinx's `literalinclude`.""",
    )
    pyobject: str = declare(
        "", TEXT, Scope.BLOCK, """Only this function or class of the file, such as `Class.method`."""
    )
    start_at: str = declare("", TEXT, Scope.BLOCK, """Only from the first line that contains this text.""")
    start_after: str = declare(
        "", TEXT, Scope.BLOCK, """Only what follows the first line that contains this text."""
    )
    end_at: str = declare("", TEXT, Scope.BLOCK, """Only up to the next line that contains this text.""")
    end_before: str = declare(
        "", TEXT, Scope.BLOCK, """Only what comes before the next line that contains this text."""
    )
    lines: str = declare(
        "", _LINE_SPEC, Scope.BLOCK, """Only these lines of what the options above have left."""
    )
    dedent: int | None = declare(
        None, _COLUMNS, Scope.BLOCK, """Remove this indentation from all lines, of code in the page, too."""
    )
    prepend: str = declare("", TEXT, Scope.BLOCK, """A line of code before those of the file.""")
    append: str = declare(
        "", TEXT, Scope.BLOCK, """A line of code after those of the file, such as a call of the function."""
    )
    encoding: str = declare("utf-8", TEXT, Scope.BLOCK, """The encoding of the file.""")


def line_indices(spec: str, count: int) -> list[int]:
    """The indices that the option ``lines`` selects of ``count`` lines.

    Raises:
        ValueError: a line does not exist.
    """
    indices: list[int] = []
    for part in filter(None, map(str.strip, spec.split(","))):
        first, is_range, last = part.partition("-")
        begin = int(first) if first.strip() else 1
        end = (int(last) if last.strip() else count) if is_range else begin
        if not 1 <= begin <= end <= count:
            raise ValueError(f"lines: {shorten(part)} is not a part of its {count} lines. Correct the lines")
        indices += range(begin - 1, end)
    return indices
