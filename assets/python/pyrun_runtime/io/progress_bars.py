"""Lets progress bars of rich and tqdm move without threads, which a browser does not have.

rich draws from a thread, ten times a second. Here each step of the code draws instead, at most as often.
tqdm uses a thread to find bars that stand still, which is turned off.
"""

import time
from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any

from pyrun_runtime.after_import import after_import

__all__ = ["install"]

_SECONDS_BETWEEN_DRAWINGS = 0.1
"""The default of rich, ``refresh_per_second=10``."""


def install() -> None:
    """Patch both packages once they are imported."""
    after_import("rich.live", _draw_without_thread)
    after_import("rich.progress", _draw_with_each_step)
    after_import("tqdm.std", _turn_monitor_off)


def _draw_without_thread(live: ModuleType) -> None:
    begin = live.Live.__init__

    @wraps(begin)
    def begin_without_thread(self: Any, *values: object, **options: object) -> None:  # noqa: ANN401
        begin(self, *values, **options)
        self.auto_refresh = False

    live.Live.__init__ = begin_without_thread


def _draw_with_each_step(progress: ModuleType) -> None:
    for name in ("advance", "update"):
        setattr(progress.Progress, name, _drawing(getattr(progress.Progress, name)))


def _drawing(step: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(step)
    def step_and_draw(self: Any, *values: object, **options: object) -> Any:  # noqa: ANN401
        result = step(self, *values, **options)
        now = time.monotonic()
        if now - getattr(self, "_drawn_at", 0.0) >= _SECONDS_BETWEEN_DRAWINGS:
            self._drawn_at = now
            self.refresh()
        return result

    return step_and_draw


def _turn_monitor_off(std: ModuleType) -> None:
    std.tqdm.monitor_interval = 0
