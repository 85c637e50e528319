"""Hints for failures that occur only in a browser, and for forgotten awaits."""

import contextlib
import errno
import os

from pyrun_runtime.diagnostics import missing, unawaited

__all__ = ["add_hint", "install"]

_THREADS = "A browser runs Python in one thread. Call the function directly, or use asyncio."
_PROCESSES = "A browser cannot start other programs. Code that starts one needs an installed Python."
_NO_SYSTEM = "Python in a browser has no operating system, so this function does not work here."


def install() -> None:
    """Let `os.system` raise as `subprocess` does, instead of returning -1. Add hints to warnings."""
    os.system = _refuse_process  # type: ignore[assignment]
    unawaited.install()


def add_hint(error: BaseException) -> None:
    """Add a note to an exception that has a hint, or whose cause has one. Never raises."""
    with contextlib.suppress(Exception):  # its own methods may raise
        for cause in missing.with_causes(error):
            hint = _hint_for(cause) or unawaited.explain(cause)
            if hint is not None:
                note = f"({hint})"
                if note not in getattr(error, "__notes__", ()):
                    error.add_note(note)
                return


def _hint_for(error: BaseException) -> str | None:
    text = str(error)
    match error:
        case RuntimeError() if "can't start new thread" in text:
            return _THREADS
        case OSError() | NotImplementedError() if "does not support processes" in text:
            return _PROCESSES
        case ImportError(name="_multiprocessing"):
            return _PROCESSES
        case ModuleNotFoundError():
            return missing.explain(error)
        case OSError(errno=errno.ENOSYS):
            return _NO_SYSTEM
        case _:
            return None


def _refuse_process(command: str) -> int:
    raise OSError(errno.ENOTSUP, f"emscripten does not support processes: {command!r}")
