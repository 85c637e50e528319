"""Standard streams that lead to the page instead of file descriptors."""

import io
import sys
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Callable, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Literal

import _pyrun_worker as worker
from pyrun_runtime.io.waiting import can_wait, wait_for, why_not

__all__ = ["InputStream", "OutputBuffer", "OutputStream", "StandardStreams"]

_FLUSH_CHARACTERS = 8192

Kind = Literal["line", "secret", "stream"]
"""Who reads: ``Prompt`` of ``protocol.js``."""


class OutputBuffer:
    """Collects the output of all streams in order, so that one message carries many writes.

    It is flushed when it is full, by the clock signal (`Interrupts`), before Python waits for anything,
    and at the next turn of the event loop.
    """

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._parts: list[tuple[str, str]] = []
        self._size = 0
        self._unfinished_line = ""

    def add(self, stream: str, text: str) -> None:
        """Append text to the output."""
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append((stream, text))
        self._size += len(text)
        if self._size >= _FLUSH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Send everything to the page."""
        # The clock signal may call this method in the middle of itself, at any call. It must not find
        # parts that are being sent already. No signal is handled within this one statement.
        parts, self._parts = self._parts, []
        self._size = 0
        for stream, group in groupby(parts, key=itemgetter(0)):
            text = "".join(part for _, part in group)
            _, newline, last = text.rpartition("\n")
            self._unfinished_line = last if newline else self._unfinished_line + last
            worker.write(stream, text)
        worker.send()

    def take_prompt(self) -> str:
        """Send everything; return the text of the last line, if it has no line break."""
        self.flush()
        prompt, self._unfinished_line = self._unfinished_line, ""
        return prompt


class OutputStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr`."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name: str, buffer: OutputBuffer) -> None:
        self.name = f"<{name}>"
        self._stream = name
        self._output = buffer

    def writable(self) -> bool:
        """Always."""
        return True

    def isatty(self) -> bool:
        """Whether colours and progress bars are shown as in a terminal: always."""
        return True

    def write(self, text: str) -> int:
        """Write text; the page gets it soon, in the order of all streams."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._output.add(self._stream, text)
        return len(text)

    def flush(self) -> None:
        """Send everything to the page now."""
        self._output.flush()


class InputStream(io.TextIOBase):
    """`sys.stdin`: the lines of the option ``stdin``, then lines that the reader types."""

    encoding = "utf-8"
    errors = "strict"
    name = "<stdin>"

    def __init__(self, buffer: OutputBuffer, after_wait: Callable[[], None]) -> None:
        self._output = buffer
        self._after_wait = after_wait
        self._answers: deque[str] = deque()
        self._rest = ""

    def preset(self, answers: Iterable[str]) -> None:
        """Start a run with these lines, without line breaks. Unread lines of an earlier run are dropped."""
        self._answers = deque(answers)
        self._rest = ""

    def readable(self) -> bool:
        """Always."""
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # text, as TextIOBase has it
        """The next line with its line break; empty at the end of the input.

        Raises:
            RuntimeError: the browser has no way to wait for the reader.
            KeyboardInterrupt: the reader pressed Stop instead of answering.
        """
        line = self._rest or self._next_line("stream")
        end = len(line) if size is None or size < 0 else size
        self._rest = line[end:]
        return line[:end]

    def read(self, size: int | None = -1, /) -> str:
        """Everything up to the end of the input, or at most ``size`` characters of one line."""
        if size is not None and size >= 0:
            return self.readline(size)
        lines = []
        while line := self.readline():
            lines.append(line)
        return "".join(lines)

    def prompted_line(self, kind: Kind, prompt: str) -> str:
        """The next line, for `input` and `getpass`, with its line break; empty at the end of the input."""
        sys.stderr.flush()
        # The prompt goes where the code has redirected its output.
        sys.stdout.write(prompt)
        sys.stdout.flush()
        line = self._rest or self._next_line(kind)
        self._rest = ""
        return line

    def _next_line(self, kind: Kind) -> str:
        prompt = self._output.take_prompt()
        answer = self._answers.popleft() if self._answers else self._ask(prompt, kind)
        if answer is None:
            return ""
        self._output.add("echo", "\n" if kind == "secret" else answer + "\n")
        self._output.flush()
        return answer + "\n"

    def _ask(self, prompt: str, kind: Kind) -> str | None:
        if not can_wait():
            raise RuntimeError(f"input() cannot wait for an answer here: {why_not()}")
        text: str | None = wait_for(worker.read_line(prompt, kind))
        self._after_wait()
        if text is None:
            return None
        # Further lines are answers to later prompts, as in a terminal.
        answer, *ahead = text.split("\n")
        self._answers.extend(ahead)
        return answer


class StandardStreams:
    """The page's streams, under the names by which code knows them."""

    def __init__(self, buffer: OutputBuffer, after_wait: Callable[[], None]) -> None:
        """Make them the standard streams."""
        self._output = buffer
        self._after_wait = after_wait
        self.restore()

    stdin: InputStream
    stdout: OutputStream
    stderr: OutputStream

    def restore(self) -> None:
        """Make them the standard streams again, whatever code has done to those.

        A stream that code has closed, or whose methods it has replaced, is gone for good: there is a new one.
        """
        if not _is_intact(getattr(self, "stdin", None)):
            self.stdin = InputStream(self._output, self._after_wait)
        for name in ("stdout", "stderr"):
            if not _is_intact(getattr(self, name, None)):
                setattr(self, name, OutputStream(name, self._output))
        sys.stdin = sys.__stdin__ = self.stdin  # type: ignore[assignment,misc]
        sys.stdout = sys.__stdout__ = self.stdout  # type: ignore[assignment,misc]
        sys.stderr = sys.__stderr__ = self.stderr  # type: ignore[assignment,misc]


def _is_intact(stream: io.TextIOBase | None) -> bool:
    return stream is not None and not stream.closed and vars(type(stream)).keys().isdisjoint(vars(stream))
