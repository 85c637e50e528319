"""Locks of the one thread that a browser has.

Only a handler of an alarm, or code that JavaScript calls, can release a lock that the thread waits for.
CPython's own locks wait in C, where Stop does not reach them, and keep the processor busy.
"""

import signal
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any, NoReturn

from pyrun_runtime.after_import import after_import
from pyrun_runtime.internals import replace_locks

__all__ = ["NO_END", "install"]

NO_END = "this would wait forever"

_POLL_SECONDS = 0.05

_FOREVER = -1
"""A timeout of `threading.Lock.acquire`."""


def install() -> None:
    """Replace the locks of `threading`, and so those of conditions, events and queues."""
    after_import("threading", _replace_locks)
    after_import("queue", _replace_simple_queue)


def wait_until(is_over: Callable[[], bool], timeout: float) -> bool:
    """Wait until something has happened; False if it has not within ``timeout`` seconds.

    Raises:
        RuntimeError: there is no timeout, and nothing can end the wait.
        KeyboardInterrupt: the reader pressed Stop.
    """
    end = time.monotonic() + timeout
    while not is_over():
        if timeout != _FOREVER:
            left = end - time.monotonic()
            if left <= 0:
                return False
        elif _may_be_interrupted():
            left = _POLL_SECONDS
        else:
            raise RuntimeError(f"{NO_END}: only another thread could end it")
        time.sleep(min(left, _POLL_SECONDS))
    return True


def _may_be_interrupted() -> bool:
    """Whether an alarm of the code is set, whose handler may end a wait."""
    timers = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)
    return any(signal.getitimer(timer)[0] > 0 for timer in timers)


def _replace_locks(threading: ModuleType) -> None:
    make: Callable[[], Any] = threading.Lock

    class Lock:
        """See `threading.Lock`."""

        __slots__ = ("__weakref__", "_lock", "locked", "release")

        def __init__(self) -> None:
            self._lock = make()
            self.locked = self._lock.locked
            self.release = self._lock.release

        def acquire(self, blocking: bool = True, timeout: float = _FOREVER) -> bool:  # noqa: FBT001, FBT002
            """Take the lock; False if that takes longer than ``timeout`` seconds."""
            if not blocking or (timeout < 0 and timeout != _FOREVER):
                return bool(self._lock.acquire(blocking, timeout))  # or an exception
            return self._take() or wait_until(self._take, timeout)

        def _take(self) -> bool:
            return bool(self._lock.acquire(blocking=False))

        def __enter__(self) -> bool:
            return self.acquire()

        def __exit__(self, *_: object) -> None:
            self.release()

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401
            return getattr(self._lock, name)

        def __reduce__(self) -> NoReturn:
            raise TypeError("cannot pickle '_thread.lock' object")

        def __repr__(self) -> str:
            return repr(self._lock)

    Lock.__module__ = threading.__name__
    Lock.__qualname__ = "Lock"
    replace_locks(threading, Lock)


def _replace_simple_queue(queue: ModuleType) -> None:
    """This kind of queue is written in C, with a lock of C."""

    class SimpleQueue(queue.SimpleQueue):  # type: ignore[name-defined, misc]  # of a module that may come later
        def get(self, block: bool = True, timeout: float | None = None) -> object:  # noqa: FBT001, FBT002
            """Remove and return an item; see `queue.SimpleQueue.get`."""
            if block and (timeout is None or timeout >= 0):
                wait_until(lambda: not self.empty(), _FOREVER if timeout is None else timeout)
                block, timeout = False, None
            return super().get(block, timeout)

    SimpleQueue.__module__ = queue.__name__
    SimpleQueue.__qualname__ = "SimpleQueue"
    vars(queue).update(SimpleQueue=SimpleQueue)
