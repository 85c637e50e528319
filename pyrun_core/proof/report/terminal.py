"""Text for a terminal: colours where they are wanted, and nothing that controls a terminal or a log."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

__all__ = ["PLAIN", "Style", "defuse", "wants_colours"]

_RESET = "\x1b[0m"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that move the cursor, begin a line, change the direction of the text, or have no encoding."""

_COMMAND = re.compile(r"##(?=\[|vso\[)")
"""Before a bracket, this begins a command for Azure Pipelines and for older runners of GitHub."""


@dataclass(frozen=True)
class Style:
    """Marks text as good, bad or secondary, in colour or not at all."""

    is_coloured: bool = False

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}{_RESET}" if self.is_coloured and text else text

    def good(self, text: str) -> str:
        """Green."""
        return self._in("32", text)

    def bad(self, text: str) -> str:
        """Red."""
        return self._in("31", text)

    def strong(self, text: str) -> str:
        """Bold."""
        return self._in("1", text)

    def quiet(self, text: str) -> str:
        """Faint."""
        return self._in("2", text)


PLAIN = Style()


def wants_colours(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to write colours: to a terminal, unless NO_COLOR is set, or anywhere if FORCE_COLOR is.

    In the order of Python itself: https://docs.python.org/3/using/cmdline.html#controlling-color
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and stream.isatty()


def defuse(text: str) -> str:
    """A text of an example in which control characters are visible, and no command of a CI service."""
    visible = _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)
    return _COMMAND.sub("# #", visible)
