"""The lines of a new documented output, with those of the old one that still agree."""

import doctest
import re

from pyrun_core.outputs.stable import without_addresses
from pyrun_core.proof.compare.ladder import agree
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.fix.author_file import RefusedError

__all__ = ["new_lines"]

_ELLIPSIS = "..."
_UNWRITABLE = re.compile(r"[^\S \n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_STRING = r"(?:'[^'\n]*'|\"[^\"\n]*\")"
_SET_OF_STRINGS = re.compile(rf"\{{{_STRING}(?:, {_STRING})+\}}")


def new_lines(expected: str, got: str, rules: Rules) -> list[str]:
    """The lines to document. ``expected`` is empty if no output is documented.

    A line that still agrees stays as its author wrote it, with its ellipsis. Empty lines are empty.

    Raises:
        RefusedError: the new output cannot be documented as it is, or an ellipsis would be lost.
    """
    shown = [line.rstrip() for line in got.split("\n")]
    if not any(shown):
        raise RefusedError("the statement shows nothing. Remove the documented output if that is right")
    if _UNWRITABLE.search("\n".join(shown)):
        raise RefusedError("the output has tabs or control characters")
    wanted = expected.split("\n") if expected else []
    lines = _merge(wanted, shown, rules)
    result = "\n".join(lines)
    if _SET_OF_STRINGS.search(result):
        raise RefusedError("the order of strings in a set differs from run to run. Sort them in the example")
    if agree(result, got, rules) is None:
        raise RefusedError("white space at the ends of its lines would be lost")
    return lines


def _merge(wanted: list[str], shown: list[str], rules: Rules) -> list[str]:
    if len(wanted) == len(shown):
        return [
            one if agree(one, other, rules) is not None else _written(other, one, rules)
            for one, other in zip(wanted, shown, strict=True)
        ]
    if any(line.strip() == _ELLIPSIS for line in wanted):
        raise RefusedError("an ellipsis of the documented output stands for lines")
    start = _count_agreeing(wanted, shown, rules)
    end = _count_agreeing(wanted[start:][::-1], shown[start:][::-1], rules)
    replaced = wanted[start : len(wanted) - end]
    if rules.flags & doctest.ELLIPSIS and any(_ELLIPSIS in line for line in replaced):
        raise RefusedError("an ellipsis of the documented output would be lost")
    written = [_written(line, "", rules) for line in shown[start : len(shown) - end]]
    return [*wanted[:start], *written, *wanted[len(wanted) - end :]]


def _count_agreeing(wanted: list[str], shown: list[str], rules: Rules) -> int:
    count = 0
    for one, other in zip(wanted, shown, strict=False):
        if agree(one, other, rules) is None:
            break
        count += 1
    return count


def _written(shown: str, replaced: str, rules: Rules) -> str:
    """A line as it is documented: without addresses, which differ from run to run."""
    has_ellipsis = bool(rules.flags & doctest.ELLIPSIS)
    if has_ellipsis and _ELLIPSIS in replaced:
        raise RefusedError("an ellipsis of the documented output would be lost")
    written = without_addresses(shown)
    if written != shown and not has_ellipsis:
        raise RefusedError("the output has an address, and ELLIPSIS is off for the statement")
    return written
