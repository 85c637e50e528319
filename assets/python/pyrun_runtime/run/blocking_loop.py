"""`asyncio.run` where the browser cannot suspend Python: it blocks.

The page's own event loop gets its turns from JavaScript, which waits for Python to return. So the
coroutine gets a separate event loop, which waits as any blocking code does.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from pyrun_runtime.internals import BlockingEventLoop, outside_running_loop

__all__ = ["run_blocking"]

T = TypeVar("T")

_WAITS_FOR_JAVASCRIPT = (
    "asyncio.run() cannot wait for JavaScript in this browser, for instance for a download. "
    "Write 'await main()' instead of 'asyncio.run(main())'"
)


def run_blocking(
    main: Coroutine[Any, Any, T],
    sleep: Callable[[float], None],
    *,
    debug: bool | None = None,
) -> T:
    """Run a coroutine to its end, as `asyncio.run` does.

    Raises:
        RuntimeError: the coroutine waits for something that only JavaScript can provide, or an
            event loop of this kind runs already.
    """
    outer = asyncio.get_running_loop()
    if isinstance(outer, BlockingEventLoop):
        main.close()
        raise RuntimeError(  # noqa: TRY004 - what the standard library raises
            "asyncio.run() cannot be called from a running event loop",
        )

    def wait(seconds: float | None) -> None:
        if seconds is None:
            # No timer, and no thread that could wake this one.
            raise RuntimeError(_WAITS_FOR_JAVASCRIPT)
        sleep(seconds)

    with (
        outside_running_loop(outer),
        asyncio.Runner(debug=debug, loop_factory=lambda: BlockingEventLoop(wait)) as runner,
    ):
        return runner.run(main)
