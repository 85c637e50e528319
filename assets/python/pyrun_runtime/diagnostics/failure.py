"""Tracebacks as readers see them: CPython's own report, with the reader's frames only."""

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import PurePosixPath
from traceback import FrameSummary, TracebackException
from typing import TypedDict

from pyrun_runtime.internals import is_runtime_frame
from pyrun_runtime.language import say

__all__ = ["Traceback", "describe"]

_LIBRARIES = tuple({str(PurePosixPath(folder, "lib", "python")) for folder in (sys.prefix, sys.base_prefix)})
_FROZEN = "<frozen "

_TEXT_CHARACTERS = 20_000
_WHOLE_CHARACTERS = 60_000
"""Both together fit into the output that a run may send after its limit: see ``outbox.js``."""

_LINE_CHARACTERS = 1000
"""How far a cut moves so that lines stay whole."""


class SourceLine(TypedDict):
    """A line of the report that names a line of code; ``SourceLine`` of ``protocol.js``."""

    row: int
    file: str
    line: int


class Traceback(TypedDict):
    """Part of ``Traceback`` of ``protocol.js``."""

    text: str
    whole: str | None
    sourceLines: list[SourceLine]


def describe(error: BaseException, page_files: Collection[str]) -> Traceback:
    """The traceback as the interpreter would print it for the reader's code alone. Never raises.

    Its source lines are those that name one of `page_files`, the files of the page's code.
    """
    try:
        # Lines of frames that are dropped are not looked up: the browser may not have loaded their sources.
        report = TracebackException.from_exception(error, lookup_lines=False)
        _keep_only(report, lambda frame: not is_runtime_frame(frame.filename))
        whole = _without_middle(report.format(), _WHOLE_CHARACTERS // 2)
        _drop_middle(report)
        # A failure in a library alone, for instance in a callback, has no other frames to show.
        if any(not _is_library(frame.filename) for frame in report.stack or ()):
            _keep_only(report, lambda frame: not _is_library(frame.filename))
        text = _without_middle(report.format(), _TEXT_CHARACTERS // 2)
    except Exception:  # noqa: BLE001 - the reader's exception can do anything, and memory may be exhausted
        kind = type(error).__qualname__
        text = whole = (
            say("runtime.noTraceback", "{error} (its traceback cannot be shown)", error=kind) + "\n"
        )
    return {
        "text": text,
        "whole": None if whole == text else whole,
        "sourceLines": list(_source_lines(text, page_files)),
    }


def _drop_middle(report: TracebackException) -> None:
    """Drop exceptions that a library has caught and replaced, except the first one, which is the reason.

    An HTTP library raises five of them, one after the other, before the code of the reader sees the last.
    """
    part = report
    while (linked := _shown_link(part)) is not None:
        first = linked
        while _is_of_library(first) and (earlier := _shown_link(first)) is not None:
            first = earlier
        if part.__cause__ is linked:
            part.__cause__ = first
        else:
            part.__context__ = first
        part = first


def _shown_link(report: TracebackException) -> TracebackException | None:
    """The exception that the report shows before this one."""
    return report.__cause__ or (None if report.__suppress_context__ else report.__context__)


def _is_of_library(report: TracebackException) -> bool:
    return not report.exceptions and all(_is_library(frame.filename) for frame in report.stack or ())


def _is_library(file_name: str) -> bool:
    return file_name.startswith((*_LIBRARIES, _FROZEN))


def _keep_only(report: TracebackException, is_wanted: Callable[[FrameSummary], bool]) -> None:
    for part in _chain(report):
        frames = [frame for frame in part.stack or () if is_wanted(frame)]
        if frames:
            part.stack[:] = frames
        else:
            # A syntax error has no frames of the reader's code. Without a stack, no header is printed.
            part.stack = None  # type: ignore[assignment]


def _chain(report: TracebackException) -> Iterator[TracebackException]:
    yield report
    for linked in (report.__cause__, report.__context__, *(report.exceptions or ())):
        if linked is not None:
            yield from _chain(linked)


def _without_middle(pieces: Iterable[str], half: int) -> str:
    """The text, or the first and last ``half`` characters of a longer one."""
    # Not joined and then cut, because one message alone may fill half of the memory.
    head = tail = ""
    length = 0
    for piece in pieces:
        length += len(piece)
        taken = half - len(head)
        head += piece[:taken]
        tail = (tail + piece[max(taken, len(piece) - half) :])[-half:]
    if length == len(head) + len(tail):
        return head + tail
    # Between lines, if one ends nearby.
    head = head[: head.rfind("\n", half - _LINE_CHARACTERS) + 1] or f"{head}\n"
    tail = tail[tail.find("\n", 0, _LINE_CHARACTERS) + 1 :]
    missing = f"{length - len(head) - len(tail):,}"
    gap = say("runtime.gap", "{count} characters are left out here", count=missing)
    return f"{head}[{gap}]\n{tail}"


def _source_lines(text: str, page_files: Collection[str]) -> Iterator[SourceLine]:
    names = "|".join(map(re.escape, page_files))
    # Lines of an exception group begin with bars.
    pattern = re.compile(rf'[ |]*File "({names})", line (\d+)')
    for row, line in enumerate(text.split("\n")):
        found = pattern.match(line)
        if found:
            yield {"row": row, "file": found[1], "line": int(found[2])}
