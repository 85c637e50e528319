"""Where a documented output is in the lines of a file, and how its lines are written there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyrun_core.proof.fix.author_file import RefusedError

__all__ = ["Block", "check_new", "comment_block", "output_block", "session_block"]

_BLANK_LINE = "<BLANKLINE>"
_PROMPT = re.compile(r"(?P<prefix>[ \t]*(?:(?:>|#|//)[ \t]+)*)(?:>>>|\.\.\.)(?:[ ].*|)$")
"""Behind indentation, or behind the marks of a quotation or a comment."""

_OTHER_PROMPT = re.compile(r"[ \t]*(?:In|Out) ?\[\d*\]")
_READ_AS_CODE = re.compile(r">>>(?: |$)|(?:In|Out) ?\[\d*\]:")
_COMMENT = re.compile(r"(?P<prefix>[ \t]*#>)(?:[ ].*|)$")


@dataclass(frozen=True)
class Block:
    """The lines of an output from ``first``, from 1, each behind ``prefix``.

    ``blank`` is how an empty line is written. ``lines`` are as they are in the file.
    """

    first: int
    lines: tuple[str, ...]
    prefix: str
    blank: str
    space: str = ""

    def written(self, output: Sequence[str]) -> tuple[str, ...]:
        """The lines of a new output in the file."""
        return tuple(
            f"{self.prefix}{self.space}{line}" if line else f"{self.prefix}{self.blank}".rstrip()
            for line in output
        )


def session_block(lines: Sequence[str], prompt: int, below: int, expected: str) -> Block:
    """The output of a statement with prompts, whose first line is ``prompt`` and whose last one ``below``.

    Without ``expected``, it is the place below the statement.

    Raises:
        RefusedError: the lines are not what the check has read.
    """
    found = _PROMPT.match(_line(lines, prompt))
    if found is None:
        if _OTHER_PROMPT.match(_line(lines, prompt)):
            raise RefusedError("only outputs below the prompts of Python are written")
        raise RefusedError("the statement does not start at the beginning of its line")
    prefix = found["prefix"]
    first = below + 1
    while first <= len(lines) and _is_continuation(lines[first - 1], prefix):
        first += 1
    return _block(lines, first, expected, prefix, _BLANK_LINE)


def _is_continuation(line: str, prefix: str) -> bool:
    found = _PROMPT.match(line)
    return found is not None and found["prefix"] == prefix and line[len(prefix) :].startswith("...")


def output_block(lines: Sequence[str], first: int, expected: str) -> Block:
    """The content of a ``testoutput`` block.

    Raises:
        RefusedError: the lines are not what the check has read.
    """
    line = _line(lines, first)
    return _block(lines, first, expected, line[: len(line) - len(line.lstrip())], "")


def comment_block(lines: Sequence[str], first: int, expected: str) -> Block:
    """The ``#>`` comments that begin in a line.

    Raises:
        RefusedError: the lines are not what the check has read.
    """
    found = _COMMENT.match(_line(lines, first))
    if found is None:
        raise RefusedError("the output is not in lines that begin with '#>'")
    return _block(lines, first, expected, found["prefix"], "", " ")


def _line(lines: Sequence[str], number: int) -> str:
    if not 0 < number <= len(lines):
        raise RefusedError("the file is shorter than when it was read")
    return lines[number - 1]


def _block(  # noqa: PLR0913, PLR0917 - what describes it
    lines: Sequence[str], first: int, expected: str, prefix: str, blank: str, space: str = ""
) -> Block:
    wanted = expected.split("\n") if expected else []
    there = tuple(lines[first - 1 : first - 1 + len(wanted)])
    if len(there) < len(wanted) or not all(
        _is_written(line, text, prefix, space) for line, text in zip(there, wanted, strict=True)
    ):
        raise RefusedError("its lines in the file differ from what the check has read")
    return Block(first, there, prefix, blank, space)


def _is_written(line: str, text: str, prefix: str, space: str) -> bool:
    if not line.startswith(prefix):
        return not line.strip() and not text
    content = line[len(prefix) :].removeprefix(space).rstrip()
    return ("" if content.strip() == _BLANK_LINE else content) == text


def check_new(output: Sequence[str], *, is_session: bool) -> None:
    """Raise an error if lines of an output would be read as something else.

    Raises:
        RefusedError: they would.
    """
    if any(line.strip() == _BLANK_LINE for line in output):
        raise RefusedError("the output has the line <BLANKLINE>, which stands for an empty line")
    if is_session and (output[0].startswith("...") or any(map(_READ_AS_CODE.match, output))):
        raise RefusedError("a line of the output looks like a prompt")
