"""Stop ends any code; what is lost with it is reported."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.browser.scenarios import block
from tests.engines.asking import SAYS_WHY, says_why
from tests.engines.scenario import Outcome, Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.engines.page import State
    from tests.engines.scenario import Cells, WaitStrategy

__all__ = ["STOPPING"]

RESTARTS = "Python is restarted, and the page says so"
RESTARTED = "was restarted"


def keeps_names(cells: Cells, kept: str, state: State) -> None:
    cells["keep"].run_to("done")
    endless = cells["ask"]
    endless.run()
    endless.wait_for_text("on")
    endless.wait_for(state)
    assert RESTARTED not in endless.stop()
    assert cells["use"].run_to("done") == repr(kept)


def restarts(cells: Cells) -> None:
    cells["keep"].run_to("done")
    endless = cells["ask"]
    endless.run()
    endless.wait_for_text("on")
    assert RESTARTED in endless.stop()
    assert "NameError" in cells["use"].run_to("error")
    assert cells["after"].run_to("done") == "'goes on'"


INSTEAD: Mapping[WaitStrategy, Outcome] = {"none": Outcome(RESTARTS, restarts, leaves_busy=True)}


def stops(
    name: str,
    what: str,
    code: str,
    instead: Mapping[WaitStrategy, Outcome] = INSTEAD,
    state: State = "running",
) -> Scenario:
    """Stop for one kind of endless code, after which the cell is in a given state."""
    kept = f"kept by {name}"
    blocks = {
        "keep": block(f"kept = {kept!r}"),
        "ask": block(code),
        "use": block("kept"),
        "after": block("'goes on'"),
    }
    return Scenario(name, what, blocks, partial(keeps_names, kept=kept, state=state), instead)


STOPPING = (
    stops("stop-loop", "**Stop** of `while True: pass`", "print('on')\nwhile True: pass"),
    stops(
        "stop-callback",
        "**Stop** of a loop called back from C",
        """
        def key(item):
            while True: pass
        print('on')
        sorted([1, 2], key=key)
        """,
    ),
    stops(
        "stop-sleep",
        "**Stop** of `time.sleep`",
        "import time\nprint('on')\ntime.sleep(3600)",
    ),
    stops(
        "stop-await",
        "**Stop** of `await asyncio.sleep(…)`",
        "import asyncio\nprint('on')\nawait asyncio.sleep(3600)",
        {},
    ),
    stops(
        "stop-asyncio-run",
        "**Stop** of `asyncio.run(…)`",
        "import asyncio\nprint('on')\nasyncio.run(asyncio.sleep(3600))",
    ),
    stops(
        "stop-input",
        "**Stop** of a waiting `input()`",
        "print('on')\ninput('Never? ')",
        {"none": Outcome(SAYS_WHY, says_why)},
        "input",
    ),
)
