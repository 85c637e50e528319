"""Answers the questions of an editor about code that a reader is writing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyrun_runtime.assist.check import check
from pyrun_runtime.assist.completions import complete
from pyrun_runtime.assist.context import expression_at, find_context
from pyrun_runtime.assist.descriptions import describe, help_with_call
from pyrun_runtime.assist.formatting import format_code
from pyrun_runtime.assist.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["answer"]

_MOST_ANSWERED = 200_000
"""Characters of an answer."""


def answer(question: dict[str, Any], names: dict[str, Any], packaged: Callable[[], str]) -> str:
    """JSON: the answer to an ``AssistRequest`` of ``assist_messages.js``, or null. Never raises.

    ``names`` is the namespace of the session. ``packaged`` returns JSON: the modules of packages that a run
    loads when it needs them.
    """
    try:
        text = json.dumps(_answer(question, names, packaged))
    except Exception:  # noqa: BLE001 - a reader who types needs no report of what cannot be completed
        return "null"
    return text if len(text) <= _MOST_ANSWERED else "null"


def _answer(question: dict[str, Any], names: dict[str, Any], packaged: Callable[[], str]) -> object:
    before, code = question["before"], question["code"]
    match question["kind"]:
        case "complete":
            scope = Scope(names, code)
            return complete(find_context(before), scope, packaged, asked=question["asked"])
        case "signature":
            call = find_context(before).call
            found = call and Scope(names, code).resolve(call.function)
            return help_with_call(found, call) if call and found else None
        case "describe":
            return _describe(expression_at(before, question["cursor"]), Scope(names, code))
        case "check":
            return check(code, question["fileName"])
        case "format":
            return format_code(code, question["fileName"])
    return None


def _describe(expression: str, scope: Scope) -> object:
    found = scope.resolve(expression) if expression else None
    found = found or (scope.module(expression) if expression else None)
    return describe(found, expression) if found else None
