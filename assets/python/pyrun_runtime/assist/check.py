"""Whether code is Python, in Python's own words."""

from __future__ import annotations

import ast
import warnings
from typing import TypedDict

__all__ = ["Mistake", "check"]

_MOST_CHARACTERS = 60_000
"""Compiling takes a millisecond for about this many hundred characters; a run would wait for it."""


class Mistake(TypedDict):
    """A mistake, by lines from 1 and columns from 0 in characters of Python."""

    message: str
    line: int
    column: int
    endLine: int
    endColumn: int


class Checked(TypedDict):
    """What a check has found; ``mistake`` is None if Python would run the code."""

    mistake: Mistake | None


def check(code: str, file_name: str) -> Checked | None:
    """Compile the code as a run does, without running it. None if that would take too long."""
    if len(code) > _MOST_CHARACTERS:
        return None
    error = _compile(code, file_name)
    if error is None:
        return Checked(mistake=None)
    from pyrun_syntax.notebook import understand  # noqa: PLC0415 - only for code that is not Python

    understood = understand(code, file_name)
    if understood is not None:
        if understood.error is None:
            return Checked(mistake=None)
        error = understood.error
    if not isinstance(error, SyntaxError):
        return None
    return Checked(mistake=_mistake(error))


def _compile(code: str, file_name: str) -> Exception | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(code, file_name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
            return error
    return None


def _mistake(error: SyntaxError) -> Mistake:
    line, column = error.lineno or 1, max((error.offset or 1) - 1, 0)
    end_line, end_column = error.end_lineno or line, max((error.end_offset or 0) - 1, 0)
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    return Mistake(
        message=error.msg or "invalid syntax",
        line=line,
        column=column,
        endLine=end_line,
        endColumn=end_column,
    )
