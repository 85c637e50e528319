"""What code reads from the standard input: preset lines, then lines that the reader types."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from pyrun_runtime.io.output_buffer import OutputBuffer
from pyrun_runtime.io.waiting import ask, can_wait, why_not

__all__ = ["INPUT_SIGNAL", "Kind", "PageInput"]

INPUT_SIGNAL = 62
"""What `descriptors.js` sends when a reader of descriptor 0 has to wait: a signal without a name."""

Kind = Literal["line", "secret", "stream"]
"""Who reads: ``Prompt`` of ``protocol.js``."""

_MOST_BUFFERED = 131_072
"""Buffers ask for at most so many bytes (`io.DEFAULT_BUFFER_SIZE` since 3.14).

Code that asks for more takes its input for a file, and expects all of it.
"""

_UNKNOWN_SIZE = 1 << 20
"""The least size of the input, whose end nobody knows, for code that reads as many bytes as a file has."""


class PageInput:
    """The bytes behind descriptor 0. Text and bytes, and whatever else reads there, share one position."""

    def __init__(self, output: OutputBuffer, after_wait: Callable[[], None]) -> None:
        self._output = output
        self._after_wait = after_wait
        self._answers: deque[str] = deque()
        self._unread = bytearray()
        self._has_ended = False
        self._kind: Kind = "stream"
        self.was_read = False
        """Whether code has read something in this run, so that a stream may have a rest of it."""
        self.waits = True
        """If not, the input ends with what is there, for code that must not wait where it reads."""

    def preset(self, answers: Iterable[str]) -> None:
        """Start a run with these lines, without line breaks. Unread lines of an earlier run are dropped."""
        self._answers = deque(answers)
        self._unread.clear()
        self._has_ended = False
        self.was_read = False

    def size(self) -> int:
        """More than fits into a buffer: code that reads so many bytes gets all that there will be."""
        return max(_UNKNOWN_SIZE, len(self._unread) + sum(len(line.encode()) + 1 for line in self._answers))

    def read(self, size: int) -> bytes | None:
        """Up to ``size`` bytes of a line, empty at the end of the input; None if code has to `wait` first.

        More bytes than fit into a buffer are all bytes up to the end of the input.
        """
        wants_all = size > _MOST_BUFFERED
        while len(self._unread) < (size if wants_all else 1) and not self._has_ended:
            if not self._answers:
                if self.waits:
                    return None
                break
            self._take_answer(self._kind)
        read = bytes(self._unread[:size])
        del self._unread[:size]
        if not read:
            self._has_ended = False  # the reader may go on typing, as in a terminal
        return read

    def wait(self) -> None:
        """Ask the reader for a line: `read` has returned None. Raises as `more` does."""
        self._has_ended = not self._take_answer(self._kind)

    def more(self, kind: Kind) -> bool:
        """Ask the reader unless something is there; return whether there is something then.

        Raises:
            RuntimeError: the browser has no way to wait for the reader.
            KeyboardInterrupt: the reader pressed Stop instead of answering.
        """
        return bool(self._unread) or self._take_answer(kind)

    @contextmanager
    def expecting(self, kind: Kind) -> Iterator[None]:
        """Tell the reader meanwhile what the code expects."""
        before, self._kind = self._kind, kind
        try:
            yield
        finally:
            self._kind = before

    def _take_answer(self, kind: Kind) -> bool:
        prompt = self._output.take_prompt()
        answer = self._answers.popleft() if self._answers else self._ask(prompt, kind)
        if answer is None:
            return False
        self.was_read = True
        self._output.add("echo", "\n" if kind == "secret" else f"{answer}\n")
        self._output.flush()
        self._unread += f"{answer}\n".encode("utf-8", "replace")
        return True

    def _ask(self, prompt: str, kind: Kind) -> str | None:
        if not can_wait():
            raise RuntimeError(f"input() cannot wait for an answer here: {why_not()}")
        text = ask(prompt, kind, self._after_wait)
        if text is None:
            return None
        # Further lines are answers to later prompts, as in a terminal.
        answer, *ahead = text.split("\n")
        self._answers.extend(ahead)
        return answer
