"""Reports code that is not Python, with the line and what to write."""

import re
import sys
from collections.abc import Iterator

from pyrun_core.examples.code_file import Code
from pyrun_core.problems import Location, Problem, Report
from pyrun_syntax.notebook import Finding, find_error, understand
from pyrun_syntax.oddities import explain, explain_entity, find_entity
from pyrun_syntax.prompts import is_ipython

__all__ = ["NEWEST_PYTHON", "check_syntax", "is_of_newer_python"]

NEWEST_PYTHON = (3, 14)
"""The Python of the bundled Pyodide. An older one that builds the site does not know all of its syntax."""

_ON_PURPOSE = frozenset({"IndentationError", "SyntaxError", "TabError"})

_OF_NEWER_PYTHON = re.compile(
    r"""
    ^[ \t]*type[ ]+\w                  # 3.12: type X = int
    | \b(?:def|class)[ ]+\w+[ ]*\[      # 3.12: def f[T]()
    | \b(?:[rR]?[tT]|[tT][rR])['"]      # 3.14: t""
    | \bexcept\b[^:(\n]+,              # 3.14: except A, B:
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Code with syntax that Python 3.11 does not know: https://docs.python.org/3/whatsnew/."""

_F_STRING = re.compile(r"""\b(?:[rR]?[fF]|[fF][rR])['"]""")
_OF_STRINGS = re.compile(r"f-string|unterminated")
"""Messages for f-strings whose fields have quotes, comments or line breaks, as they can from 3.12 on."""


def check_syntax(code: Code, raises: str, report: Report, location: Location) -> bool:
    """Whether the code is Python. What is not is reported, unless the example ``raises`` it on purpose."""
    error = find_error(code.source)
    entity = find_entity(code.source) if error is None else None
    if error is None and entity is None and not is_ipython(code.source):
        return True
    if raises in _ON_PURPOSE:
        return False
    for line, sentence in _problems(code.source, error, entity):
        where = f"line {line} of the example"
        if code.line is not None:
            where = f"line {code.line + line - 1} of {code.file}"
        report(Problem.SYNTAX, f"{where} is not Python. {sentence.removesuffix('.')}", location)
    return False


def _problems(source: str, error: SyntaxError | None, entity: int | None) -> Iterator[tuple[int, str]]:
    """The number of each line that is not Python, and what to do about it."""
    if entity is not None:
        yield entity, explain_entity(source.split("\n")[entity - 1]) or "It is HTML. Write Python."
    understood = understand(source)
    if understood:
        for finding in understood.findings:
            if advice := _advice(finding):
                yield finding.line, advice
        error = understood.error
    if error is None:
        return
    if sentence := explain(error):
        yield error.lineno or 1, sentence
    elif not is_of_newer_python(source, error):
        cure = "Correct it, or set the option 'raises' to SyntaxError if it fails on purpose"
        yield error.lineno or 1, f"{str(error.msg)[:1].upper()}{str(error.msg)[1:]}. {cure}"


def is_of_newer_python(source: str, error: SyntaxError) -> bool:
    """Whether the code may be right in a newer Python than the one that builds the site."""
    if sys.version_info >= NEWEST_PYTHON:
        return False
    if _OF_STRINGS.match(str(error.msg)):
        return bool(_F_STRING.search(source))
    return bool(_OF_NEWER_PYTHON.search(source))


def _advice(finding: Finding) -> str | None:
    """What to do about something from a session or a notebook. None if it works in a page."""
    command = finding.command
    if finding.prompt:
        return f"It begins with the prompt '{finding.prompt}'. Remove the prompts and the output"
    if command is None:  # all lines are indented, which Pyodide accepts
        return None
    if command.installed:
        names = " and ".join(command.installed)
        return f"It installs {names}. Remove the line, and add {names} to the option 'packages'"
    return command.advice
