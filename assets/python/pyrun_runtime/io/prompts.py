"""`input()` and `getpass.getpass()`, which tell the page what kind of answer they expect."""

import builtins
import getpass
import sys
from typing import Any

from pyrun_runtime.io.streams import InputStream, StandardStreams

__all__ = ["install"]


def install(streams: StandardStreams) -> None:
    """Replace both functions. CPython's own look for a terminal below the streams, where there is none."""

    def ask(prompt: object = "", /) -> str:
        """Read a line, without its line break; see the standard library's `input`."""
        stdin = _stream("stdin")
        _show(str(prompt))
        if isinstance(stdin, InputStream):
            return _line(stdin.read_line("line"))
        with streams.input.expecting("line"):
            return _line(stdin.readline())

    def ask_secret(prompt: str = "Password: ", stream: object = None, **_echo: object) -> str:
        """Read a line that is not shown; see the standard library's `getpass.getpass`."""
        del stream  # the prompt is always shown where the answer is typed
        _show(prompt)
        return _line(streams.stdin.read_line("secret"))

    for function, name in ((ask, "input"), (ask_secret, "getpass")):
        function.__name__ = function.__qualname__ = name
    builtins.input = ask
    getpass.getpass = ask_secret


def _show(prompt: str) -> None:
    if sys.stderr is not None:
        sys.stderr.flush()
    # The prompt goes where the code has redirected its output.
    stdout = _stream("stdout")
    stdout.write(prompt)
    stdout.flush()


def _stream(name: str) -> Any:  # noqa: ANN401 - whatever the code has put there
    stream = getattr(sys, name, None)
    if stream is None:
        raise RuntimeError(f"input(): lost sys.{name}")
    return stream


def _line(line: object) -> str:
    if not isinstance(line, str):
        raise TypeError(f"object.readline() returned non-string (type {type(line).__name__})")
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")
