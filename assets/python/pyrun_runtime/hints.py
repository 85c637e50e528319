"""What to do about failures that only a browser has."""

import errno
import os

__all__ = ["add_hint", "install"]

_THREADS = "A browser runs Python in one thread. Call the function directly, or use asyncio."
_PROCESSES = "A browser cannot start other programs. What needs one runs only in a Python that is installed."
_NO_SYSTEM = "There is no operating system below a Python in a browser, so this cannot be done here."


def install() -> None:
    """Let `os.system` fail as `subprocess` does: it would only return -1."""
    os.system = _refuse_process  # type: ignore[assignment]


def add_hint(error: BaseException) -> None:
    """Add a note to an exception, or to what caused it, where the browser is the reason."""
    for cause in (error, error.__cause__, error.__context__):
        hint = _hint_for(cause)
        if hint is not None and hint not in getattr(error, "__notes__", ()):
            error.add_note(f"({hint})")
            return


def _hint_for(error: BaseException | None) -> str | None:
    text = str(error)
    match error:
        case RuntimeError() if "can't start new thread" in text:
            return _THREADS
        case OSError() | NotImplementedError() if "does not support processes" in text:
            return _PROCESSES
        case ImportError(name="_multiprocessing"):
            return _PROCESSES
        case OSError(errno=errno.ENOSYS):
            return _NO_SYSTEM
        case _:
            return None


def _refuse_process(command: str) -> int:
    raise OSError(errno.ENOTSUP, f"emscripten does not support processes: {command!r}")
