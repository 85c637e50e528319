r"""An example's source, exactly as its author typed it.

Before a directive gets its content, docutils expands tabs, removes white space at line ends and replaces
``\f`` by a space; MyST splits lines at characters that do not end a line in Python. This module undoes both:
it finds the lines in the file that they come from.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from docutils.parsers.rst import states
from sphinx.util.docutils import SphinxDirective

__all__ = ["as_written", "restore"]

# `docutils.statemachine.string2lines` replaces these by spaces, `str.splitlines` splits lines there.
_FEEDS = "\v\f"
_AS_SPACES = str.maketrans(dict.fromkeys(_FEEDS, " "))

_LINE_ENDS = ("\r\n", "\n", "\r", "")
_UNKNOWN_START = -1


class Line(NamedTuple):
    """A line of a file: as written, as docutils has it, and the line end that follows."""

    written: str
    parsed: str
    end: str


def as_written(directive: SphinxDirective) -> str:
    """The directive's content, with line feeds between lines.

    If the lines are not found in the file (text that another extension generated), they are those of
    docutils.
    """
    lines = list(directive.content)
    if not lines:
        return ""
    state: object = directive.state  # typed as an `RSTState`, but MyST has its own
    is_rest = isinstance(state, states.RSTState)
    file, start = directive.content.info(0) if is_rest else (directive.get_source_info()[0], None)
    written = restore(
        lines,
        _read(file),
        _UNKNOWN_START if start is None else start,
        tab_width=directive.state.document.settings.tab_width,
        feeds_split=not is_rest,
    )
    return "\n".join(lines) if written is None else written


def restore(lines: list[str], text: str, first: int, *, tab_width: int, feeds_split: bool) -> str | None:
    """The passage of ``text`` that a parser turned into ``lines``, or ``None``.

    ``first`` is the line where it should begin, from 0. An include with ``:start-line:`` shifts lines, and
    MyST does not provide them. Then a passage counts if it is the only one that fits. ``feeds_split`` says
    whether the parser begins a new line at a form feed.
    """
    wanted = [_parsed(line, tab_width) for line in lines]
    there = list(_split(text, tab_width, feeds_split=feeds_split))
    found = None
    for start in chain([first], range(len(there) - len(wanted) + 1)):
        if start < 0:
            continue
        passage = there[start : start + len(wanted)]
        indent = _indent([line.parsed for line in passage], wanted)
        if indent is None:
            continue
        written = _cut(passage, indent, tab_width)
        if start == first:
            return written
        if found not in {None, written}:
            return None
        found = written
    return found


def _read(file: str | None) -> str:
    """The text of a file. Empty if it is not a file ("module.py:docstring of module.f")."""
    try:
        return Path(file or "").read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return ""


def _parsed(line: str, tab_width: int) -> str:
    return line.translate(_AS_SPACES).expandtabs(tab_width).rstrip()


def _split(text: str, tab_width: int, *, feeds_split: bool) -> Iterator[Line]:
    start = 0
    for line in (text if feeds_split else text.translate(_AS_SPACES)).splitlines(keepends=True):
        content = line.splitlines()[0]
        written = text[start : start + len(content)]
        end = text[start + len(content) : start + len(line)]
        start += len(line)
        yield Line(written, _parsed(written, tab_width), "\n" if end in _LINE_ENDS else end)


def _indent(parsed: list[str], wanted: list[str]) -> int | None:
    """The number of columns that ``parsed`` is indented more than ``wanted``, or ``None`` if they differ."""
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


def _cut(passage: list[Line], indent: int, tab_width: int) -> str:
    """The lines as one text, without their indentation."""
    parts = [_without_columns(line.written, indent, tab_width) + line.end for line in passage]
    return "".join(parts).removesuffix(passage[-1].end)


def _without_columns(line: str, columns: int, tab_width: int) -> str:
    """A line from a column on. A tab that spans the column leaves spaces."""
    column = 0
    for index, character in enumerate(line):
        if column >= columns:
            return " " * (column - columns) + line[index:]
        column += tab_width - column % tab_width if character == "\t" else 1
    return " " * max(0, column - columns)
