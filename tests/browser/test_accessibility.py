"""Readers without a mouse, and readers who have asked their system for more contrast or other colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.live_page import Cell, LivePage

SCENARIOS = [
    Scenario(
        "keyboard",
        {
            "ask": block('name = input("Your name? ")\nprint("Hello,", name)'),
            "loop": block("while True:\n    pass"),
        },
    )
]

FOCUSED = """() => {
  let element = document.activeElement;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (element === document.body) return "nothing";
  return element.getAttribute("aria-label") ?? element.textContent.trim();
}"""
MOST_TABS = 30


def focused(live: LivePage) -> str:
    """The name of what has the focus."""
    return str(live.page.evaluate(FOCUSED))


def tab_to(live: LivePage, name: str) -> list[str]:
    """Press Tab until something of this name has the focus; return the names on the way."""
    passed: list[str] = []
    while not passed or passed[-1] != name:
        live.page.keyboard.press("Tab")
        passed.append(focused(live))
        assert len(passed) < MOST_TABS, passed
    return passed


def into(live: LivePage, cell: Cell) -> None:
    """Move the focus to the code of an example, which becomes an editor."""
    while not cell.locator.evaluate("cell => cell.matches(':focus-within')"):
        live.page.keyboard.press("Tab")
        assert focused(live) != "nothing"
    expect(cell.editor).to_be_focused()


def test_a_reader_needs_no_mouse(live: LivePage) -> None:
    keys = live.page.keyboard
    ask, loop = live.cell("ask"), live.cell("loop")

    into(live, ask)
    keys.press("Control+End")
    keys.type("\nprint('typed')")
    keys.press("Escape")
    tab_to(live, "Run")
    keys.press("Enter")
    ask.wait_for("input")
    expect(ask.prompt("Your name?")).to_be_focused()
    keys.type("Ada")
    keys.press("Enter")
    ask.wait_for("done")
    expect(ask.output).to_contain_text("Hello, Ada\ntyped")
    assert focused(live) == "Run"

    tab_to(live, "More")
    keys.press("Enter")
    expect(ask.locator.get_by_role("menu", name="More")).to_be_visible()
    expect(ask.locator.get_by_role("menuitem").first).to_be_focused()
    keys.press("ArrowDown")
    expect(ask.locator.get_by_role("menuitem").nth(1)).to_be_focused()
    keys.press("Escape")
    assert focused(live) == "More"
    keys.press("Enter")
    expect(ask.locator.get_by_role("menuitem").first).to_be_focused()
    while focused(live) != "Reset":
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(ask.editor).not_to_contain_text("typed")
    assert focused(live) == "More"

    into(live, loop)
    keys.press("Escape")
    tab_to(live, "Run")
    keys.press("Enter")
    loop.wait_for("running")
    assert focused(live) == "Run"
    tab_to(live, "Stop")
    keys.press("Enter")
    loop.wait_for("stopped")
    assert focused(live) == "Run"

    keys.press("Shift+Tab")  # and back, out of the editor
    keys.press("Shift+Tab")
    keys.press("Escape")
    keys.press("Shift+Tab")
    assert ask.locator.evaluate("cell => cell.matches(':focus-within')")


def test_the_focus_stays_in_the_example_when_its_output_is_cleared(live: LivePage) -> None:
    cell = live.cell("ask")
    cell.run()
    cell.answer("Your name?", "Ada")
    cell.wait_for("done")
    tab_to(live, "Clear output")
    live.page.keyboard.press("Enter")
    expect(cell.output).to_be_empty()
    assert focused(live) == "Run"


def test_controls_have_borders_in_high_contrast(live: LivePage) -> None:
    cell = live.cell("ask")
    cell.point()
    colours = "button => [getComputedStyle(button).borderTopColor, getComputedStyle(button).color]"
    live.page.emulate_media(contrast="more")
    border, text = cell.button("Run").evaluate(colours)
    assert border == text
    live.page.emulate_media(contrast="no-preference", forced_colors="active")
    for name in ("Run", "More", "Copy"):
        border, text = cell.button(name).evaluate(colours)
        assert border != "rgba(0, 0, 0, 0)", name
    live.page.emulate_media(forced_colors="none")
