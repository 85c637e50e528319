"""Which examples run, and in which order. tests/js/order.test.js tests every plan; this tests the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

ORDER = Scenario(
    "order",
    {
        "begin": block("ran = globals().get('ran', []) + ['begin']"),
        "other": block("ran = globals().get('ran', []) + ['other']\nran", session="other"),
        "isolated": block("'ran' in globals()", session="isolated"),
        "setup": block("set_up = True", hidden=None),
        "middle": block("ran = globals().get('ran', []) + ['middle']"),
        "end": block("ran = globals().get('ran', []) + ['end']\nran"),
    },
)
VISIBLE = tuple(key for key in ORDER.blocks if key != "setup")
NEEDS = Scenario(
    "needs",
    {
        "ran": block("import sys\nran = sys.modules.setdefault('ran', [])", hidden=None, name="hidden"),
        "base": block("ran.append('base')\nbase = 1", name="base"),
        "side": block("ran.append('side')\nside = base + 1", name="side", needs="base"),
        "top": block("ran.append('top')\nprint(base, side, *ran)", needs="side base hidden"),
        "broken": block("1 / 0", name="broken", caption="Broken on purpose"),
        "on broken": block("print('never')", name="on-broken", needs="broken"),
        "on that": block("print('never')", needs="on-broken base"),
        "endless": block("print('on')\nwhile True: pass", name="endless"),
        "on endless": block("print('never')", needs="endless"),
    },
)
FAILING = Scenario(
    "failing",
    {
        "first": block("print('first')"),
        "bad": block("1 / 0", caption="The bad one"),
        "after": block("print('after')"),
        "last": block("print('last')", session="isolated"),
    },
)
SCENARIOS = (ORDER, NEEDS, FAILING)


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """One site: this tests the page's scripts, which don't depend on the host."""
    return make_site("order", Plan("sphinx", SCENARIOS))


def wait_for_all(live: LivePage, *keys: str) -> None:
    for key in keys:
        live.cell(key).wait_for("done")


def runs(live: LivePage, *keys: str) -> list[str | None]:
    """The numbers of the runs whose results are shown."""
    return [live.cell(key).locator.get_attribute("data-run") for key in keys]


def test_runs_queue_in_the_order_of_clicks(open_page: OpenPage, site: Site) -> None:
    live = open_page(ORDER, site)
    clicked = ("begin", "end", "middle", "other", "isolated")
    for key in clicked:
        live.cell(key).run()
    wait_for_all(live, *clicked)
    assert runs(live, *clicked) == ["1", "2", "3", "4", "5"]
    assert live.cell("end").text.strip() == "['begin', 'end']"
    assert live.cell("end").run_to("done").strip() == "['begin', 'end', 'middle', 'end']"
    expect(live.cell("end").locator.get_by_text("Run 6", exact=True)).to_be_visible()


def test_run_pressed_twenty_times_runs_the_example_once(open_page: OpenPage, site: Site) -> None:
    live = open_page(ORDER, site)
    cell = live.cell("end")
    cell.locator.evaluate("cell => { for (let i = 0; i < 20; i++) cell.run(); }")
    cell.wait_for("done")
    assert cell.text.strip() == "['end']"
    assert cell.states == ["loading", "running", "done"]


def test_run_all_runs_every_example_from_top_to_bottom(open_page: OpenPage, site: Site) -> None:
    live = open_page(ORDER, site)
    live.cell("middle").choose("Run all")
    wait_for_all(live, *VISIBLE)
    assert runs(live, *VISIBLE) == ["1", "2", "3", "4", "5"]
    assert live.cell("end").text.strip() == "['begin', 'middle', 'end']"
    assert live.cell("setup").state == "idle"


def test_run_above_runs_the_earlier_examples_of_the_session_only(
    open_page: OpenPage,
    site: Site,
) -> None:
    live = open_page(ORDER, site)
    live.cell("end").choose("Run above")
    wait_for_all(live, "begin", "middle")
    assert runs(live, *VISIBLE) == ["1", None, None, "2", None]
    assert live.cell("end").state == "idle"
    for key in ("begin", "other", "isolated"):
        above = live.cell(key).open_menu().get_by_role("menuitem", name="Run above")
        expect(above).to_be_disabled()
        above.click(force=True)
        expect(above).to_be_visible()
        live.page.keyboard.press("Escape")


def test_more_is_a_menu_for_the_keyboard_too(open_page: OpenPage, site: Site) -> None:
    live = open_page(ORDER, site)
    cell, press = live.cell("middle"), live.page.keyboard.press
    cell.button("Run").focus()
    more, menu = cell.button("More"), cell.locator.get_by_role("menu", name="More")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    press("Enter")
    expect(menu).to_be_visible()
    expect(more).to_have_attribute("aria-expanded", "true")
    items = menu.get_by_role("menuitem")
    names = items.all_inner_texts()
    assert {"Reset", "Run all", "Run above", "Restart Python"} <= set(names)
    for name in [*names, names[0]]:  # and round to the first
        expect(menu.get_by_role("menuitem", name=name, exact=True)).to_be_focused()
        press("ArrowDown")
    for key, name in {"End": names[-1], "Home": names[0], "ArrowUp": names[-1], "a": "Add files"}.items():
        press(key)
        expect(menu.get_by_role("menuitem", name=name, exact=True)).to_be_focused()
    press("Escape")
    expect(menu).to_have_count(0)
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")
    press("Space")
    expect(menu).to_be_visible()
    more.click()
    expect(menu).to_have_count(0)
    more.click()
    live.page.mouse.click(1, 1)
    expect(menu).to_have_count(0)
    more.focus()
    press("Enter")
    press("Tab")  # leaves the menu, for what comes after its button
    expect(menu).to_have_count(0)
    expect(more).not_to_be_focused()
    more.focus()
    to_run_above = ["ArrowDown"] * names.index("Run above")
    for key in ("Enter", *to_run_above, "Enter"):  # as fast as possible
        press(key)
    expect(menu).to_have_count(0)
    expect(more).to_be_focused()
    live.cell("begin").wait_for("done")


def test_examples_after_a_failed_one_do_not_run(open_page: OpenPage, site: Site) -> None:
    live = open_page(FAILING, site)
    live.cell("first").choose("Run all")
    live.cell("bad").wait_for("error")
    assert live.cell("first").text.strip() == "first"
    for key in ("after", "last"):
        cell = live.cell(key)
        cell.wait_for("stopped")
        assert cell.states == ["loading", "stopped"]
        expect(cell.output).to_have_text("Not run, because The bad one failed.")
        assert cell.locator.get_attribute("data-run") is None
    live.cell("last").button("The bad one").click()
    expect(live.cell("bad").button("Run")).to_be_focused()
    assert live.cell("after").run_to("done").strip() == "after"


def test_stop_ends_the_following_examples_too(open_page: OpenPage, site: Site) -> None:
    live = open_page(NEEDS, site)
    live.cell("on endless").run()
    endless = live.cell("endless")
    expect(endless.output).to_contain_text("on")
    endless.stop()
    endless.wait_for("stopped")
    cell = live.cell("on endless")
    cell.wait_for("stopped")
    expect(cell.output).to_have_text("Not run, because it needs endless, which was stopped.")


def test_a_needed_example_that_is_removed_while_it_runs_blocks_no_other(
    open_page: OpenPage,
    site: Site,
) -> None:
    live = open_page(NEEDS, site)
    removed = NEEDS.position("endless")
    live.cell("on endless").run()
    expect(live.cell("endless").output).to_contain_text("on")
    live.cell("endless").locator.evaluate("cell => cell.remove()")
    waiting = live.at(NEEDS.position("on endless") - 1)
    waiting.wait_for("stopped")
    expect(waiting.output).to_contain_text("Not run, because")
    assert live.at(removed - 1).state == "idle"
    assert live.cell("base").run_to("done") == ""


def test_what_an_example_needs_runs_first_once_and_only_if_necessary(open_page: OpenPage, site: Site) -> None:
    live = open_page(NEEDS, site)
    cell, base, side = live.cell("top"), live.cell("base"), live.cell("side")
    assert cell.run_to("done").strip() == "1 2 base side top"
    assert (base.state, side.state) == ("done", "done")
    assert runs(live, "base", "side", "top") == ["1", "2", "3"]
    assert cell.run_to("done").strip() == "1 2 base side top top"
    assert runs(live, "base", "side", "top") == ["1", "2", "4"]


def test_a_needed_example_runs_again_after_an_edit(open_page: OpenPage, site: Site) -> None:
    live = open_page(NEEDS, site)
    cell, side = live.cell("top"), live.cell("side")
    cell.run_to("done")
    side.write("ran.append('edited')\nside = 10")
    assert cell.run_to("done").strip() == "1 10 base side top edited top"
    live.cell("base").write("base = 5")
    assert cell.run_to("done").strip() == "5 10 base side top edited top edited top"
    # The reader ran it, so the outputs that depend on it are stale.
    live.cell("base").run_to("done")
    assert cell.run_to("done").split()[-2:] == ["edited", "top"]
    side.choose("Reset")
    assert cell.run_to("done").split()[-2:] == ["side", "top"]


def test_a_needed_example_runs_again_after_a_restart(open_page: OpenPage, site: Site) -> None:
    live = open_page(NEEDS, site)
    cell = live.cell("top")
    cell.run_to("done")
    cell.choose("Restart Python")
    expect(cell.status).to_have_text("Python was restarted")
    assert cell.run_to("done").strip() == "1 2 base side top"
    assert runs(live, "base", "side", "top") == ["4", "5", "6"]


def test_an_example_names_the_needed_example_that_failed(open_page: OpenPage, site: Site) -> None:
    live = open_page(NEEDS, site)
    cell, between = live.cell("on that"), live.cell("on broken")
    cell.run()
    cell.wait_for("error")
    assert cell.states == ["loading", "error"]
    for waiting in (cell, between):
        expect(waiting.output).to_have_text("Not run, because it needs Broken on purpose, which failed.")
    assert "ZeroDivisionError" in live.cell("broken").text
    live.cell("broken").write("mended = 1")
    assert cell.run_to("done").strip() == "never"
    assert between.text.strip() == "never"
