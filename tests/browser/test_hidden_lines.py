"""Lines that are folded away: readers open them, they run, and a failure in them opens them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.routes import Held
from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell
    from tests.browser.sites import Site

HIDDEN = Scenario(
    "hidden-lines",
    {
        "failing": block("""
            # pyrun: hide
            secret = 6
            def fail():
                raise ValueError("hidden")
            # pyrun: show
            print(secret * 7)
            fail()
        """),
        "interactive": block(
            "a = 1\na + 1\nb = 1\na + 2",
            hide_lines="1-3",
            hidden_lines_in="none",
            interactive=None,
            linenos="",
        ),
    },
)
SCENARIOS = (HIDDEN,)


def numbers_of(cell: Cell) -> list[str]:
    """The line numbers in sight."""
    return [text.strip() for text in cell.locator.locator(".linenos").all_inner_texts() if text.strip()]


def test_copy_leaves_them_out_while_the_editor_loads(open_page: OpenPage, site: Site) -> None:
    editor = Held(re.compile(r"/editor-[^/]+\.js"))
    live = open_page(HIDDEN, site, before=editor)
    live.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = live.cell("interactive")
    cell.copy()
    expect(cell.status).to_have_text("Copied")
    assert live.page.evaluate("navigator.clipboard.readText()") == "a + 2"
    editor.release()


def test_hidden_lines_run_and_open_for_readers_and_for_failures(open_page: OpenPage, site: Site) -> None:
    live = open_page(HIDDEN, site)
    page = live.page
    cell = live.cell("failing")
    summary = cell.locator.locator("summary")
    expect(summary).to_have_accessible_name("Show 3 lines")
    assert "secret = 6" not in cell.locator.inner_text()

    summary.focus()
    control = cell.locator.get_by_role("button", name="Show 3 lines")
    expect(control).to_be_focused()
    cell.run_to("error")
    assert "line 3, in fail" in cell.text
    assert "42" in cell.text
    expect(cell.editor).to_contain_text("secret = 6")
    expect(cell.locator.locator(".pyrun-marked-line")).to_contain_text("raise")
    expect(control).to_have_count(0)

    other = live.cell("interactive")
    other.edit()
    opener = other.locator.get_by_role("button", name="Show 3 lines")
    assert numbers_of(other) == ["4"]
    other.run_to("done")
    expect(other.locator.get_by_role("group", name="Output of line 2")).to_be_visible()
    # Typing at the edge of folded lines opens them.
    other.editor.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("#")
    expect(opener).to_have_count(0)
    assert numbers_of(other) == ["1", "2", "3", "4"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+Shift+BracketLeft")
    expect(opener).to_be_visible()
