"""What code leaves on the event loop: tasks and callbacks, which end as at the end of `asyncio.run`."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any
from weakref import WeakSet

__all__ = ["Leftovers", "cancel"]

_SECONDS_TO_CLOSE = 1.0
"""For what the clean-up of tasks has started itself, such as the end of an async generator."""


class Leftovers:
    """The tasks and callbacks of a run, which share the page's event loop with those of pyrun."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take note of all callbacks from now on. Pyodide's loop schedules each of them by `call_later`."""
        self._handles: WeakSet[asyncio.Handle] = WeakSet()
        self._before: set[asyncio.Task[Any]] = set()
        schedule = loop.call_later

        def call_later(
            delay: float,
            callback: Callable[..., Any],
            *values: object,
            **options: Any,  # noqa: ANN401 - a context
        ) -> asyncio.Handle:
            handle = schedule(delay, callback, *values, **options)
            self._handles.add(handle)
            return handle

        loop.call_later = call_later  # type: ignore[assignment,method-assign]

    def begin(self) -> None:
        """Start a run: tasks that exist now are not its own."""
        self._before = asyncio.all_tasks()

    async def end(self) -> None:
        """Cancel the tasks of the run, let them clean up, then drop its callbacks. Stop ends the wait."""
        with suppress(asyncio.CancelledError):
            tasks = self._tasks()
            if tasks:
                await cancel(tasks)
                await asyncio.sleep(0)  # async generators that were in use are closed by tasks of the loop
                tasks = self._tasks()
            if tasks:
                await asyncio.wait(tasks, timeout=_SECONDS_TO_CLOSE)
                await cancel(self._tasks())
        for handle in list(self._handles):
            handle.cancel()
        self._handles.clear()

    def _tasks(self) -> set[asyncio.Task[Any]]:
        return asyncio.all_tasks() - self._before


async def cancel(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel tasks, wait until they have cleaned up, and report exceptions of theirs."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
    for task in tasks:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            task.get_loop().call_exception_handler(
                {
                    "message": "unhandled exception while a task was cancelled",
                    "exception": error,
                    "task": task,
                }
            )
