"""Where an example comes from, line by line, and the flags of doctest in it. No page contains any of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyrun_core.problems import Location

__all__ = ["FileLines", "Flag", "OutputPlace", "Provenance", "StatementFlags", "join_lines"]


class Flag(NamedTuple):
    """A flag of doctest, such as ``ELLIPSIS``, and whether it is switched on."""

    name: str
    is_on: bool


class StatementFlags(NamedTuple):
    """The flags for one statement, or for several. ``first`` and ``line`` are their first and last line.

    Both count in the source, from 1. The last line is that of code, and not of a comment below it.
    """

    line: int
    flags: tuple[Flag, ...]
    first: int = 0

    def below(self, count: int) -> "StatementFlags":
        """The same for a source with this number of lines above."""
        return StatementFlags(self.line + count, self.flags, self.first + count)


class FileLines(NamedTuple):
    """Consecutive lines of a source, by their numbers in a file, from 1. 0 is a line that is not known."""

    file: str
    numbers: Sequence[int]


class OutputPlace(NamedTuple):
    """Where a documented output begins: a file, and its line or 0.

    ``is_apart``: it is in another block than the code.
    """

    file: str
    line: int
    is_apart: bool = False

    @property
    def location(self) -> Location:
        """The same as a location."""
        return Location(self.file, self.line or None)


@dataclass(frozen=True)
class Provenance:
    """``lines`` are all lines of a source in order, ``outputs`` the places of its documented outputs.

    Both are empty for an example whose lines are not known. ``flags`` are those of its statements.
    ``by_option``: the option ``live`` has made it live, and nothing that its author wrote beside it.
    ``has_prompts``: its author wrote a session.
    """

    lines: tuple[FileLines, ...] = ()
    outputs: tuple[OutputPlace, ...] = ()
    flags: tuple[StatementFlags, ...] = ()
    by_option: bool = False
    has_prompts: bool = False

    def locations(self) -> Iterator[Location]:
        """The location of each line."""
        for file, numbers in self.lines:
            yield from (Location(file, number or None) for number in numbers)

    @classmethod
    def of_lines(cls, file: str, first: int | None, source: str) -> "Provenance":
        """That of a source whose lines follow each other in a file, where the first one is ``first``."""
        count = source.removesuffix("\n").count("\n") + 1
        return cls((FileLines(file, range(first, first + count) if first else (0,) * count),))


def join_lines(parts: Iterable[FileLines]) -> tuple[FileLines, ...]:
    """The same lines, with those of one file together."""
    joined: list[FileLines] = []
    for part in parts:
        if joined and joined[-1].file == part.file:
            joined[-1] = FileLines(part.file, (*joined[-1].numbers, *part.numbers))
        else:
            joined.append(part)
    return tuple(joined)
