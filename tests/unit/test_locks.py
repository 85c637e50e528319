"""Locks that wait in Python, where Stop and alarms reach them."""

from __future__ import annotations

import copy
import importlib.util
import queue
import signal
import time
import weakref
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def locks(runtime_module: Callable[[str], Any]) -> Any:  # noqa: ANN401
    """The module. It is not installed, because the tests need their Python."""
    return runtime_module("io.locks")


@pytest.fixture
def threads(locks: Any) -> ModuleType:  # noqa: ANN401
    """Another copy of `threading`, with such locks."""
    spec = importlib.util.find_spec("threading")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    locks._replace_locks(module)
    return module


WAITS: dict[str, Callable[[Any], object]] = {
    "lock": lambda threads: [lock.acquire() for lock in [threads.Lock()] * 2],
    "with": lambda threads: [lock.__enter__() for lock in [threads.Lock()] * 2],
    "event": lambda threads: threads.Event().wait(),
    "barrier": lambda threads: threads.Barrier(2).wait(),
    "semaphore": lambda threads: threads.Semaphore(0).acquire(),
}


@pytest.mark.parametrize("wait", WAITS.values(), ids=WAITS)
def test_a_wait_that_nothing_can_end_is_refused(threads: Any, wait: Callable[[Any], object]) -> None:  # noqa: ANN401
    with pytest.raises(RuntimeError, match="this would wait forever"):
        wait(threads)


def test_a_wait_with_a_timeout_sleeps_and_ends(threads: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    slept: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: sum(slept))
    monkeypatch.setattr(time, "sleep", slept.append)
    assert threads.Event().wait(0.12) is False
    assert slept == pytest.approx([0.05, 0.05, 0.02])
    lock = threads.Lock()
    assert lock.acquire(timeout=1)
    assert not lock.acquire(timeout=0)


def test_what_happens_meanwhile_ends_a_wait(threads: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    event = threads.Event()
    monkeypatch.setattr(time, "sleep", lambda _: event.set())  # as code that JavaScript calls
    assert event.wait(60) is True


def test_an_alarm_can_end_a_wait(threads: Any) -> None:  # noqa: ANN401
    def ring(*_: object) -> None:
        raise TimeoutError("alarm")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        with pytest.raises(TimeoutError, match="alarm"):
            threads.Event().wait()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_lock_is_a_lock(threads: Any) -> None:  # noqa: ANN401
    lock = threads.Lock()
    assert not lock.locked()
    with lock:
        assert lock.locked()
        assert not lock.acquire(blocking=False)
    lock.acquire()
    lock.release()
    with pytest.raises(RuntimeError, match="release unlocked lock"):
        lock.release()
    with pytest.raises(ValueError, match="can't specify a timeout"):
        lock.acquire(blocking=False, timeout=1)
    with pytest.raises(TypeError, match="cannot pickle"):
        copy.copy(lock)
    assert weakref.ref(lock)() is lock
    assert type(lock).__name__ == "Lock"
    assert threads.Condition(lock).acquire()


def test_a_simple_queue_gives_what_it_has(locks: Any) -> None:  # noqa: ANN401
    module = SimpleNamespace(SimpleQueue=queue.SimpleQueue, __name__="queue")
    locks._replace_simple_queue(module)
    simple = module.SimpleQueue()
    simple.put(1)
    assert simple.get() == 1
    with pytest.raises(queue.Empty):
        simple.get(timeout=0.001)
    with pytest.raises(queue.Empty):
        simple.get(block=False)
    with pytest.raises(ValueError, match="non-negative"):
        simple.get(timeout=-1)
    with pytest.raises(RuntimeError, match="this would wait forever"):
        simple.get()
