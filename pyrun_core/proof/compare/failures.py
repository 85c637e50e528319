"""Why a statement raised an undocumented exception, or why a run did not end."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pyrun_core.proof.compare.exceptions import RaisedText
from pyrun_core.proof.compare.reasons import (
    IPV6,
    LEAVE,
    THREAD,
    ZONE,
    missing_package,
    of_browser,
    optional_package,
)
from pyrun_core.proof.outcomes import CellOutcome
from pyrun_core.proof.verdict import Reason

__all__ = ["explain_ending", "explain_exception"]

_UNKNOWN_MODULE = "unknown-module"
"""The explanation of a module that is in no package of the page."""

_MOST_CHARACTERS = 300
"""Of what an example has said, in a sentence."""

_MODULE = re.compile(r"No module named '(?P<module>[\w.]+)'")
_END_OF_INPUT = "EOFError: EOF when reading a line"
_NAME = re.compile(r"name '(?P<name>\w+)' is not defined")
_FILE = re.compile(r"No such file or directory: (?P<file>'[^']*')")


@dataclass(frozen=True)
class _Failure:
    """``text`` and ``kind`` are of the exception, ``note`` is pyrun's sentence about it."""

    text: str
    kind: str
    note: str
    statement: str
    outcome: CellOutcome


def explain_exception(raised: RaisedText | None, statement: str, outcome: CellOutcome) -> Reason:
    """The reason of an undocumented exception."""
    if raised is None and not outcome.exception:
        return _exit(outcome)
    text = raised.text if raised else outcome.exception
    kind = raised.name if raised else outcome.exception.rpartition(".")[2]
    failure = _Failure(text, kind, raised.note if raised else "", statement, outcome)
    for cause in _CAUSES:
        if reason := cause(failure):
            return reason
    first = _short(text.split("\n", 1)[0])
    cure = "Correct the example, document the exception, or name it in 'raises'."
    return Reason("exception", f"It raises {first.rstrip('.')}.", cure)


def _exit(outcome: CellOutcome) -> Reason:
    """The reason if a run ended with an error, and without an exception: the code has called `sys.exit`."""
    errors = "".join(part.text for part in outcome.parts if part.stream == "stderr").split("\n")
    last = next((_short(line).rstrip(".") for line in reversed(errors) if line.strip()), "")
    sentence = f"It ends the program: {last}." if last else "It ends the program."
    return Reason("exit", sentence, "Leave out the call that ends it, or write SystemExit in 'raises'.")


def _short(line: str) -> str:
    """A line in a sentence. The report has all of it below."""
    return line if len(line) <= _MOST_CHARACTERS else f"{line[:_MOST_CHARACTERS]} ..."


def _package(failure: _Failure) -> Reason | None:
    package = failure.outcome.missing
    return missing_package(package) if package else optional_package(failure.text)


def _time_zones(failure: _Failure) -> Reason | None:
    return of_browser("time-zones") if ZONE.search(failure.text) else None


def _module(failure: _Failure) -> Reason | None:
    outcome, text = failure.outcome, failure.text
    if outcome.explanation == _UNKNOWN_MODULE:  # a library may say it in other words
        text += "".join(part.text for part in outcome.parts if part.stream == "traceback")
    found = _MODULE.search(text)
    if not found or failure.kind not in {"ImportError", "ModuleNotFoundError"}:
        return None
    if outcome.explanation not in {"", _UNKNOWN_MODULE}:
        return of_browser(outcome.explanation, failure.note)
    module = found["module"].partition(".")[0]
    sentence = f"No package of the page provides the module {module}."
    return Reason("module", sentence, f"Add the package that provides {module} to 'packages'. {LEAVE}")


def _threads(failure: _Failure) -> Reason | None:
    return of_browser("threads", failure.note) if THREAD.search(failure.text) else None


def _ipv6(failure: _Failure) -> Reason | None:
    is_of_system = failure.kind in {"AttributeError", "OSError", "gaierror"}
    found = IPV6.search(failure.text) or (is_of_system and IPV6.search(failure.statement))
    return of_browser("ipv6") if found else None


def _explained(failure: _Failure) -> Reason | None:
    name = failure.outcome.explanation
    return of_browser(name, failure.note) if name or failure.note else None


def _name(failure: _Failure) -> Reason | None:
    found = _NAME.search(failure.text)
    if not found:
        return None
    name = found["name"]
    cure = f"Define '{name}' in an example above, in a block with 'setup', or in 'preamble'."
    return Reason("name", f"The name '{name}' is not defined.", cure)


def _file(failure: _Failure) -> Reason | None:
    found = _FILE.search(failure.text)
    if not found:
        return None
    cure = "List it in the option 'files', or let an example write it."
    return Reason("file", f"There is no file {found['file']}.", cure)


def _input(failure: _Failure) -> Reason | None:
    if failure.text != _END_OF_INPUT:
        return None
    return Reason("input", "It asks for input, and no answer is left.", "Write the answers in 'stdin'.")


_CAUSES: tuple[Callable[[_Failure], Reason | None], ...] = (
    _package,
    _time_zones,
    _module,
    _threads,
    _ipv6,
    _explained,
    _name,
    _file,
    _input,
)
"""The first that applies is reported, so what is specific comes first."""


def explain_ending(outcome: CellOutcome) -> Reason | None:
    """The reason of a run that ended neither by itself nor with an exception."""
    detail = f" {outcome.detail.rstrip('.')}." if outcome.detail else ""
    if outcome.line is None and any(part.line for part in outcome.parts):
        detail += " It had reached this statement, or one below."
    match outcome.ending:
        case "timeout":
            seconds = f" after {outcome.seconds:.1f} seconds" if outcome.seconds else ""
            cure = f"Raise 'timeout', or let the example end sooner. {LEAVE}"
            return Reason("timeout", f"It was stopped at its time limit{seconds}.{detail}", cure)
        case "killed":
            return Reason("killed", f"Python ended while it ran.{detail}", LEAVE)
        case "stopped":
            return Reason("stopped", f"It was stopped.{detail}", LEAVE)
        case _:
            return None
