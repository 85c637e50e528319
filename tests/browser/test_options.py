"""Options that an author sets, and their effect for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

OPTIONS = Scenario(
    "options",
    {
        "setup": block("print('set up')\nready = True", setup=None),
        "hidden": block("def hidden_function():\n    return 'from a hidden cell'", hidden=None),
        "use": block("ready, hidden_function()"),
        "other": block("'ready' in globals()", session="other"),
        "hidden other": block("hidden_other = 1", hidden=None, session="other"),
        "use other": block("hidden_other", session="other"),
        "isolated": block("'ready' in globals(), 'only_here' in globals()", session="isolated"),
        "numbers": block(
            "a = 1\nb = 2\nprint(a + b)",
            linenos=None,
            emphasize_lines="2-3",
            session="isolated",
        ),
        "no value": block("print('printed')\n'a value'", session="isolated", show_value="false"),
        "caption": block("'captioned'", session="isolated", caption="What it is called", name="named-cell"),
    },
)
BROKEN_SETUP = Scenario(
    "broken-setup",
    {
        "setup": block("fine = 1\nraise RuntimeError('in the setup')", setup=None),
        "use": block("print('never')"),
    },
)
AUTORUN = Scenario(
    "autorun",
    {
        "seen": block("print('ran by itself')", autorun=None),
        "filler": block("\n".join(f"x{number} = {number}" for number in range(200))),
        "below": block("print('seen later')", autorun=None),
    },
)
SCENARIOS = (OPTIONS, BROKEN_SETUP, AUTORUN)
pytestmark = pytest.mark.both_hosts("each reads the options of an author in its own way")


def test_an_example_can_show_its_output_without_its_value(live: LivePage) -> None:
    assert live.cell("no value").run_to("done").splitlines() == ["printed"]


def test_setup_and_hidden_cells_run_first_and_once(live: LivePage) -> None:
    cell = live.cell("use")
    assert cell.run_to("done").splitlines() == ["set up", "(True, 'from a hidden cell')"]
    assert cell.run_to("done").splitlines() == ["(True, 'from a hidden cell')"]


def test_a_hidden_cell_is_invisible(live: LivePage) -> None:
    cell = live.cell("hidden")
    expect(cell.locator).to_be_hidden()
    expect(live.page.get_by_text("hidden_function():")).to_have_count(0)


def test_setup_belongs_to_its_session(live: LivePage) -> None:
    assert live.cell("other").run_to("done").strip() == "False"
    assert live.cell("use other").run_to("done").strip() == "1"
    assert live.cell("isolated").run_to("done").strip() == "(False, False)"


def test_edited_setup_code_runs_again(live: LivePage) -> None:
    setup = live.cell("setup")
    setup.write("print('set up anew')\nready = 'anew'")
    assert live.cell("use").run_to("done").splitlines() == [
        "set up anew",
        "('anew', 'from a hidden cell')",
    ]
    setup.choose("Reset")


def test_a_failing_setup_cell_is_named_and_nothing_else_runs(open_page: OpenPage, site: Site) -> None:
    live = open_page(BROKEN_SETUP, site)
    text = live.cell("use").run_to("error")
    assert f'File "{live.file_name("setup")}", line 2, in <module>' in text
    assert "never" not in text


def test_an_autorun_cell_runs_when_it_scrolls_into_view(open_page: OpenPage, site: Site) -> None:
    live = open_page(AUTORUN, site)
    live.cell("seen").wait_for("done")
    assert live.cell("seen").text.strip() == "ran by itself"
    below = live.cell("below")
    assert below.state == "idle"
    below.locator.scroll_into_view_if_needed()
    below.wait_for("done")
    assert below.text.strip() == "seen later"


def test_line_numbers_and_emphasis_are_kept_by_the_editor(live: LivePage) -> None:
    cell = live.cell("numbers")
    before = cell.locator.locator(".hll").count()
    assert before >= 1
    cell.edit()
    for number in ("1", "2", "3"):
        expect(cell.locator.get_by_text(number, exact=True).first).to_be_attached()
    marked = cell.locator.locator(".cm-line.hll")
    expect(marked).to_have_count(2)
    assert [text.strip() for text in marked.all_inner_texts()] == ["b = 2", "print(a + b)"]
    assert cell.run_to("done").strip() == "3"


def test_a_caption_is_kept_and_a_name_can_be_linked_to(live: LivePage) -> None:
    expect(live.page.get_by_text("What it is called")).to_be_visible()
    expect(live.page.locator("#named-cell")).to_be_attached()
    assert live.cell("caption").run_to("done").strip() == "'captioned'"
