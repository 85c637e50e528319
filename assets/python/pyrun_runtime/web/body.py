"""The body of an answer, read piece by piece as it arrives."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from pyodide.ffi import JsException, can_run_sync

from pyrun_runtime.io.waiting import wait_for
from pyrun_runtime.web import adapters

if TYPE_CHECKING:
    from collections.abc import Awaitable

    import _pyrun_worker as worker

__all__ = ["Body"]

_READ_AHEAD_BYTES = 1 << 20
"""How much of a body is read to find out its length."""


class Body(io.RawIOBase):
    """A stream of bytes. ``timeout`` is in seconds, for each piece; None for no limit."""

    def __init__(self, answer: "worker.WebAnswer | None", timeout: float | None) -> None:
        """Without an answer the body is empty."""
        self._answer = answer
        self._timeout = timeout or 0
        self._pieces: list[memoryview] = []

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        """Wait for the next bytes; 0 at the end."""
        if not self._pieces and not self._receive(self._wait()):
            return 0
        piece = self._pieces[0]
        count = min(len(piece), len(buffer))
        buffer[:count] = piece[:count]
        if count < len(piece):
            self._pieces[0] = piece[count:]
        else:
            del self._pieces[0]
        return count

    async def next_piece(self) -> bytes:
        """The next bytes, in a coroutine; none at the end."""
        if not self._pieces:
            read = self._read()
            with _translated():
                piece = await cast("Awaitable[worker.Bytes | None]", read) if hasattr(read, "then") else read
            self._receive(cast("worker.Bytes | None", piece))
        return bytes(self._pieces.pop(0)) if self._pieces else b""

    def length(self) -> int | None:
        """The number of bytes, if they are few: they are received now. None if they are many."""
        while sum(map(len, self._pieces)) < _READ_AHEAD_BYTES:
            if not self._receive(self._wait()):
                return sum(map(len, self._pieces))
        return None

    def close(self) -> None:
        """End the transfer."""
        if self._answer is not None:
            self._answer.close()
            self._answer = None
        super().close()

    def _read(self) -> "worker.Waited[worker.Bytes | None] | None":
        return None if self._answer is None else self._answer.read(self._timeout)

    def _wait(self) -> "worker.Bytes | None":
        read = self._read()
        if not hasattr(read, "then"):
            return cast("worker.Bytes | None", read)
        if not can_run_sync():
            raise BlockingIOError("JavaScript called this code, and cannot wait for more data")
        with _translated():
            return wait_for(read)

    def _receive(self, piece: "worker.Bytes | None") -> bool:
        """Take a piece. False at the end."""
        if self._answer is None:
            return False
        adapters.after_wait()
        if piece is None:
            raise KeyboardInterrupt
        content = piece.to_bytes()
        if content:
            self._pieces.append(memoryview(content))
        else:
            self._answer = None
        return bool(content)


@contextmanager
def _translated() -> Iterator[None]:
    """Raise Python's exceptions."""
    try:
        yield
    except JsException as error:
        if error.name == "TimeoutError":
            raise TimeoutError("timed out") from None
        raise ConnectionResetError(f"the transfer broke: {error.message}") from None
