"""Stop: ends code that runs, sleeps or waits, and keeps the interpreter.

The interpreter polls the worker's clock every few dozen bytecodes. About every 50 ms the clock returns a
signal, and Python calls `Interrupts._tick`. The tick lets the worker receive messages of the page, so
that Stop works in the middle of ``while True: pass``.
"""

import asyncio
import signal
import time
from inspect import currentframe
from time import monotonic
from types import FrameType

import _pyrun_worker as worker
from pyrun_runtime.internals import is_runtime_frame
from pyrun_runtime.io.alarms import ALARMS
from pyrun_runtime.io.output_buffer import OutputBuffer
from pyrun_runtime.io.waiting import can_wait, wait_for
from pyrun_runtime.run.signals import Signals, innermost_frame

__all__ = ["Interrupts"]

_SECONDS_BETWEEN_INTERRUPTS = 1.0
"""Code that catches a KeyboardInterrupt gets this much time to clean up."""

_SECONDS_FOR_HANDLER = 0.5
"""Code that handles SIGINT itself gets this much time to end, of the two seconds that the page waits."""


class Interrupts:
    """Raises KeyboardInterrupt in the reader's code once Stop was pressed, and rings its alarms."""

    def __init__(self, buffer: OutputBuffer, signals: Signals) -> None:
        self._output = buffer
        self._signals = signals
        self._reader_files: frozenset[str] = frozenset()
        self._ticking = False
        self._raised_at = float("-inf")
        self._handled = False
        self._original_sleep = time.sleep

    def install(self) -> None:
        """Handle the clock signal, and replace `time.sleep`, which would keep the CPU busy."""
        self._signals.install(self._tick)
        time.sleep = self._sleep  # type: ignore[assignment]  # typeshed: SupportsIndex, which float() takes

    def watch(self, files: frozenset[str]) -> None:
        """Set the files whose frames, and calls from them, are interrupted; never the event loop itself."""
        self._reader_files = files
        self._raised_at = float("-inf")
        self._handled = False

    def check(self) -> None:
        """Ring alarms that are due, and end the code if the reader pressed Stop. Called after each wait."""
        self._interrupt(innermost_frame(currentframe()))

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
            interrupted = self._readers_frame(frame)
            if interrupted is None:
                return
            if can_wait():
                wait_for(worker.poll_messages())
        finally:
            self._ticking = False
        self._interrupt(interrupted)  # not in a tick any more: a handler can be endless, too

    def _interrupt(self, frame: FrameType | None) -> None:
        for number in ALARMS.take_due():
            self._signals.deliver(number, frame)
            self._output.flush()  # the code may go on waiting
        if worker.stop_requested():
            self._stop(frame)

    def _stop(self, frame: FrameType | None) -> None:
        """Call the code's own handler, or raise KeyboardInterrupt, unless that was just before."""
        now = monotonic()
        if now - self._raised_at < _SECONDS_BETWEEN_INTERRUPTS:
            return
        self._raised_at = now
        if self._signals.handles(signal.SIGINT) and not self._handled:
            self._handled = True
            self._raised_at += _SECONDS_FOR_HANDLER - _SECONDS_BETWEEN_INTERRUPTS
            self._signals.deliver(signal.SIGINT, frame)
        else:
            raise KeyboardInterrupt

    def _readers_frame(self, frame: FrameType | None) -> FrameType | None:
        """The innermost frame of the code, if the reader's code runs there or has called it.

        What the runtime has called is not the code's: `time.sleep` uses the standard library, too.
        """
        innermost: FrameType | None = None
        while frame is not None:
            file_name = frame.f_code.co_filename
            if is_runtime_frame(file_name):
                innermost = None
            elif innermost is None:
                innermost = frame
            if file_name in self._reader_files:
                return innermost
            frame = frame.f_back
        return None

    def _sleep(self, seconds: float, /) -> None:
        seconds = float(seconds)
        if not seconds >= 0:
            raise ValueError("sleep length must be non-negative")
        self._output.flush()
        wait = self._wait if can_wait() else self._original_sleep
        end = monotonic() + seconds
        while True:
            left = max(0.0, end - monotonic())
            alarm = ALARMS.seconds_left()
            if alarm is None or alarm > left:
                wait(left)
                self.check()
                return
            wait(alarm)
            self.check()

    @staticmethod
    def _wait(seconds: float) -> None:
        wait_for(worker.sleep(seconds))
