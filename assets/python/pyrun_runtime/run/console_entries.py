"""Finds the next statement in what a reader has entered in a console."""

import ast
import codeop
import warnings
from typing import Any

from pyrun_runtime.run.statements import future_flags

__all__ = ["first_entry"]


def first_entry(text: str, names: dict[str, Any]) -> str | None:
    """The lines of the first statement, or of the first statements if they share a line.

    Statements end as in the interpreter: a block that is the last statement goes on until an empty line. Code
    that is wrong is the entry up to the line where that is certain, so that running it raises the error.

    Returns:
        None if the statement goes on after the text. Comments and empty lines before it belong to it; empty
        lines after it too.
    """
    lines = text.split("\n")
    if not lines[-1].strip():
        lines[-1] = ""  # the editor indents the empty line that ends a block
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | future_flags(names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # running the entry shows them
        count = _lines_of_first(lines, flags)
    return None if count is None else "\n".join(lines[:count])


def _lines_of_first(lines: list[str], flags: int) -> int | None:
    try:
        tree = _parse("\n".join(lines), flags)
    except (SyntaxError, ValueError):  # ValueError: a null character
        return _lines_until_certain(lines, flags)
    last = 0
    for statement in tree.body:
        first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", []))])
        if last and first > last:
            return _with_empty_lines(lines, last)
        last = statement.end_lineno or statement.lineno
    return len(lines) if not tree.body or _is_complete(lines, flags) else None


def _lines_until_certain(lines: list[str], flags: int) -> int | None:
    """As the interpreter reads them, line by line. A block also ends where the next statement is wrong."""
    was_whole = False
    for count in range(1, len(lines) + 1):
        part = lines[:count]
        try:
            if _is_complete(part, flags) and any(map(str.strip, part)):
                return _with_empty_lines(lines, count)
        except (SyntaxError, ValueError):
            return count - 1 if was_whole and not lines[count - 1][:1].isspace() else count
        was_whole = _is_module(part, flags)
    return None


def _is_complete(lines: list[str], flags: int) -> bool:
    """Whether the interpreter would run the lines. Raises what `compile` raises if they are wrong."""
    compiler = codeop.CommandCompiler()
    compiler.compiler.flags |= flags
    return compiler("\n".join(lines), "<console>", "single") is not None


def _is_module(lines: list[str], flags: int) -> bool:
    try:
        return bool(_parse("\n".join(lines), flags).body)
    except (SyntaxError, ValueError):
        return False


def _parse(source: str, flags: int) -> ast.Module:
    tree = compile(source, "<console>", "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)  # noqa: S101 - for the type checker
    return tree


def _with_empty_lines(lines: list[str], count: int) -> int:
    while count < len(lines) and not lines[count].strip():
        count += 1
    return count
