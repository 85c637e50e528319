"""Consoles: examples in which readers type statements at a prompt."""

import ast
import re
from collections.abc import Iterator

from pyrun_core.examples.code_file import Code

__all__ = ["console_code", "shown_code"]

_PROMPT = re.compile(r"(?P<prompt>>>>|\.\.\.)(?: (?P<code>.*))?")
_FIRST, _MORE = ">>> ", "... "


def console_code(code: Code) -> Code:
    """The code that a console starts with: without prompts, and without the outputs of a session."""
    lines = code.source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    return Code("\n".join(_without_prompts(lines))) if first.startswith(_FIRST.strip()) else code


def _without_prompts(lines: list[str]) -> Iterator[str]:
    goes_on = False  # in an output, "..." is no prompt
    for line in lines:
        match = _PROMPT.fullmatch(line.rstrip())
        goes_on = match is not None and (goes_on or match["prompt"] == _FIRST.strip())
        if match and goes_on:
            yield match["code"] or ""


def shown_code(source: str) -> str:
    """The code with prompts, as a page shows it before the reader uses the console."""
    lines = source.split("\n")
    first = _first_lines(source)
    return "\n".join(
        f"{_FIRST if number == 1 or number in first else _MORE}{line}".rstrip()
        for number, line in enumerate(lines, 1)
    )


def _first_lines(source: str) -> set[int]:
    """The lines in which statements begin, and comments between statements."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {number for number, line in enumerate(source.split("\n"), 1) if line[:1].strip()}
    inside = {
        line
        for statement in tree.body
        for line in range(_first_line(statement) + 1, (statement.end_lineno or statement.lineno) + 1)
    }
    return {
        number for number, line in enumerate(source.split("\n"), 1) if line.strip() and number not in inside
    }


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])
