"""Comments beside a block that say whether it goes live, and with which options."""

import re
from dataclasses import dataclass
from typing import Any

from pyrun_core.options.declare import Scope, Values, read_options
from pyrun_core.problems import Location, Problem, Report, shorten

__all__ = ["BlockComment", "is_try_examples_off", "read_comment"]

_COMMENT = re.compile(r"\s*pyrun\s*:(?!:)\s*(?P<content>.*)", re.DOTALL)
_ITEM = re.compile(
    r"""(?P<name>[\w-]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']\S*)))?(?=\s|$)"""
)
_SWITCH = {"on": True, "off": False}
_CURE = 'Write, for instance, pyrun: off, or pyrun: on packages="numpy pandas"'
_TRY_EXAMPLES_OFF = re.compile(r"\s*\.\.!?\s*disable_try_examples(?:::)?\s*")


@dataclass(frozen=True)
class BlockComment:
    """What a comment says. ``is_live`` is None if it only sets ``options``, by field name of `Options`."""

    is_live: bool | None
    options: Values


def read_comment(text: str, location: Location, report: Report) -> BlockComment | None:
    """A comment such as ``pyrun: off`` or ``pyrun: on packages="numpy pandas" readonly``.

    ``text`` is without the marks of the comment. None if the comment is not for pyrun. What is wrong in it is
    reported and left out.
    """
    match = _COMMENT.fullmatch(text)
    if match is None:
        return None
    content = match["content"].strip()
    is_live: bool | None = None
    options: dict[str, Any] = {}
    while content:
        item = _ITEM.match(content)
        if item is None:
            message = f"{shorten(content)} is neither on, off nor an option. {_CURE}"
            report(Problem.OPTION, message, location)
            break
        content = content[item.end() :].strip()
        value = next((item[group] for group in ("double", "single", "bare") if item[group] is not None), None)
        if value is None and item["name"] in _SWITCH:
            is_live = _SWITCH[item["name"]]
        else:
            options[item["name"]] = "" if value is None else value
    return BlockComment(is_live, read_options(options, Scope.BLOCK, location, report))


def is_try_examples_off(line: str) -> bool:
    """Whether a line of a docstring is jupyterlite-sphinx's comment that keeps its examples as they are."""
    return _TRY_EXAMPLES_OFF.fullmatch(line) is not None
