"""Signals of the code's own: handlers, alarms, and functions that end the process.

The clock signal and that of descriptor 0 are the only ones that the worker sends. All others are delivered
here, by a call of their handler. Without a handler most of them end the program, as `os._exit` and `os.abort`
do: in the real process that would be the end of the reader's Python.
"""

import errno
import os
import signal
import time
from collections.abc import Callable, Iterable
from inspect import currentframe
from math import ceil
from operator import index
from types import FrameType, ModuleType
from typing import Any, NoReturn

from pyrun_runtime.internals import is_runtime_frame
from pyrun_runtime.io.alarms import ALARMS
from pyrun_runtime.io.page_input import INPUT_SIGNAL

__all__ = ["CLOCK_SIGNAL", "ProcessEnd", "Signals", "innermost_frame"]

CLOCK_SIGNAL = 63
"""The number that `clock_signal.js` sends: a signal without a name, which no code uses."""

_OWN = frozenset({CLOCK_SIGNAL, INPUT_SIGNAL})
"""Those of pyrun. For code they do not exist."""

_IGNORED = {signal.SIGCHLD, signal.SIGURG, signal.SIGWINCH, signal.SIGCONT}
"""Those that do nothing without a handler."""

_STATUS_OF_SIGNALS = 128
"""What a shell adds to the number of the signal that has ended a program."""

_LONGEST_SLEEP_SECONDS = 3600.0

Handler = Callable[[int, FrameType | None], Any] | int | None


class ProcessEnd(BaseException):
    """The program ends at once, with a status and perhaps a message. Code has no reason to catch it."""

    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.message = message


def ended_by(number: int) -> ProcessEnd:
    """The end of a program that does not handle a signal, with the message of a shell."""
    return ProcessEnd(_STATUS_OF_SIGNALS + number, f"{signal.strsignal(number)} (signal {number})")


class Signals:
    """Handlers and timers of the code that runs."""

    def __init__(self) -> None:
        self._changed: dict[int, Handler] = {}
        self._blocked: set[int] = set()
        self._pending: set[int] = set()
        self._delivered = 0
        self._set_handler = signal.signal
        self._handler = signal.getsignal
        self._valid = signal.valid_signals
        self._kill = os.kill

    def install(self, tick: Callable[[int, FrameType | None], None]) -> None:
        """Handle the clock signal by ``tick``, and replace functions of `signal` and `os`."""
        self._set_handler(CLOCK_SIGNAL, tick)
        for module, functions in self._functions().items():
            for name, function in functions.items():
                setattr(module, name, function)

    def restore(self) -> None:
        """End a run: its timers, and its handlers."""
        ALARMS.clear()
        self._blocked.clear()
        self._pending.clear()
        changed, self._changed = self._changed, {}
        for number, handler in changed.items():
            self._set_handler(number, handler)

    def deliver(self, number: int, frame: FrameType | None) -> None:
        """Let a signal take effect.

        Raises:
            ProcessEnd: it has no handler, and ends the program.
            BaseException: its handler did.
        """
        if number in self._blocked:
            self._pending.add(number)
            return
        self._delivered += 1
        handler = self._handler(number)
        if callable(handler):
            handler(number, frame)
        elif handler is not signal.SIG_IGN and number not in _IGNORED:
            raise ended_by(number)

    def handles(self, number: int) -> bool:
        """Whether the code has set its own handler for a signal."""
        return number in self._changed and callable(self._handler(number))

    def _functions(self) -> dict[ModuleType, dict[str, Callable[..., Any]]]:
        return {
            signal: {
                "signal": self._signal,
                "valid_signals": lambda: self._valid() - _OWN,
                "alarm": _alarm,
                "setitimer": _set_timer,
                "getitimer": ALARMS.left,
                "pause": self._pause,
                "raise_signal": self._raise,
                "pthread_sigmask": self._mask,
                "sigpending": self._waiting,
                "sigwait": self._wait_for,
            },
            os: {"kill": self._kill_process, "killpg": self._kill_process, "_exit": _exit, "abort": _abort},
        }

    def _signal(self, number: int, handler: Handler, /) -> Handler:
        if number in _OWN:
            raise ValueError("signal number out of range")
        before = self._set_handler(number, handler)
        self._changed.setdefault(int(number), before)
        return before

    def _raise(self, number: int, /) -> None:
        self._send(number, innermost_frame(currentframe()))

    def _kill_process(self, process: int, number: int, /) -> None:
        if process not in {os.getpid(), os.getpgrp(), 0, -1}:
            self._kill(process, number)  # which fails, because there is no other process
        elif number:
            self._send(number, innermost_frame(currentframe()))

    def _send(self, number: int, frame: FrameType | None) -> None:
        if not 0 < number < signal.NSIG or number in _OWN:
            raise OSError(errno.EINVAL, "Invalid argument")
        self.deliver(int(number), frame)

    def _pause(self) -> None:
        before = self._delivered
        while self._delivered == before:
            _sleep_until_alarm()

    def _mask(self, how: int, numbers: Iterable[int], /) -> set[int]:
        before = self._blocked
        changed = {int(number) for number in numbers}
        if how == signal.SIG_SETMASK:
            self._blocked = changed
        else:
            self._blocked = before | changed if how == signal.SIG_BLOCK else before - changed
        for number in sorted(self._pending - self._blocked):
            self._pending.discard(number)
            self.deliver(number, innermost_frame(currentframe()))
        return {_named(number) for number in before}

    def _waiting(self) -> set[int]:
        return {_named(number) for number in self._pending}

    def _wait_for(self, numbers: Iterable[int], /) -> int:
        wanted = {int(number) for number in numbers}
        blocked = self._blocked
        self._blocked = blocked | wanted
        try:
            while not wanted & self._pending:
                _sleep_until_alarm()
        finally:
            self._blocked = blocked
        found = min(wanted & self._pending)
        self._pending.discard(found)
        return _named(found)


def innermost_frame(frame: FrameType | None) -> FrameType | None:
    """The frame of the code that has called the runtime, which handlers of signals get."""
    while frame is not None and is_runtime_frame(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def _sleep_until_alarm() -> None:
    left = ALARMS.seconds_left()
    time.sleep(_LONGEST_SLEEP_SECONDS if left is None else left)


def _alarm(seconds: int, /) -> int:
    left, _ = ALARMS.set(signal.ITIMER_REAL, index(seconds), 0.0)
    return ceil(left)


def _set_timer(timer: int, seconds: float, interval: float = 0.0, /) -> tuple[float, float]:
    return ALARMS.set(timer, float(seconds), float(interval))


def _exit(status: int) -> NoReturn:
    raise ProcessEnd(index(status))


def _abort() -> NoReturn:
    raise ended_by(signal.SIGABRT)


def _named(number: int) -> int:
    try:
        return signal.Signals(number)
    except ValueError:
        return number
