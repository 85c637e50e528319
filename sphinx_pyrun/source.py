r"""An example's source, character by character as its author typed it.

docutils expands tabs, cuts white space at line ends and takes ``\f`` for a space before any
directive sees its content; MyST splits lines at characters that Python does not split at. Both
are undone here by looking the lines up where they were read from.
"""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from docutils.parsers.rst import Directive, states
from docutils.statemachine import string2lines

__all__ = ["as_written", "restore"]

# What `string2lines` takes for a space before it splits.
_SPACES = re.compile("[\v\f]")
_LINE_ENDS = ("\r\n", "\n", "\r")


def as_written(directive: Directive) -> str:
    """The directive's content, its lines joined by line feeds.

    Where the lines are not found again (text that another extension generated), they are taken
    as docutils gives them.
    """
    lines = list(directive.content)
    if not lines:
        return ""
    tab_width = directive.state.document.settings.tab_width
    state: object = directive.state  # typed as an `RSTState`, but MyST has its own
    if isinstance(state, states.RSTState):
        file, line = directive.content.info(0)
        written = restore(lines, _read(file), line or 0, tab_width)
    else:
        written = restore(lines, directive.block_text, 0, tab_width)
    return "\n".join(lines) if written is None else written


def restore(lines: list[str], text: str, first: int, tab_width: int) -> str | None:
    """The passage of ``text`` that a parser turned into ``lines``.

    ``first`` is where it should begin, from 0. An include with ``:start-line:`` and the like
    shifts lines; then the passage counts if it is the only one that fits.
    """
    wanted = [_parsed(line, tab_width) for line in lines]
    written = list(_split(text))
    parsed = string2lines(text, tab_width, convert_whitespace=True)
    found = None
    for start in chain([first], range(len(parsed) - len(wanted) + 1)):
        indent = _indent(parsed[start : start + len(wanted)], wanted)
        if indent is None:
            continue
        passage = _cut(written[start : start + len(wanted)], indent, tab_width)
        if start == first:
            return passage
        if found not in {None, passage}:
            return None
        found = passage
    return found


def _read(file: str | None) -> str:
    """The text of a file; none if it is not one ("module.py:docstring of module.f")."""
    try:
        return Path(file or "").read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return ""


def _parsed(line: str, tab_width: int) -> str:
    return _SPACES.sub(" ", line).expandtabs(tab_width).rstrip()


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Lines where docutils splits them, each with its end: a line feed, or what else it split at."""
    start = 0
    for line in _SPACES.sub(" ", text).splitlines(keepends=True):
        written = text[start : start + len(line)]
        start += len(line)
        content = written[: len(line.splitlines()[0])]
        end = written[len(content) :]
        yield content, "\n" if end in _LINE_ENDS else end


def _indent(parsed: list[str], wanted: list[str]) -> int | None:
    """How many columns ``parsed`` has before ``wanted``, or ``None`` if it is another text."""
    if len(parsed) != len(wanted):
        return None
    indents = {len(there) - len(here) for there, here in zip(parsed, wanted, strict=True) if here}
    if len(indents) > 1 or min(indents, default=0) < 0:
        return None
    indent = indents.pop() if indents else 0
    fits = all(
        there[indent:] == here and not there[:indent].strip()
        for there, here in zip(parsed, wanted, strict=True)
    )
    return indent if fits else None


def _cut(lines: list[tuple[str, str]], indent: int, tab_width: int) -> str:
    """The lines as one text, without the columns that stand before it."""
    ends = [end for _, end in lines[:-1]] + [""]
    return "".join(
        _without_columns(line, indent, tab_width) + end for (line, _), end in zip(lines, ends, strict=True)
    )


def _without_columns(line: str, columns: int, tab_width: int) -> str:
    """A line from a column on. A tab that begins before it and ends after it leaves spaces."""
    column = 0
    for index, character in enumerate(line):
        if column >= columns:
            return " " * (column - columns) + line[index:]
        column += tab_width - column % tab_width if character == "\t" else 1
    return " " * max(0, column - columns)
