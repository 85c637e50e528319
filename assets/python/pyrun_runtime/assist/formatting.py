"""Formats code with black, once a run has loaded it."""

from __future__ import annotations

import importlib
import re
from typing import TypedDict

from pyrun_runtime.assist.check import Mistake, check

__all__ = ["Formatted", "format_code"]

_PLACE = re.compile(r": (?P<line>\d+):\d+: ")
"""Where black stopped reading, in its message."""


class Formatted(TypedDict):
    """The code as black writes it; unchanged if it has a mistake."""

    code: str
    mistake: Mistake | None


def format_code(code: str, file_name: str) -> Formatted:
    """Format all of the code. What black itself reports counts as a mistake of the code."""
    checked = check(code, file_name)
    if checked is not None and checked["mistake"]:
        return Formatted(code=code, mistake=checked["mistake"])
    try:
        black = importlib.import_module("black")
        return Formatted(code=black.format_str(code, mode=black.Mode()), mistake=None)
    except Exception as error:  # noqa: BLE001 - code for notebooks, or for a newer Python; a broken black
        place = _PLACE.search(str(error))
        line = int(place["line"]) if place else 1
        message = next(iter(str(error).splitlines()), type(error).__name__)
        mistake = Mistake(message=message, line=line, column=0, endLine=line, endColumn=1)
        return Formatted(code=code, mistake=mistake)
