"""What screen readers hear of a run: its state and its output, once, however much there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.messages import messages

if TYPE_CHECKING:
    from tests.browser.live_page import LivePage

HEARD = Path(__file__).with_name("heard.js").read_text(encoding="utf-8")

SCENARIOS = [
    Scenario(
        "announcements",
        {
            "short": block('print("one")\nprint("two")\n1 + 2'),
            "flood": block('for number in range(10_000):\n    print("line", number)'),
            "progress": block('for step in range(500):\n    print(f"\\r{step} %", end="")'),
            "input": block('print("Guess!")\nanswer = input("Your number? ")\nprint("It was", answer)'),
            "error": block('print("before")\n{}["key"]'),
            "interactive": block("2 + 3\n'text' * 2", interactive=None),
            "slow": block(
                'import time\nfor number in range(8):\n    print("step", number)\n    time.sleep(0.4)'
            ),
        },
    )
]

STATES = {"Loading", "Starting Python", "Running"}


@pytest.fixture
def heard(live: LivePage) -> LivePage:
    live.page.evaluate("() => window.heard ?? null") or live.page.evaluate(HEARD)
    live.page.evaluate("heard()")
    return live


def said(live: LivePage) -> list[str]:
    """What was said since the last call, except that the run loads and goes on."""
    texts: list[str] = live.page.evaluate("heard()")
    return [text for text in texts if text not in STATES and not text.startswith("Downloading")]


def test_output_is_said_once_after_the_state(heard: LivePage) -> None:
    for key, output in {
        "short": "one\ntwo\n3",
        "flood": "10,000 lines of output. The last line: line 9999",
        "progress": "499 %",
        "interactive": "5\n'texttext'",
    }.items():
        heard.cell(key).run_to("done")
        cut = messages()["OUTPUT_MESSAGES"]["tooLong"]
        assert [text for text in said(heard) if text != cut] == ["Done", output], key


def test_of_an_error_the_last_line_is_said_after_the_output(heard: LivePage) -> None:
    heard.cell("error").run_to("error")
    assert said(heard)[:2] == ["Failed", "before\nKeyError: 'key'"]


def test_output_before_a_question_is_said_with_it(heard: LivePage) -> None:
    cell = heard.cell("input")
    cell.run()
    cell.wait_for("input")
    box = cell.prompt("Your number?")
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description("Guess!")
    assert said(heard) == ["Waiting for your input"]
    cell.answer("Your number?", "6")
    cell.wait_for("done")
    assert said(heard) == ["Done", "It was 6"]


def test_readers_who_have_moved_on_hear_the_output_before_a_question_too(heard: LivePage) -> None:
    cell = heard.cell("input")
    heard.page.get_by_role("link").first.focus()
    cell.locator.evaluate("cell => void cell.run()")
    cell.wait_for("input")
    assert said(heard) == ["Waiting for your input", "Guess!"]
    cell.stop()
    cell.wait_for("stopped")
    assert said(heard) == ["Stopped"]


def test_a_run_that_goes_on_is_summed_up_from_time_to_time(heard: LivePage) -> None:
    heard.cell("slow").run_to("done")
    *early, done, end = said(heard)
    assert done == "Done"
    assert end.endswith("step 7")
    (beginning,) = early
    assert beginning.startswith("step 0\nstep 1")
    assert f"{beginning}\n{end}".splitlines() == [f"step {number}" for number in range(8)]
