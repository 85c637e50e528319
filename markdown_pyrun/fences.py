"""Finding the live examples in the lines of a page, before Markdown has touched them.

Fences nest in lists, admonitions, tabs and quotes as in pymdownx.superfences: what stands before
the opening stands before every line. Other extensions see these lines only after tabs have been
expanded and white space was tidied, so the source is taken here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from markdown_pyrun.header import Header, read_header

__all__ = ["Fence", "Unclosed", "find_fences"]

_CONTAINER = r"[> \t]*"
_MARKS = r"`{3,}(?=[^`]*$)|~{3,}"
_OPENING = re.compile(rf"(?P<prefix>{_CONTAINER})(?P<marks>{_MARKS})(?P<info>.*)")
_BEHIND_A_BULLET = re.compile(rf"{_CONTAINER}(?:[-*+]|\d+[.)])[ \t]+(?:{_MARKS})(?P<info>.*)")


@dataclass(frozen=True)
class Fence:
    """A live example.

    ``first`` and ``last`` are the indices of its opening and closing lines, ``prefix`` is what
    stands before each, and ``text`` is the whole fence without it.
    """

    first: int
    last: int
    prefix: str
    header: Header
    source: str
    text: str


@dataclass(frozen=True)
class Unclosed:
    """A line that was meant to open a live example and did not. ``reason`` holds the cure."""

    first: int
    reason: str


@dataclass(frozen=True)
class _Prefix:
    """What stands before each line of a fence, by its width with tabs expanded."""

    columns: int
    quotes: int
    tab_length: int

    @classmethod
    def of(cls, text: str, tab_length: int) -> Self:
        """The prefix that an opening line has."""
        return cls(len(text.expandtabs(tab_length)), text.count(">"), tab_length)

    def cut(self, line: str) -> str | None:
        """The line without the prefix; ``None`` if the fence cannot go on with this line."""
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


def find_fences(lines: Sequence[str], tab_length: int = 4) -> Iterator[Fence | Unclosed]:
    """Pyrun's fences, in order. Those inside of another fence are text about pyrun, and no fences."""
    index = 0
    while index < len(lines):
        line = lines[index].rstrip("\r")
        opening = _OPENING.fullmatch(line)
        if opening is None:
            yield from _behind_a_bullet(index, line)
            index += 1
            continue
        header = read_header(opening["info"])
        content = _content(lines[index + 1 :], opening, tab_length, ours=header is not None)
        if isinstance(content, str):
            if header is not None:
                yield Unclosed(index, content)
            index += 1
            continue
        last = index + 1 + len(content)
        if header is not None:
            prefix, marks, info = opening.groups()
            source = "\n".join([*content, ""])
            yield Fence(index, last, prefix, header, source, f"{marks}{info}\n{source}{marks}")
        index = last + 1


def _content(
    lines: Sequence[str],
    opening: re.Match[str],
    tab_length: int,
    *,
    ours: bool,
) -> list[str] | str:
    """The lines up to the closing line; or why there is none, and the cure.

    In a fence of ours another opening tells of a closing line that is missing; elsewhere it may
    be what the author shows.
    """
    prefix = _Prefix.of(opening["prefix"], tab_length)
    marks = opening["marks"]
    content: list[str] = []
    for raw in lines:
        line = prefix.cut(raw.rstrip("\r"))
        if line is None:
            return (
                f"the fence is not closed: line {len(content) + 2} of it begins further left than its "
                f"opening. Indent all its lines like the opening, and close it with a line {marks}"
            )
        if line.rstrip(" \t") == marks:
            return content
        if ours and line.startswith(marks):
            return (
                f"the fence is not closed before line {len(content) + 2} of it opens another. End it "
                f"with a line {marks}; or, if the code holds that line, fence it with one {marks[0]} more"
            )
        content.append(line)
    return f"the fence is not closed. End it with a line {marks}, indented like its opening"


def _behind_a_bullet(index: int, line: str) -> Iterator[Unclosed]:
    match = _BEHIND_A_BULLET.fullmatch(line)
    if match and read_header(match["info"]):
        yield Unclosed(
            index,
            "the fence opens on the line of a list item. Put it on a line of its own, indented "
            "by four spaces",
        )
