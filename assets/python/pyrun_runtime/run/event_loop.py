"""The page's one event loop, with `asyncio.run` as readers know it: it blocks, and fails once.

Pyodide's own turns the coroutine into a JavaScript promise. A failure on that way is printed as well
as raised, and before 0.29 it works only where it is configured.
"""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

from pyodide.ffi import can_run_sync, run_sync

from pyrun_runtime.internals import keep_exits_out_of_loop
from pyrun_runtime.run.blocking_loop import run_blocking

__all__ = ["install"]

T = TypeVar("T")


def install(loop: asyncio.AbstractEventLoop) -> None:
    """Take over `asyncio.run`, and what becomes of tasks that end in an exit or an interruption."""
    asyncio.run = _run
    keep_exits_out_of_loop(loop)


def _run(main: Coroutine[Any, Any, T], *, debug: bool | None = None, **_factory: object) -> T:
    if not can_run_sync():
        return run_blocking(main, time.sleep, debug=debug)
    task = asyncio.ensure_future(main)
    # A future and no task: Stop cancels all tasks, and this one is what waits for the result.
    ended = asyncio.get_running_loop().create_future()
    task.add_done_callback(lambda _: ended.set_result(None))
    run_sync(ended)
    return task.result()
