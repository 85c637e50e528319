"""Functions that would do nothing in a browser raise an exception instead."""

import errno
import os

__all__ = ["install"]


def install() -> None:
    """Let `os.system` raise as `subprocess` does, instead of returning -1."""
    os.system = _refuse_process  # type: ignore[assignment]


def _refuse_process(command: str) -> int:
    raise OSError(errno.ENOTSUP, f"emscripten does not support processes: {command!r}")
