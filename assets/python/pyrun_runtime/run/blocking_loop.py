"""An event loop for `asyncio.run` that blocks Python, where the browser cannot suspend it.

The page's own loop gets its turns from JavaScript, which waits for Python to return; so the coroutine
gets a loop of its own, which waits as any blocking code does.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

__all__ = ["run_blocking"]

T = TypeVar("T")

_WAITS_FOR_JAVASCRIPT = (
    "nothing is left that asyncio.run() could wait for: in this browser it cannot wait for JavaScript, "
    "which brings downloads for instance. Write 'await main()' instead of 'asyncio.run(main())'"
)


class _Timers:
    """The part of a selector that an event loop without files and sockets needs."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self._sleep = sleep

    def select(self, timeout: float | None) -> list[object]:
        if timeout is None:
            # No timer, and no thread that could wake this one.
            raise RuntimeError(_WAITS_FOR_JAVASCRIPT)
        if timeout > 0:
            self._sleep(timeout)
        return []


class _BlockingLoop(asyncio.BaseEventLoop):
    def __init__(self, sleep: Callable[[float], None]) -> None:
        super().__init__()
        self._selector = _Timers(sleep)

    def _process_events(self, _events: list[object]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


def run_blocking(
    main: Coroutine[Any, Any, T],
    sleep: Callable[[float], None],
    *,
    debug: bool | None = None,
) -> T:
    """Run a coroutine to its end, as `asyncio.run` does.

    Raises:
        RuntimeError: the coroutine waits for something that only JavaScript can bring, or an
            event loop of this kind runs already.
    """
    outer = asyncio.get_running_loop()
    if isinstance(outer, _BlockingLoop):
        main.close()
        raise RuntimeError(  # noqa: TRY004 - what the standard library raises
            "asyncio.run() cannot be called from a running event loop",
        )
    # asyncio refuses a second loop, so leave the page's loop, and its task unless this code is a callback:
    # https://docs.python.org/3/library/asyncio-extending.html#task-lifetime-support
    task = asyncio.current_task(outer)
    if task is not None:
        asyncio.tasks._leave_task(outer, task)  # noqa: SLF001
    asyncio._set_running_loop(None)  # noqa: SLF001
    try:
        with asyncio.Runner(debug=debug, loop_factory=lambda: _BlockingLoop(sleep)) as runner:
            return runner.run(main)
    finally:
        asyncio._set_running_loop(outer)  # noqa: SLF001
        if task is not None:
            asyncio.tasks._enter_task(outer, task)  # noqa: SLF001
