"""The Python that code means which was copied from a session or a notebook."""

import ast
import warnings
from dataclasses import dataclass
from textwrap import dedent

from pyrun_syntax.magics import AROUND_CODE, Command, read_command
from pyrun_syntax.prompts import find_prompt, without_prompts

__all__ = ["Finding", "Understood", "find_error", "understand"]

_MOST_COMMANDS = 500
"""In one example: the code is parsed once more for each."""


@dataclass(frozen=True)
class Finding:
    """What is no Python: a command, a prompt, or the indentation of all lines. ``line`` counts from 1."""

    line: int
    command: Command | None = None
    prompt: str = ""


@dataclass(frozen=True)
class Understood:
    """What code means.

    ``code`` is Python with as many lines, except for the ``error`` that it still has. ``around`` is a command
    in the first line that is about the run as a whole.
    """

    code: str
    findings: tuple[Finding, ...]
    around: Command | None = None
    error: SyntaxError | None = None


def find_error(source: str, file_name: str = "example") -> SyntaxError | None:
    """Why code is not Python. None if it is; ``await`` may be anywhere in it."""
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(source, file_name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError, OverflowError):  # null characters; too deep; too long
        return None
    return None


def understand(source: str, file_name: str = "example") -> Understood | None:
    """What code means that is not Python. None if nothing in it belongs to a session or a notebook."""
    findings: list[Finding] = []
    lines = source.split("\n")
    around = None
    if magic := _cell_magic(lines):
        first, command, content = magic
        findings.append(Finding(first + 1, command))
        if command.name not in AROUND_CODE:
            return Understood("\n" * first + content, tuple(findings))
        around = command
        lines[first] = ""
    text = "\n".join(lines)
    if prompt := find_prompt(text):
        findings.append(Finding(prompt[0], prompt=prompt[1]))
        text = without_prompts(text)
    elif next(filter(str.strip, lines), "")[:1].isspace() and (straight := dedent(text)) != text:
        findings.append(Finding(next(n for n, line in enumerate(lines, 1) if line.strip())))
        text = straight
    lines, error = _without_commands(text.split("\n"), file_name, findings)
    findings.sort(key=lambda finding: finding.line)
    return Understood("\n".join(lines), tuple(findings), around, error) if findings else None


def _cell_magic(lines: list[str]) -> tuple[int, Command, str] | None:
    """A command that is about everything below it: its index, itself, and a call with all the lines."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    command = read_command(lines[first].rstrip())
    if command is None or command.mark != "%%":
        return None
    below = lines[first + 1 :]
    arguments = (command.name, command.content.strip(), "\n".join(below) + "\n")
    call = f"get_ipython().run_cell_magic({', '.join(map(repr, arguments))})"
    return first, command, "\n".join([call, *("" for _ in below)])


def _without_commands(
    lines: list[str], file_name: str, findings: list[Finding]
) -> tuple[list[str], SyntaxError | None]:
    """The lines with calls in place of commands, and the error that remains."""
    remaining = error = find_error("\n".join(lines), file_name)
    found: list[Finding] = []
    written = list(lines)
    for _ in range(_MOST_COMMANDS):
        if error is None:
            break
        index, command, count = _find_command(written, error.lineno or 0)
        if command is None:
            break
        found.append(Finding(index + 1, command))
        written[index : index + count] = [command.python, *[""] * (count - 1)]
        error = find_error("\n".join(written), file_name)
        if index + 1 == (remaining.lineno if remaining else 0) or error is None:
            lines, remaining = list(written), error
            findings += found
            found = []
    return lines, remaining


def _find_command(lines: list[str], line: int) -> tuple[int, Command | None, int]:
    """The command in a line, or the nearest before it, which can have shifted the error.

    Its index and its number of lines are first and last.
    """
    for index in range(min(line, len(lines)) - 1, -1, -1):
        count = 1
        while lines[index + count - 1].endswith("\\") and index + count < len(lines):
            count += 1
        command = read_command("\n".join(lines[index : index + count]).rstrip())
        if command is not None:
            return index, command, count
    return 0, None, 0
