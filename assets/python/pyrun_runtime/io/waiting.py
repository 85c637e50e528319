"""Waits for the reader and for time to pass, with the wait strategy that the page has chosen.

The strategies are ``Waiting`` of ``protocol.js``. With JavaScript Promise Integration the worker's
functions return promises, on which Python is suspended. With the others they block.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from pyodide.ffi import can_run_sync, run_sync

import _pyrun_worker as worker
from pyrun_runtime.io.alarms import ALARMS

__all__ = ["ask", "can_wait", "wait_for", "why_not"]

T = TypeVar("T")

_CALLED_BY_JAVASCRIPT = (
    "JavaScript called this code, and cannot wait for it. "
    "Call it from the example itself, or from a coroutine"
)


def can_wait() -> bool:
    """Whether the code that is running can wait."""
    return can_run_sync() if worker.strategy == "jspi" else worker.strategy != "none"


def wait_for(result: "worker.Waited[T]") -> T:
    """The value of a call to one of the worker's functions that wait."""
    if worker.strategy != "jspi":
        return cast("T", result)
    with _unmonitored():
        return cast("T", run_sync(result))


def ask(prompt: str, kind: str, after_wait: Callable[[], None], accept: str = "") -> str | None:
    """What the reader answers; None at the end of the input. ``after_wait`` is called after each wait.

    Alarms of the code ring meanwhile. If one raises an exception, the page stops asking.

    Raises:
        BaseException: ``after_wait`` did, because of an alarm, or of Stop.
    """
    try:
        while True:
            answer = wait_for(worker.read_line(prompt, kind, accept, ALARMS.seconds_left()))
            after_wait()
            if answer is not False:
                return answer
    except BaseException:
        if not worker.stop_requested():
            worker.withdraw()
        raise


def why_not() -> str:
    """Why the code cannot wait, and a fix."""
    return worker.why_not or _CALLED_BY_JAVASCRIPT


@contextmanager
def _unmonitored() -> Iterator[None]:
    """Keep debuggers out of code that the event loop runs meanwhile, in which they would prompt."""
    monitoring = sys.monitoring  # type: ignore[attr-defined]  # Pyodide's Python is newer than the build's oldest
    events = {tool: monitoring.get_events(tool) for tool in range(6) if monitoring.get_tool(tool)}
    for tool in events:
        monitoring.set_events(tool, 0)
    try:
        yield
    finally:
        for tool, wanted in events.items():
            monitoring.set_events(tool, wanted)
