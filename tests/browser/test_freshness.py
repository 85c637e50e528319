"""Which run an output is from, whether it is stale, and what the page says after Python restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

FRESHNESS = Scenario(
    "freshness",
    {
        "setup": block("ready = True", setup=None),
        "first": block("first = 1\nprint('first')", name="the-first"),
        "titled": block("second = first + 1\nprint('second')", caption="Load the data"),
        "never run": block("print('not needed')"),
        "fails": block("1 / 0"),
        "kitchen": block("pot = 1\nprint('pot')", session="kitchen"),
        "isolated": block("print('alone')", session="isolated"),
        "uses": block("first, second"),
        "endless": block("print('on', flush=True)\nsum(range(10**13))"),
        "crash": block("import ctypes\nprint('on', flush=True)\nctypes.pythonapi.abort()"),
        "limited": block("print('on')\nwhile True: pass", timeout="1"),
        "limited in C": block("print('on', flush=True)\nsum(range(10**13))", timeout="2"),
        "sleeps": block("import time\nprint('on')\ntime.sleep(3600)"),
    },
)
SCENARIOS = (FRESHNESS,)


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """One site: this tests the page's scripts, which don't depend on the host."""
    return make_site("freshness", Plan("mkdocs", SCENARIOS))


RESTARTED = "Python did not react to Stop and was restarted."
NAMES_GONE = "Names that other examples defined are lost."


def shows(cell: Cell, run: int, label: str, stale: str | None = None) -> None:
    """The cell says so in its attributes, and in its text unless it is the first run and not stale."""
    text = f"Run {run}{label}" if run > 1 or label else ""
    if text:
        expect(cell.locator.get_by_text(text, exact=True)).to_be_visible()
    expect(cell.output).to_have_accessible_description(text)
    expect(cell.locator).to_have_attribute("data-run", str(run))
    assert cell.locator.get_attribute("data-stale") == stale


def shows_nothing(cell: Cell) -> None:
    """The cell mentions no run."""
    assert cell.locator.get_attribute("data-run") is None
    assert cell.locator.get_attribute("data-stale") is None
    expect(cell.locator.get_by_text("Run 1")).to_have_count(0)


def restart(cell: Cell) -> None:
    cell.choose("Restart Python")
    expect(cell.status).to_have_text("Python was restarted")


def ran(live: LivePage) -> None:
    """Run several cells, in two sessions and in none."""
    for key in ("setup", "first", "titled", "kitchen", "isolated"):
        live.cell(key).run_to("done")
    live.cell("fails").run_to("error")


def test_output_of_edited_code_is_marked_until_the_edit_is_undone(open_page: OpenPage, site: Site) -> None:
    live = open_page(FRESHNESS, site)
    cell = live.cell("first")
    shows_nothing(cell)
    cell.run_to("done")
    shows(cell, 1, "")
    cell.edit()
    live.page.keyboard.insert_text("#")
    shows(cell, 1, ", edited since", "edited")
    assert cell.text.strip() == "first"
    assert cell.state == "done"
    live.page.keyboard.press("Backspace")
    shows(cell, 1, "")
    cell.write("print('second')")
    shows(cell, 1, ", edited since", "edited")
    assert cell.run_to("done").strip() == "second"
    shows(cell, 2, "")


def test_code_that_is_edited_while_it_runs_differs_from_what_ran(open_page: OpenPage, site: Site) -> None:
    live = open_page(FRESHNESS, site)
    cell = live.cell("sleeps")
    cell.run()
    expect(cell.output).to_contain_text("on")
    shows(cell, 1, "")
    cell.write("print('other')")
    shows(cell, 1, ", edited since", "edited")
    cell.stop()
    cell.wait_for("stopped")
    shows(cell, 1, ", edited since", "edited")


def test_old_output_is_gone_as_soon_as_run_is_pressed(open_page: OpenPage, site: Site) -> None:
    live = open_page(FRESHNESS, site)
    cell, busy = live.cell("first"), live.cell("sleeps")
    cell.run_to("done")
    busy.run()
    busy.wait_for("running")
    cell.run()
    expect(cell.status).to_have_text("Waiting for another example")
    shows_nothing(cell)
    assert cell.text == ""
    cell.stop()
    cell.wait_for("stopped")
    shows_nothing(cell)
    busy.stop()
    busy.wait_for("stopped")
    assert live.cell("uses").run_to("error")


def test_reset_removes_output_and_number_and_keeps_the_names(open_page: OpenPage, site: Site) -> None:
    live = open_page(FRESHNESS, site)
    cell = live.cell("first")
    cell.write("first = second = 7")
    cell.run_to("done")
    cell.write("whatever")
    cell.choose("Reset")
    shows_nothing(cell)
    cell.edit()
    live.page.keyboard.insert_text("#")
    shows_nothing(cell)
    assert live.cell("uses").run_to("done").strip() == "(7, 7)"


def test_a_restart_clears_names_and_marks_older_output(open_page: OpenPage, site: Site) -> None:
    live = open_page(FRESHNESS, site)
    ran(live)
    restart(live.cell("never run"))
    for run, key in enumerate(("setup", "first", "titled", "kitchen"), start=1):
        shows(live.cell(key), run, ", before Python was restarted", "restarted")
    # Its output doesn't depend on Python's state.
    shows(live.cell("isolated"), 5, "")
    shows_nothing(live.cell("never run"))
    assert live.cell("first").text.strip() == "first"
    assert "NameError" in live.cell("uses").run_to("error")
    assert live.cell("first").run_to("done").strip() == "first"
    shows(live.cell("first"), 8, "")


def test_a_restart_ends_running_and_waiting_runs(open_page: OpenPage, site: Site) -> None:
    live = open_page(FRESHNESS, site)
    busy, queued = live.cell("sleeps"), live.cell("first")
    busy.run()
    expect(busy.output).to_contain_text("on")
    queued.run()
    restart(live.cell("never run"))
    for cell, states in ((busy, ["loading", "running", "stopped"]), (queued, ["loading", "stopped"])):
        cell.wait_for("stopped")
        assert cell.states == states
    shows(busy, 1, ", before Python was restarted", "restarted")
    assert queued.run_to("done").strip() == "first"


@pytest.mark.parametrize(
    ("key", "sentence", "ending"),
    [
        ("endless", RESTARTED, "stopped"),
        ("limited in C", "Stopped after 2 seconds, the time limit of this example.", "stopped"),
        ("crash", "Python crashed and was shut down. Your code is kept, and you can run it again.", "error"),
    ],
)
def test_if_names_are_lost_the_cell_says_which_cells_to_run_again(
    open_page: OpenPage,
    site: Site,
    key: str,
    sentence: str,
    ending: str,
) -> None:
    live = open_page(FRESHNESS, site)
    live.watch.allow("console error", "uncaught", "console warning")
    ran(live)
    cell = live.cell(key)
    cell.edit()
    live.page.keyboard.insert_text("# edited ")
    cell.run()
    expect(cell.output).to_contain_text("on")
    if key == "endless":
        cell.stop()
    expect(cell.locator).to_have_attribute("data-state", ending)
    expect(cell.output).to_contain_text(sentence)
    expect(cell.output).to_contain_text(NAMES_GONE)
    names = cell.output.get_by_role("listitem").get_by_role("button")
    assert names.all_inner_texts() == ["the-first", "Load the data"]
    assert cell.locator.get_attribute("data-stale") is None
    expect(cell.editor).to_contain_text("# edited")
    shows(live.cell("titled"), 3, ", before Python was restarted", "restarted")

    names.last.press("Enter")
    expect(live.cell("titled").button("Run")).to_be_focused()
    expect(live.cell("titled").button("Run")).to_be_in_viewport()
    cell.button("Run them again").click()
    live.cell("titled").wait_for("done")
    shows(live.cell("first"), 8, "")
    shows(live.cell("titled"), 9, "")
    assert live.cell("uses").run_to("done").strip() == "(1, 2)"


def test_if_nothing_is_lost_only_the_restart_is_reported(open_page: OpenPage, site: Site) -> None:
    live = open_page(FRESHNESS, site)
    live.cell("kitchen").run_to("done")
    cell = live.cell("endless")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert RESTARTED in cell.text
    assert NAMES_GONE not in cell.text
    expect(cell.button("Run them again")).to_have_count(0)


def test_a_time_limit_is_reported_and_keeps_the_names(open_page: OpenPage, site: Site) -> None:
    live = open_page(FRESHNESS, site)
    live.cell("first").write("first = second = 7")
    live.cell("first").run_to("done")
    cell = live.cell("limited")
    cell.run()
    cell.wait_for("stopped")
    expect(cell.output).to_contain_text("Stopped after 1 second, the time limit of this example.")
    assert "restarted" not in cell.text
    assert live.cell("uses").run_to("done").strip() == "(7, 7)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_stale_output_and_notices_have_enough_contrast(
    open_page: OpenPage,
    site: Site,
    project: Path,
    scheme: str,
) -> None:
    live = open_page(FRESHNESS, site, color_scheme=scheme, reduced_motion="reduce")
    live.watch.allow("console error", "uncaught", "console warning")
    live.page.evaluate((project / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    for key in ("first", "titled", "fails", "crash"):
        live.cell(key).run_to("error" if key in {"fails", "crash"} else "done")
    live.cell("titled").open_menu()
    expect(live.cell("fails").locator).to_have_attribute("data-stale", "restarted")
    expect(live.cell("crash").button("Run them again")).to_be_visible()
    cells = [live.cell(key).locator.element_handle() for key in ("first", "titled", "fails", "crash")]
    violations: list[dict[str, Any]] = live.page.evaluate(
        "async (cells) => (await axe.run({ include: cells })).violations",
        cells,
    )
    # Elements outside a shadow tree are the host's code, in the colours of its theme.
    ours = [
        f"{violation['id']}: {node['target']}: {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
        if not all(isinstance(part, str) for part in node["target"])
    ]
    assert ours == []
