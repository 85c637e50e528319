"""The preamble of a session runs once, before the first example of the session that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.live_page import LivePage

PREAMBLES = Scenario(
    "preambles",
    {
        "first": block("total", preamble="print('once'); total = 1", session="a"),
        "second": block("total + 1", preamble="print('once'); total = 1", session="a"),
        "isolated": block("total + 2", preamble="print('each time'); total = 1", session="isolated"),
        "set-up": block("more = total + 3", setup=None, session="b", preamble="total = 1"),
        "after-set-up": block("more", session="b", preamble="total = 1"),
        "needed": block("found = total + 4", name="needed", session="c", preamble="total = 1"),
        "needs": block("found", needs="needed", session="c", preamble="total = 1"),
        "broken": block("print('not run')", session="d", preamble="1 / 0"),
        "function": block("fail(0)", session="e", preamble="fail = lambda x: 1 / x"),
        "endless": block("total", session="f", preamble="while True: pass"),
    },
)
SCENARIOS = (PREAMBLES,)


def test_a_preamble_runs_once_in_each_session(live: LivePage) -> None:
    assert live.cell("second").run_to("done").split() == ["once", "2"]
    assert "once" not in live.cell("first").run_to("done")
    for _ in range(2):
        assert live.cell("isolated").run_to("done").split() == ["each", "time", "3"]


def test_a_preamble_runs_before_set_up_code_and_needed_examples(live: LivePage) -> None:
    assert live.cell("after-set-up").run_to("done").strip() == "4"
    assert live.cell("needs").run_to("done").strip() == "5"


def test_an_error_of_a_preamble_is_shown_with_the_example(live: LivePage) -> None:
    text = live.cell("broken").run_to("error")
    assert 'File "preamble.py", line 1, in <module>\n    1 / 0' in text
    assert "not run" not in text
    text = live.cell("function").run_to("error")
    assert f'File "{live.file_name("function")}", line 1, in <module>\n    fail(0)' in text
    assert 'File "preamble.py", line 1, in <lambda>\n    fail = lambda x: 1 / x' in text


def test_stop_ends_a_preamble(live: LivePage) -> None:
    cell = live.cell("endless")
    cell.run()
    cell.wait_for("running")
    cell.stop()
    cell.wait_for("stopped")
    assert live.cell("first").run_to("done").strip() == "1"
