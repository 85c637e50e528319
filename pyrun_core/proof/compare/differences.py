"""Why the output of a statement differs from the documented output."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from pyrun_core.proof.compare import numbers
from pyrun_core.proof.compare.ladder import agree
from pyrun_core.proof.compare.normal_forms import with_one_integer, without_numpy
from pyrun_core.proof.compare.reasons import IPV6, THREAD, ZONE, of_browser, optional_package
from pyrun_core.proof.compare.rules import Rules, Tolerance
from pyrun_core.proof.outcomes import CellOutcome
from pyrun_core.proof.verdict import Reason

__all__ = ["Difference", "explain_difference"]

_MOST_CHARACTERS = 60
"""Of an output in a sentence."""

_TRAPS = re.compile(
    r"(?:divide by zero|overflow|underflow|invalid value) encountered"
    r"|FloatingPointError|Floating point error|LinAlgError"
)
_SIZES = re.compile(
    r"nbytes|itemsize|sizeof|memory_usage|\.info\(|strides|calcsize|maxsize|hash\(|alignment|iinfo|intp"
)
"""In a statement: what it shows depends on how many bits a size has."""


@dataclass(frozen=True)
class Difference:
    """A documented output, and what the statement has shown instead. ``rules`` are those of the statement."""

    statement: str
    expected: str
    got: str
    errors: str
    rules: Rules
    outcome: CellOutcome


def explain_difference(difference: Difference) -> Reason:
    """The reason of an output that differs from the documented one."""
    for cause in _CAUSES if difference.rules.in_browser else _ELSEWHERE:
        if reason := cause(difference):
            return reason
    cure = "Correct the documented output or the example."
    return Reason("output", _describe(difference), cure)


def _describe(difference: Difference) -> str:
    """A sentence with both outputs if they are short: a warning of a build has nothing else."""
    expected, got = difference.expected, difference.got.removesuffix("\n")
    if all(text and "\n" not in text and len(text) <= _MOST_CHARACTERS for text in (expected, got)):
        return f"It shows `{got}` instead of `{expected}`."
    return "Its output differs from the documented output."


def _limit(difference: Difference) -> Reason | None:
    if not difference.outcome.dropped:
        return None
    cure = "Let the example show less, or raise 'output-limit'."
    return Reason("output-limit", "It shows more than the limit of the output.", cure)


def _package(difference: Difference) -> Reason | None:
    return optional_package(difference.got)


def _bits(difference: Difference) -> Reason | None:
    rules = difference.rules
    tolerant = replace(rules, tolerances=rules.tolerances | {Tolerance.INTEGERS, Tolerance.NUMPY})
    expected, got = (with_one_integer(without_numpy(each)) for each in (difference.expected, difference.got))
    depends_on_size = _SIZES.search(difference.statement) is not None
    is_of_bits = (
        agree(expected, got, tolerant) is not None
        or numbers.adopt_wrapped(expected, got) != got
        or (depends_on_size and numbers.adopt_any(expected, got) != got)
    )
    return of_browser("32-bit") if is_of_bits else None


def _floating_point(difference: Difference) -> Reason | None:
    is_missed = _TRAPS.search(difference.expected) and not _TRAPS.search(difference.got + difference.errors)
    return of_browser("floating-point") if is_missed else None


def _threads(difference: Difference) -> Reason | None:
    return of_browser("threads") if THREAD.search(difference.got + difference.errors) else None


def _ipv6(difference: Difference) -> Reason | None:
    return of_browser("ipv6") if IPV6.search(difference.statement) else None


def _time_zones(difference: Difference) -> Reason | None:
    return of_browser("time-zones") if ZONE.search(difference.got + difference.errors) else None


def _nothing(difference: Difference) -> Reason | None:
    if difference.got.strip():
        return None
    sentence = "It shows nothing, but an output is documented."
    return Reason("no-output", sentence, "Correct the documented output or the example.")


def _undocumented(difference: Difference) -> Reason | None:
    if difference.expected:
        return None
    cure = "Document what it shows, assign the value to a name, or tolerate 'missing-output'."
    return Reason("missing-output", "It shows something, but no output is documented.", cure)


def _tolerable(difference: Difference) -> Reason | None:
    rules = replace(difference.rules, tolerances=frozenset(Tolerance) - {Tolerance.VARIES})
    uses = agree(difference.expected, difference.got, rules)
    words = ", ".join(f"'{use.value}'" for use in uses or () if use not in difference.rules.tolerances)
    if not words:
        return None
    return Reason("output", _describe(difference), f"Correct the documented output, or tolerate {words}.")


_CAUSES: tuple[Callable[[Difference], Reason | None], ...] = (
    _limit,
    _package,
    _bits,
    _floating_point,
    _threads,
    _ipv6,
    _time_zones,
    _undocumented,
    _tolerable,
    _nothing,
)
"""The first that applies is reported, so what is specific comes first."""

_ELSEWHERE = (_limit, _package, _undocumented, _tolerable, _nothing)
"""Without what is due to a browser."""
