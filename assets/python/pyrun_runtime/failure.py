"""What a reader sees of an exception: CPython's own report, without the frames of the runtime."""

import traceback
from collections.abc import Iterator
from pathlib import PurePosixPath

__all__ = ["traceback_text"]

_RUNTIME_FOLDER = str(PurePosixPath(__file__).parent) + "/"
_EVALUATOR = "/_pyodide/_base.py"


def traceback_text(error: BaseException) -> str:
    """The traceback as the interpreter would print it for the reader's code alone."""
    report = traceback.TracebackException.from_exception(error)
    for part in _chain(report):
        frames = [frame for frame in part.stack if not _is_runtime(frame.filename)]
        if frames:
            part.stack[:] = frames
        else:
            # A syntax error has no frame of the reader's: without a stack no header is printed.
            part.stack = None  # type: ignore[assignment]
    return "".join(report.format())


def _is_runtime(file_name: str) -> bool:
    return file_name.startswith(_RUNTIME_FOLDER) or file_name.endswith(_EVALUATOR)


def _chain(report: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    yield report
    for linked in (report.__cause__, report.__context__, *(report.exceptions or ())):
        if linked is not None:
            yield from _chain(linked)
