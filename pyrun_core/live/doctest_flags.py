"""Comments in the code of sessions that set flags of doctest, such as ``# doctest: +SKIP``."""

import re
from collections.abc import Iterator

from pyrun_core.examples.provenance import Flag

__all__ = ["BLANK_LINE", "flags_in", "without_flags"]

BLANK_LINE = "<BLANKLINE>"
"""What doctest has for an empty line of output."""

_MARK = "doctest:"
_COMMENT = re.compile(r"[ \t]*#\s*doctest:\s*[^\n'\"]*$")
"""doctest does not find the comment either if a quote follows."""

_FLAG = re.compile(r"([+-])\s*(\w+)")


def without_flags(line: str) -> str:
    """A line of code without such a comment."""
    return _COMMENT.sub("", line) if _MARK in line else line


def flags_in(line: str) -> Iterator[Flag]:
    """The flags that a line of code sets."""
    if _MARK in line and (comment := _COMMENT.search(line)):
        yield from (Flag(name, sign == "+") for sign, name in _FLAG.findall(comment[0]))
