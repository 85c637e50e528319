"""Explains coroutines whose `await` was forgotten."""

import ast
import re
import sys
import traceback
import warnings
from types import CoroutineType
from typing import TextIO

from pyrun_runtime.internals import is_runtime_frame
from pyrun_runtime.language import say

__all__ = ["SENTENCE", "explain_value", "install", "is_misused"]

SENTENCE = "This is a coroutine: write {await}."

_NEVER_AWAITED = re.compile(r"coroutine '(?:.*\.)?(.+)' was never awaited")
_IN_PLACE_OF_RESULT = re.compile(r"(?<![Aa] )\bcoroutine\b")
"""In messages of operations that expect another type; "a coroutine" is in those that expect one."""

_LONGEST_EXPRESSION = 60
"""In characters. A sentence does not repeat longer ones."""


def install() -> None:
    """Add what to write to the warning about a coroutine that was never awaited."""
    show = warnings.showwarning

    def show_with_hint(  # noqa: PLR0913, PLR0917 - as `warnings` calls it
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        unawaited = _NEVER_AWAITED.fullmatch(str(message))
        # The runtime dropped it: it was the value of the code, or part of its exception, which has the hint.
        if unawaited and is_runtime_frame(filename):
            return
        show(message, category, filename, lineno, file, line)
        if unawaited:
            print(f"({_sentence(f'{unawaited[1]}()')})", file=file or sys.stderr)

    warnings.showwarning = show_with_hint


def explain_value(value: object, code: str) -> str | None:
    """What to write instead of the last expression; None if its value is not a coroutine."""
    if not isinstance(value, CoroutineType):
        return None
    return _sentence(_last_expression(code) or f"{value.__name__}()")


def is_misused(error: BaseException) -> dict[str, str] | None:
    """Whether an operation was applied to a coroutine instead of its result, and what to write."""
    if not isinstance(error, TypeError | AttributeError) or not _IN_PLACE_OF_RESULT.search(str(error)):
        return None
    function = _function(error)
    return {"await": f"`await {function}()`" if function else "`await` before the call of the async function"}


def _sentence(expression: str) -> str:
    return say("explanation.coroutine", SENTENCE, **{"await": f"`await {expression}`"})


def _last_expression(code: str) -> str | None:
    try:
        last = ast.parse(code).body[-1]
    except SyntaxError:  # code of a notebook
        return None
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call | ast.Name | ast.Attribute):
        return None
    text = ast.get_source_segment(code, last.value)
    return text if text and len(text) <= _LONGEST_EXPRESSION and "\n" not in text else None


def _function(error: TypeError | AttributeError) -> str | None:
    """The async function whose result was meant, if there is only one candidate."""
    if isinstance(error, AttributeError) and isinstance(error.obj, CoroutineType):
        return error.obj.__name__
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    values = list(frame.f_locals.values())
    names = {value.__name__ for value in values if isinstance(value, CoroutineType) and _is_fresh(value)}
    return names.pop() if len(names) == 1 else None


def _is_fresh(coroutine: "CoroutineType[object, object, object]") -> bool:
    return coroutine.cr_frame is not None and not coroutine.cr_running and not coroutine.cr_suspended
