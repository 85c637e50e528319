"""`input()` and `getpass.getpass()`, which tell the page what kind of answer they expect."""

import builtins
import getpass
import sys

from pyrun_runtime.io.streams import StandardStreams

__all__ = ["install"]


def install(streams: StandardStreams) -> None:
    """Replace both functions. They ask the page as long as `sys.stdin` is the page's."""
    original_input = builtins.input

    def ask(prompt: object = "", /) -> str:
        """Read a line, without its line break; see the standard library's `input`."""
        if sys.stdin is not streams.stdin:
            return original_input(prompt)
        return _line(streams.stdin.prompted_line("line", str(prompt)))

    def ask_secret(prompt: str = "Password: ", stream: object = None, **_echo: object) -> str:
        """Read a line that is not shown; see the standard library's `getpass.getpass`."""
        del stream  # the prompt is always shown where the answer is typed
        return _line(streams.stdin.prompted_line("secret", prompt))

    for function, name in ((ask, "input"), (ask_secret, "getpass")):
        function.__name__ = function.__qualname__ = name
    builtins.input = ask
    getpass.getpass = ask_secret


def _line(line: str) -> str:
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")
