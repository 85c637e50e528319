"""The one door to what CPython and Pyodide do not document.

The other modules use these functions and never a private name; ``tests/project/test_private_names.py``
checks that. Each entry says whose name it is, in which versions it was seen to work, and what breaks
without it. `turtle` alone is apart: it comes with pyrun, and `pyrun_runtime.turtle.pictures` is its door.

This module is imported with every start of Python, so it imports little.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

__all__ = [
    "BlockingEventLoop",
    "is_runtime_frame",
    "keep_exits_out_of_loop",
    "let_browser_encrypt",
    "outside_running_loop",
    "replace_locks",
]

_RUNTIME_FOLDER = str(PurePosixPath(__file__).parent) + "/"

_EVALUATOR = "/_pyodide/_base.py"
"""Pyodide: the module that compiles and runs code, whose frames lead every traceback.

0.24 to 315; without it readers see two frames that are not theirs.
"""


def is_runtime_frame(file_name: str) -> bool:
    """Whether code in this file runs the reader's code: pyrun's own modules, and Pyodide's evaluator."""
    return file_name.startswith(_RUNTIME_FOLDER) or file_name.endswith(_EVALUATOR)


def keep_exits_out_of_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Let a task raise SystemExit or KeyboardInterrupt only in the code that awaits it.

    Pyodide: `WebLoop._keyboard_interrupt_handler` and `WebLoop._system_exit_handler`, which raise the
    exception into the event loop as well. 0.24 to 315; without them it is an error of the worker itself.
    """
    for name in ("_keyboard_interrupt_handler", "_system_exit_handler"):
        setattr(loop, name, _ignore)


def _ignore(*_: object) -> None:
    pass


@contextmanager
def outside_running_loop(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let another event loop run inside a task or a callback of this one, which asyncio refuses otherwise.

    CPython: `asyncio._set_running_loop`, and `_leave_task` and `_enter_task` of `asyncio.tasks`, which are
    documented for authors of event loops. 3.12 to 3.15; without them `asyncio.run` fails in browsers that
    cannot suspend Python. https://docs.python.org/3/library/asyncio-extending.html#task-lifetime-support
    """
    task = asyncio.current_task(loop)  # None in a callback
    if task is not None:
        asyncio.tasks._leave_task(loop, task)  # noqa: SLF001
    asyncio._set_running_loop(None)  # noqa: SLF001
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)  # noqa: SLF001
        if task is not None:
            asyncio.tasks._enter_task(loop, task)  # noqa: SLF001


def let_browser_encrypt(http_client: Any) -> None:  # noqa: ANN401 - a module
    """Let `urllib.request` make handlers for https where Python has no `ssl`.

    CPython: `http.client._create_https_context`. 3.12 to 3.15; without it every `urlopen` fails in a Pyodide
    that has `ssl` in a separate package.
    """
    http_client._create_https_context = lambda _version: None  # noqa: SLF001


def replace_locks(threading: Any, lock: type) -> None:  # noqa: ANN401 - the module
    """Let `threading` make locks of another class, for others and for its own conditions.

    CPython: `threading._allocate_lock`, from which a condition gets the lock that it waits for. 3.12 to 3.15;
    without it Stop has to end Python if code waits for an event or a queue.
    """
    threading.Lock = threading._allocate_lock = lock  # noqa: SLF001


class BlockingEventLoop(asyncio.BaseEventLoop):
    """An event loop without files, sockets and threads: it waits by calling a function.

    CPython: the attribute `_selector` and the methods `_process_events` and `_write_to_self`, through which
    `asyncio.BaseEventLoop` waits. 3.12 to 3.15; without them `asyncio.run` fails in browsers that cannot
    suspend Python.
    """

    def __init__(self, wait: Callable[[float | None], None]) -> None:
        """``wait`` takes seconds, or None if there is no timer to wait for."""
        super().__init__()
        self._selector = _Timers(wait)

    def _process_events(self, _events: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class _Timers:
    """The part of a selector that such an event loop uses."""

    def __init__(self, wait: Callable[[float | None], None]) -> None:
        self._wait = wait

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None or timeout > 0:
            self._wait(timeout)
        return []
