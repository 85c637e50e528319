"""Finding the fences in the lines of a page, before Markdown changes them.

Fences nest in lists, admonitions, tabs and quotes as in pymdownx.superfences: the prefix of the opening line
stands before every line. Later, tabs are expanded and white space is normalized, so the source is read here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from markdown_pyrun.header import Header, read_header

__all__ = ["Fence", "OtherFence", "Unclosed", "find_fences"]

_CONTAINER = r"[> \t]*"
_MARKS = r"`{3,}(?=[^`]*$)|~{3,}"
_OPENING = re.compile(rf"(?P<prefix>{_CONTAINER})(?P<marks>{_MARKS})(?P<info>.*)")
_BEHIND_A_BULLET = re.compile(rf"{_CONTAINER}(?:[-*+]|\d+[.)])[ \t]+(?:{_MARKS})(?P<info>.*)")


@dataclass(frozen=True)
class Fence:
    """A live example.

    ``first`` and ``last`` are the indices of its opening and closing lines, ``prefix`` is the text before
    each line, and ``text`` is the whole fence without the prefix.
    """

    first: int
    last: int
    prefix: str
    header: Header
    source: str
    text: str


@dataclass(frozen=True)
class OtherFence:
    """A fence that is not pyrun's. ``info`` is what follows its marks."""

    first: int
    last: int
    prefix: str
    info: str
    source: str


@dataclass(frozen=True)
class Unclosed:
    """A line that does not open a live example as intended. ``reason`` includes the fix."""

    first: int
    reason: str


@dataclass(frozen=True)
class _Prefix:
    """The text before each line of a fence, by its width with tabs expanded."""

    columns: int
    quotes: int
    tab_length: int

    @classmethod
    def of(cls, text: str, tab_length: int) -> Self:
        """The prefix that an opening line has."""
        return cls(len(text.expandtabs(tab_length)), text.count(">"), tab_length)

    def cut(self, line: str) -> str | None:
        """The line without the prefix. ``None`` if the fence cannot continue with this line."""
        if not self.columns:
            return line
        column = position = 0
        while column < self.columns and position < len(line) and line[position] in "> \t":
            step = self.tab_length - column % self.tab_length if line[position] == "\t" else 1
            column += step
            position += 1
        content = line[position:]
        if line[:position].count(">") > self.quotes:
            return None
        if column < self.columns:
            return "" if not content.strip() else None
        return " " * (column - self.columns) + content


def find_fences(lines: Sequence[str], tab_length: int = 4) -> Iterator[Fence | OtherFence | Unclosed]:
    """The fences, in order. Fences inside another fence are text and do not count."""
    index = 0
    unclosed: set[tuple[str, str]] = set()  # fences of others: no later line closes them either
    while index < len(lines):
        line = lines[index].rstrip("\r")
        if "```" not in line and "~~~" not in line:  # most lines, and patterns take longer
            index += 1
            continue
        opening = _OPENING.fullmatch(line)
        if opening is None:
            yield from _behind_a_bullet(index, line)
            index += 1
            continue
        header = read_header(opening["info"])
        kind = (opening["prefix"], opening["marks"])
        if header is None and kind in unclosed:
            index += 1
            continue
        following = (lines[each] for each in range(index + 1, len(lines)))
        content = _content(following, opening, tab_length, ours=header is not None)
        if isinstance(content, str):
            if next(following, None) is None:  # it looked at all of them
                unclosed.add(kind)
            if header is not None:
                yield Unclosed(index, content)
            index += 1
            continue
        last = index + 1 + len(content)
        prefix, marks, info = opening.groups()
        source = "\n".join([*content, ""])
        if header is None:
            yield OtherFence(index, last, prefix, info.strip(), source)
        else:
            yield Fence(index, last, prefix, header, source, f"{marks}{info}\n{source}{marks}")
        index = last + 1


def _content(
    lines: Iterable[str],
    opening: re.Match[str],
    tab_length: int,
    *,
    ours: bool,
) -> list[str] | str:
    """The lines up to the closing line, or the reason why there is none, with the fix.

    In a fence of pyrun, another opening means that a closing line is missing. In other fences it may be what
    the author shows.
    """
    prefix = _Prefix.of(opening["prefix"], tab_length)
    marks = opening["marks"]
    content: list[str] = []
    for raw in lines:
        line = prefix.cut(raw.rstrip("\r"))
        if line is None:
            return (
                f"the fence is not closed: its line {len(content) + 2} begins further left than its "
                f"opening. Indent all of its lines like the opening, and close it with a line {marks}"
            )
        if line.rstrip(" \t") == marks:
            return content
        if ours and line.startswith(marks):
            return (
                f"the fence is not closed before its line {len(content) + 2} opens another. Close it with a "
                f"line {marks}. If the line is part of the code, use a fence with one more {marks[0]}"
            )
        content.append(line)
    return f"the fence is not closed. Close it with a line {marks}, indented like its opening"


def _behind_a_bullet(index: int, line: str) -> Iterator[Unclosed]:
    match = _BEHIND_A_BULLET.fullmatch(line)
    if match and read_header(match["info"]):
        yield Unclosed(
            index,
            "the fence opens on the line of a list item. Put it on a separate line, indented by four spaces",
        )
