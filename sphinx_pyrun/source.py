r"""An example's source, exactly as its author typed it.

Before a directive gets its content, docutils expands tabs, removes white space at line ends and replaces
``\f`` by a space; MyST splits lines at characters that do not end a line in Python. This module undoes both:
it finds the lines in the file that they come from.
"""

from functools import partial
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import NamedTuple, cast

from docutils.parsers.rst import states
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

__all__ = ["as_written", "restore"]

# The texts of the files that the current page comes from, in `BuildEnvironment.temp_data`.
_TEXTS = "pyrun-texts"

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
        _text_of(file or "", directive.env),
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
    there = _split(text, feeds_split=feeds_split)
    read = partial(_read_line, tab_width=tab_width, feeds_split=feeds_split)
    words = wanted[0].split()
    found = None
    for start in chain([first], range(len(there))):
        if not 0 <= start < len(there) or there[start].split() != words:  # rules out most lines at once
            continue
        written = _fitting([*map(read, there[start : start + len(wanted)])], wanted, tab_width)
        if written is None:
            continue
        if start == first:
            return written
        if found not in {None, written}:
            return None
        found = written
    return found


def _text_of(file: str, env: BuildEnvironment) -> str:
    """The text of a file, which is read once for all examples of a page."""
    texts = cast("dict[str, str]", env.temp_data.setdefault(_TEXTS, {}))
    if file not in texts:
        texts[file] = _read(file)
    return texts[file]


def _read(file: str) -> str:
    """The text of a file. Empty if it is not a file ("module.py:docstring of module.f")."""
    try:
        return Path(file).read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return ""


def _parsed(line: str, tab_width: int) -> str:
    return _with_spaces(line).expandtabs(tab_width).rstrip()


def _with_spaces(text: str) -> str:
    """The text as `docutils.statemachine.string2lines` has it; `str.splitlines` would split it at feeds."""
    return text.replace("\v", " ").replace("\f", " ")


def _split(text: str, *, feeds_split: bool) -> list[str]:
    """The lines of a file, each with its end."""
    spaced = _with_spaces(text)
    if feeds_split or spaced == text:
        return text.splitlines(keepends=True)
    lengths = map(len, spaced.splitlines(keepends=True))
    return [text[start:end] for start, end in pairwise(accumulate(lengths, initial=0))]


def _read_line(line: str, tab_width: int, *, feeds_split: bool) -> Line:
    content = (line if feeds_split else _with_spaces(line)).splitlines()[0]
    written, end = line[: len(content)], line[len(content) :]
    return Line(written, _parsed(written, tab_width), "\n" if end in _LINE_ENDS else end)


def _fitting(passage: list[Line], wanted: list[str], tab_width: int) -> str | None:
    """The passage without its indentation, or ``None`` if a parser does not turn it into ``wanted``."""
    indent = _indent([line.parsed for line in passage], wanted)
    return None if indent is None else _cut(passage, indent, tab_width)


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
