"""The page's event loop, with `asyncio.run` as readers know it: it blocks, and raises errors once.

Pyodide's own turns the coroutine into a JavaScript promise. It prints a failure as well as raising it,
and before 0.29 it works only if it is enabled.
"""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

from pyodide.ffi import can_run_sync, run_sync

from pyrun_runtime.internals import keep_exits_out_of_loop
from pyrun_runtime.run.blocking_loop import run_blocking
from pyrun_runtime.run.leftovers import cancel

__all__ = ["install"]

T = TypeVar("T")


def install(loop: asyncio.AbstractEventLoop) -> None:
    """Replace `asyncio.run`, and keep exits and interrupts of tasks out of the loop."""
    asyncio.run = _run
    keep_exits_out_of_loop(loop)


def _run(main: Coroutine[Any, Any, T], *, debug: bool | None = None, **_factory: object) -> T:
    if not can_run_sync():
        return run_blocking(main, time.sleep, debug=debug)
    before = asyncio.all_tasks()
    task = asyncio.ensure_future(main)
    # A future instead of a task: Stop cancels all tasks, and this waits for the result of one.
    ended = asyncio.get_running_loop().create_future()
    task.add_done_callback(lambda _: ended.set_result(None))
    run_sync(ended)
    left = asyncio.all_tasks() - before
    if left:
        run_sync(cancel(left))
    return task.result()
