"""The editor: how it loads, what its keys do, and what happens to the reader's edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

CLIPBOARD = ["clipboard-read", "clipboard-write"]

EDITING = Scenario(
    "editing",
    {
        "first": block("print('first')"),
        "hover": block("'hover'"),
        "focus": block("'focus'"),
        "click": block("click_here = 'click'"),
        "edit": block("print('as written')"),
        "reset": block("print('original')"),
        "keys": block("print('keys')"),
        "indent": block("if True:\n    print('indented')"),
        "readonly": block("print('read only')", readonly=None),
        "copy": block("print('copy me')"),
        "last": block("print('last')"),
    },
)
SCENARIOS = (EDITING,)


def code_of(cell: Cell) -> str:
    """The code in the editor, by its lines."""
    return "\n".join(cell.editor.locator(".cm-line").all_inner_texts())


def test_hovering_loads_the_editor(live: LivePage) -> None:
    cell = live.cell("hover")
    expect(cell.editor).to_have_count(0)
    cell.locator.hover()
    expect(cell.editor).to_be_visible()
    assert code_of(cell) == "'hover'"


def test_focus_loads_the_editor_and_moves_into_it(live: LivePage) -> None:
    cell = live.cell("focus")
    cell.locator.get_by_role("group", name="Python code, focus to edit").focus()
    expect(cell.editor).to_be_focused()


@pytest.mark.both_hosts("the markup of the block is of the host")
def test_a_click_puts_the_cursor_at_the_clicked_position(open_page: OpenPage, site: Site) -> None:
    cell = open_page(EDITING, site).cell("click")
    block_of_code = cell.locator.locator("pre").first
    # A touch or a quick click has no hover before it.
    place = block_of_code.evaluate("""block => {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf("here");
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at);
            block.scrollIntoView({ block: "center", behavior: "instant" });
            const { x, y, height } = range.getBoundingClientRect();
            return [x, y + height / 2];
        }
    }""")
    cell.page.mouse.click(*place)
    expect(cell.editor).to_be_focused()
    cell.page.keyboard.insert_text("_right_")
    expect(cell.editor).to_have_text("click__right_here = 'click'")


def test_edited_code_is_what_runs(live: LivePage) -> None:
    cell = live.cell("edit")
    cell.write("print('as', 'edited')")
    assert cell.run_to("done").strip() == "as edited"


def test_code_that_was_deleted_entirely_runs_as_empty_code(live: LivePage) -> None:
    cell = live.cell("edit")
    cell.write("")
    assert cell.run_to("done") == ""
    cell.choose("Reset")
    assert cell.run_to("done").strip() == "as written"


def test_reset_restores_the_original_and_can_be_undone(live: LivePage) -> None:
    cell = live.cell("reset")
    cell.write("print('mine')")
    assert cell.run_to("done").strip() == "mine"
    cell.choose("Reset")
    expect(cell.editor).to_have_text("print('original')")
    assert cell.state == "idle"
    assert cell.text == ""
    expect(cell.status).to_have_text("Original code restored")
    cell.edit()
    cell.page.keyboard.press("Control+z")
    expect(cell.editor).to_have_text("print('mine')")
    assert cell.run_to("done").strip() == "mine"


def test_control_enter_and_shift_enter_run_and_type_nothing(live: LivePage) -> None:
    cell = live.cell("keys")
    cell.edit()
    for keys in ("Control+Enter", "Shift+Enter"):
        before = len(cell.states)
        cell.page.keyboard.press(keys)
        cell.wait_for("done")
        assert cell.states[before:][-1] == "done", keys
        assert cell.text.strip() == "keys"
        expect(cell.editor).to_be_focused()
    assert code_of(cell) == "print('keys')"
    cell.page.keyboard.press("End")
    cell.page.keyboard.press("Enter")
    assert code_of(cell).startswith("print('keys')\n")


def test_tab_indents_and_escape_then_tab_leaves(live: LivePage) -> None:
    cell = live.cell("indent")
    cell.edit()
    cell.page.keyboard.press("Control+Home")
    cell.page.keyboard.press("Tab")
    assert code_of(cell).startswith("    if True:")
    expect(cell.editor).to_be_focused()
    cell.page.keyboard.press("Shift+Tab")
    assert code_of(cell) == "if True:\n    print('indented')"
    expect(cell.editor).to_be_focused()
    cell.page.keyboard.press("Escape")
    cell.page.keyboard.press("Tab")
    expect(cell.button("Run")).to_be_focused()


def test_enter_keeps_the_indentation(live: LivePage) -> None:
    cell = live.cell("indent")
    cell.edit()
    cell.page.keyboard.press("Control+End")
    cell.page.keyboard.press("Enter")
    cell.page.keyboard.type("print(2)")
    assert code_of(cell).endswith("\n    print(2)")
    cell.choose("Reset")


def test_a_read_only_example_runs_and_cannot_be_changed(live: LivePage) -> None:
    cell = live.cell("readonly")
    cell.edit()
    expect(cell.editor).to_have_attribute("aria-readonly", "true")
    cell.page.keyboard.insert_text("x")
    cell.page.keyboard.press("Delete")
    assert code_of(cell) == "print('read only')"
    assert cell.run_to("done").strip() == "read only"


def test_copy_copies_the_code_as_it_would_run(open_page: OpenPage, site: Site) -> None:
    cell = open_page(EDITING, site, permissions=CLIPBOARD).cell("copy")
    cell.copy()
    expect(cell.status).to_have_text("Copied")
    assert cell.page.evaluate("navigator.clipboard.readText()") == "print('copy me')"
    cell.write("edited = 1")
    cell.copy()
    cell.page.wait_for_function("async () => await navigator.clipboard.readText() === 'edited = 1'")


@pytest.mark.both_hosts("the theme has links before the example")
def test_a_reader_gets_from_the_top_of_the_page_to_a_result_by_keyboard_alone(
    open_page: OpenPage, site: Site
) -> None:
    live = open_page(EDITING, site)
    cell = live.cell("first")
    keyboard = live.page.keyboard
    inside = "cell => cell.contains(document.activeElement)"
    for _ in range(60):
        keyboard.press("Tab")
        if cell.locator.evaluate(inside):
            break
    expect(cell.editor).to_be_focused()
    keyboard.press("Control+a")
    keyboard.type("print('typed')")
    keyboard.press("Escape")
    keyboard.press("Tab")
    expect(cell.button("Run")).to_be_focused()
    keyboard.press("Enter")
    cell.wait_for("done")
    assert cell.text.strip() == "typed"
    for name in ("More", "Copy"):  # Stop is hidden
        keyboard.press("Tab")
        expect(cell.button(name)).to_be_focused()
    keyboard.press("Tab")
    expect(cell.output).to_be_focused()


def test_an_edit_survives_when_the_cell_is_moved_in_the_page(live: LivePage) -> None:
    cell = live.cell("last")
    cell.write("print('kept')")
    cell.locator.evaluate("cell => cell.parentElement.append(cell)")
    expect(cell.editor).to_have_text("print('kept')")
    assert cell.run_to("done").strip() == "kept"


def test_an_edit_survives_when_the_cell_is_removed_for_a_while(live: LivePage) -> None:
    cell = live.cell("last")
    cell.write("print('kept')")
    cell.locator.evaluate("""cell => new Promise((resolve) => {
        const { parentElement } = cell;
        cell.remove();
        setTimeout(() => { parentElement.append(cell); resolve(); });
    })""")
    expect(cell.locator).to_contain_text("print('kept')")
    assert cell.run_to("done").strip() == "kept"
