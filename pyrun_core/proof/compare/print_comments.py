"""Outputs that are documented below the call of `print`: in `#>` comments, or as the text of a string.

This is how pytest-examples writes them (https://github.com/pydantic/pytest-examples).
"""

import ast
import re
from typing import NamedTuple

__all__ = ["PrintedOutput", "printed_outputs"]

_COMMENT = re.compile(r"[ \t]*#>(?: (?P<text>.*)|[ \t]*)$")
_QUOTES = re.compile(r"[ \t]*(\"\"\"|''')[ \t]*$")


class PrintedOutput(NamedTuple):
    """``line`` is the last one of the call in the source, ``first`` and ``last`` are those of the output.

    All lines count from 1. ``is_string``: it is the text of a string, whose lines may be laid out by a
    formatter. ``is_in_function``: the call is in a function, which can be called later.
    """

    line: int
    text: str
    first: int
    last: int
    is_string: bool
    is_in_function: bool = False


def printed_outputs(source: str) -> tuple[PrintedOutput, ...]:
    """The documented outputs in a source, in its order. None of code that is not Python."""
    if "#>" not in source and '"""' not in source and "'''" not in source:
        return ()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    lines = source.split("\n")
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    later = {end for function in functions for end in _ends_of_calls(function)}
    found = (_comment(lines, end) or _string(lines, end) for end in sorted(_ends_of_calls(tree)))
    return tuple(output._replace(is_in_function=output.line in later) for output in found if output)


def _ends_of_calls(tree: ast.AST) -> set[int]:
    """The last lines of the calls of `print` in a tree."""
    return {
        node.end_lineno or node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _is_print(node.value)
    }


def _is_print(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in {"print", "pprint", "debug"}


def _comment(lines: list[str], end: int) -> PrintedOutput | None:
    texts: list[str] = []
    while end + len(texts) < len(lines) and (found := _COMMENT.match(lines[end + len(texts)])):
        texts.append(found["text"] or "")
    if not texts:
        return None
    return PrintedOutput(end, "\n".join(texts), end + 1, end + len(texts), is_string=False)


def _string(lines: list[str], end: int) -> PrintedOutput | None:
    opening = _QUOTES.match(lines[end]) if end < len(lines) else None
    if opening is None:
        return None
    for index in range(end + 1, len(lines)):
        closing = _QUOTES.match(lines[index])
        if closing and closing[1] == opening[1]:
            indent = len(lines[end]) - len(lines[end].lstrip())
            text = "\n".join(line[indent:].rstrip() for line in lines[end + 1 : index])
            return PrintedOutput(end, text, end + 1, index + 1, is_string=True)
    return None
