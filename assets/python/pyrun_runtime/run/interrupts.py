"""Stop: ends code that runs, sleeps or waits, and keeps the interpreter.

The interpreter polls the worker's clock every few dozen bytecodes. About every 50 ms the clock returns a
signal, and Python calls `Interrupts._tick`. The tick lets the worker receive messages of the page, so
that Stop works in the middle of ``while True: pass``.
"""

import asyncio
import signal
import time
from types import FrameType

import _pyrun_worker as worker
from pyrun_runtime.io.output_buffer import OutputBuffer
from pyrun_runtime.io.waiting import can_wait, wait_for

__all__ = ["Interrupts"]

_SECONDS_BETWEEN_INTERRUPTS = 1.0
"""Code that catches a KeyboardInterrupt gets this much time to clean up."""


class Interrupts:
    """Raises KeyboardInterrupt in the reader's code once Stop was pressed."""

    def __init__(self, buffer: OutputBuffer) -> None:
        self._output = buffer
        self._reader_files: frozenset[str] = frozenset()
        self._ticking = False
        self._raised_at = float("-inf")
        self._original_sleep = time.sleep

    def install(self) -> None:
        """Handle the clock signal, and replace `time.sleep`, which would keep the CPU busy."""
        signal.signal(signal.SIGALRM, self._tick)
        time.sleep = self._sleep  # type: ignore[assignment]  # typeshed: SupportsIndex, which float() takes

    def watch(self, files: frozenset[str]) -> None:
        """Set the files whose frames, and calls from them, are interrupted; never the event loop itself."""
        self._reader_files = files
        self._raised_at = float("-inf")

    def check(self) -> None:
        """Raise KeyboardInterrupt if the reader pressed Stop, unless it was raised just before."""
        now = time.monotonic()
        if worker.stop_requested() and now - self._raised_at >= _SECONDS_BETWEEN_INTERRUPTS:
            self._raised_at = now
            raise KeyboardInterrupt

    def cancel_tasks(self) -> None:
        """Cancel code that awaits. The worker calls this if no Python code is running at Stop."""
        for task in asyncio.all_tasks():
            task.cancel()

    def _tick(self, _signal: int, frame: FrameType | None) -> None:
        if self._ticking:
            return
        self._ticking = True
        try:
            self._output.flush()
            if not self._is_readers(frame):
                return
            if can_wait():
                wait_for(worker.poll_messages())
            self.check()
        finally:
            self._ticking = False

    def _is_readers(self, frame: FrameType | None) -> bool:
        while frame is not None:
            if frame.f_code.co_filename in self._reader_files:
                return True
            frame = frame.f_back
        return False

    def _sleep(self, seconds: float, /) -> None:
        seconds = float(seconds)
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self._output.flush()
        if not can_wait():
            self._original_sleep(seconds)
            return
        wait_for(worker.sleep(seconds))
        self.check()
