"""Sessions of an interpreter, with prompts and output, as the code that was typed in them."""

import re
from collections.abc import Iterator

__all__ = ["IPYTHON", "IPYTHON_MORE", "IPYTHON_OUTPUT", "find_prompt", "is_ipython", "without_prompts"]

_PYTHON = re.compile(r"(?P<indent>[ \t]*)>>>(?: (?P<code>.*)|\t(?P<tabbed>.*)|$)")
_PYTHON_MORE = re.compile(r"[ \t]*\.\.\.(?: (?P<code>.*)|$)")

IPYTHON = re.compile(r"(?P<indent>[ \t]*)In ?\[[\d ]*\]:(?: (?P<code>.*)|$)")
"""A line that begins a cell, without white space at its end."""

_FIRST_IPYTHON = re.compile(r"^[ \t]*In ?\[[\d ]*\]:(?: |$)", re.MULTILINE)
IPYTHON_MORE = re.compile(r"[ \t]*\.{3,}:(?: (?P<code>.*)|$)")
"""A line that continues a cell, without white space at its end."""

IPYTHON_OUTPUT = re.compile(r"[ \t]*Out ?\[[\d ]*\]:")
"""What the value of a cell begins with."""


def is_ipython(source: str) -> bool:
    """Whether code has prompts of IPython. A line such as ``In [1]: x`` is valid Python: an annotation."""
    return ("In [" in source or "In[" in source) and _FIRST_IPYTHON.search(source) is not None


def find_prompt(source: str) -> tuple[int, str] | None:
    """The line of the first prompt, from 1, and the prompt. None if the code has none.

    Code may precede the prompts, but the callers know already that it is not all Python.
    """
    for number, line in enumerate(source.split("\n"), 1):
        if _PYTHON.fullmatch(line.rstrip()):
            return number, ">>>"
        if IPYTHON.fullmatch(line.rstrip()) or IPYTHON_OUTPUT.match(line):
            return number, line.strip().split(":")[0] + ":"
    return None


def without_prompts(source: str) -> str:
    """The code of a session, each statement in its line. Other lines are empty, so tracebacks stay right.

    Knows the prompts of Python, with or without indentation, those of IPython, and cells of a notebook, whose
    code is below the prompt. Code before the first prompt remains.
    """
    return "\n".join(_code_lines(source.split("\n")))


def _code_lines(lines: list[str]) -> Iterator[str]:
    more: re.Pattern[str] | None = None  # what a line begins with that continues the statement
    below = False  # whether the lines without a prompt are the code of a notebook's cell
    seen = False
    for line in map(str.rstrip, lines):
        if match := _PYTHON.fullmatch(line):
            more, below, seen = _PYTHON_MORE, False, True
            yield match["code"] or match["tabbed"] or ""
        elif match := IPYTHON.fullmatch(line):
            more, below, seen = IPYTHON_MORE, not match["code"], True
            yield match["code"] or ""
        elif more and (match := more.fullmatch(line)):
            yield match["code"] or ""
        elif IPYTHON_OUTPUT.match(line):
            more, below, seen = None, False, True
            yield ""
        elif below or not seen:
            yield line
        else:  # output, or text between the statements
            more = None
            yield ""
