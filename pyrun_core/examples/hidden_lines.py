"""The lines of an example that pages fold away, from comments in its code and the option ``hide-lines``.

Comments are no part of the example. Its lines are counted without them; what an author counts, in
``emphasize-lines`` and ``hide-lines``, are the lines as they are written.
"""

import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pyrun_core.examples.code_file import Code
from pyrun_core.examples.provenance import FileLines, Provenance
from pyrun_core.problems import Location, Problem, Report

__all__ = ["HiddenLines", "hide_lines", "picked_lines", "read_comments", "regions", "take_hidden_lines"]

_COMMENT = re.compile(r"[ \t]*#[ \t]*pyrun:[ \t]*(?P<word>hide|show)[ \t]*")
_PROMPT = re.compile(r"[ \t]*(?:>>>|In ?\[[\d ]*\]:)(?=[ \t])")

_HINT = "pyrun:"
"""What every comment contains: most examples have none."""

_SHOW = "'# pyrun: show'"
_HIDE = "'# pyrun: hide'"


class Mistake(NamedTuple):
    """A comment that makes no sense, and its line in the text, from 1."""

    line: int
    message: str


@dataclass(frozen=True)
class HiddenLines:
    """A text without the comments that hide lines of it.

    ``kept`` are the lines of the text that are left, ``hidden`` those of the result that are folded away. All
    count from 1.
    """

    kept: tuple[int, ...]
    hidden: tuple[int, ...]
    mistakes: tuple[Mistake, ...] = ()

    def pick(self, text: str) -> str:
        """The text without the comments."""
        lines = text.split("\n")
        return "\n".join(lines[number - 1] for number in self.kept)

    def moved(self, lines: Iterable[int]) -> tuple[int, ...]:
        """Lines of the text, as they are counted in the result. Comments are left out."""
        numbers = {number: index for index, number in enumerate(self.kept, 1)}
        return tuple(numbers[line] for line in lines if line in numbers)


def hide_lines(text: str, *, lines: Iterable[int] = (), is_session: bool = False) -> HiddenLines | None:
    """What comments and ``lines`` hide of a text. ``None`` if that is nothing.

    ``is_session``: the text has prompts and outputs.
    """
    comments = read_comments(text, is_session=is_session)
    wanted = set(lines)
    if not comments and not wanted:
        return None
    kept: list[int] = []
    hidden: list[int] = []
    mistakes: list[Mistake] = []
    opened = 0
    for number in range(1, text.count("\n") + 2):
        if word := comments.get(number):
            if message := _mistake(word, opened):
                mistakes.append(Mistake(number, message))
            opened = (opened or number) if word == "hide" else 0
            continue
        kept.append(number)
        if opened or number in wanted:
            hidden.append(len(kept))
    if opened:
        message = f"nothing ends what {_HIDE} begins, so all lines below are hidden. Add {_SHOW} after them"
        mistakes.append(Mistake(opened, message))
    return HiddenLines(tuple(kept), tuple(hidden), tuple(sorted(mistakes)))


def _mistake(word: str, opened: int) -> str:
    if word == "hide" and opened:
        return f"{_HIDE} stands between {_HIDE} and {_SHOW}, which has no effect. Remove it"
    if word == "show" and not opened:
        return f"{_SHOW} has no {_HIDE} above it. Add one, or remove this comment"
    return ""


def read_comments(text: str, *, is_session: bool = False) -> dict[int, str]:
    """The comments that hide or show lines: ``hide`` or ``show`` by line, from 1."""
    if _HINT not in text:
        return {}
    found: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        code = _PROMPT.sub("", line, count=1) if is_session else line
        if match := _COMMENT.fullmatch(code):
            found[number] = match["word"]
    strings = _lines_of_strings(text) if found and not is_session else frozenset()
    return {number: word for number, word in found.items() if number not in strings}


def _lines_of_strings(text: str) -> frozenset[int]:
    """The lines that begin within a string. None for code that is not Python."""
    lines: set[int] = set()
    begun: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            name = tokenize.tok_name[token.type]
            if name == "STRING":
                lines.update(range(token.start[0] + 1, token.end[0] + 1))
            elif name.endswith("STRING_START"):
                begun.append(token.start[0])
            elif name.endswith("STRING_END") and begun:
                lines.update(range(begun.pop() + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError):
        pass  # the rest is not Python, where a comment counts as one
    return frozenset(lines)


def regions(hidden: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last line of each stretch of lines."""
    first = last = 0
    for line in sorted(hidden):
        if first and line > last + 1:
            yield first, last
            first = 0
        first = first or line
        last = line
    if first:
        yield first, last


def take_hidden_lines(
    code: Code, values: Mapping[str, Any], provenance: Provenance, report: Report, location: Location
) -> tuple[Code, dict[str, Any], Provenance]:
    """The code of a block without these comments, its options, and where its lines are.

    Wrong comments and lines are reported. ``values`` are the options of the block; those that count lines
    must be of lines that exist.
    """
    found = hide_lines(code.source, lines=values.get("hide_lines", ()))
    if found is None:
        return code, dict(values), provenance
    places = list(provenance.locations())
    for mistake in found.mistakes:
        place = places[mistake.line - 1] if mistake.line <= len(places) else location
        where = location if place.line is None else replace(place, is_inserted=location.is_inserted)
        report(Problem.HIDDEN, f"line {mistake.line} of the example: {mistake.message}", where)
    values = {**values, "hide_lines": found.hidden}
    if emphasized := values.get("emphasize_lines"):
        values["emphasize_lines"] = found.moved(emphasized)
    numbers = tuple(code.numbers[line - 1] for line in found.kept) if code.numbers else ()
    line = code.line if len(found.kept) == code.source.count("\n") + 1 else None
    kept = code._replace(source=found.pick(code.source), numbers=numbers, line=line)
    return kept, values, replace(provenance, lines=picked_lines(provenance.lines, found.kept))


def picked_lines(parts: Iterable[FileLines], kept: tuple[int, ...]) -> tuple[FileLines, ...]:
    """Some lines of a source, from 1, by their numbers in files."""
    wanted = set(kept)
    picked: list[FileLines] = []
    above = 0
    for part in parts:
        numbers = tuple(number for index, number in enumerate(part.numbers, above + 1) if index in wanted)
        picked.append(FileLines(part.file, numbers))
        above += len(part.numbers)
    return tuple(picked)
