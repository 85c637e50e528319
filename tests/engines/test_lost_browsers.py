"""A browser that crashes is told from a test that fails."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import pytest

from tests.engines.engine import BrowserLostError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.engines.engine import Engine

NEVER = "() => new Promise(() => {})"
LATER_SECONDS = 1.0


def descendants(process: int) -> Iterator[tuple[int, str]]:
    """The processes that it has started, directly or not, with their names, which Linux cuts off."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            start, _, rest = stat.read_text(encoding="utf-8", errors="replace").rpartition(") ")
        except OSError:  # it has ended meanwhile
            continue
        number, _, name = start.partition(" (")
        if int(rest.split()[1]) == process:
            yield int(number), name
            yield from descendants(int(number))


def test_a_page_whose_process_ends_is_lost_and_not_wrong(start_engine: Callable[[str], Engine]) -> None:
    """Fails if another WebKit says it in other words."""
    engine = start_engine("webkit")
    tab = engine.new_tab()
    tab.open("data:text/html,page")
    pages = [pid for pid, name in descendants(os.getpid()) if name.startswith("WebKitWebProc")]
    assert pages

    def end() -> None:
        for page in pages:
            os.kill(page, signal.SIGKILL)

    ending = Timer(LATER_SECONDS, end)
    ending.start()
    with pytest.raises(BrowserLostError):
        tab.call(NEVER)
    ending.join()
    tab.close()
