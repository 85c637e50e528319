"""A cell on the whole window: code and output side by side, and the page as it was afterwards."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell

WIDE = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 700}

LONG = "\n".join(f"line_{number} = {number}" for number in range(80))

FULL_SCREEN = Scenario(
    "full-screen",
    {
        "first": block("print('first')"),
        "long": block(f"{LONG}\nfor number in range(100):\n    print('line', number)", caption="A long one"),
        "last": block("print('last')"),
    },
)

LAYOUT = """cell => {
    const box = (element) => element.getBoundingClientRect().toJSON();
    const root = cell.shadowRoot;
    return [".body", "[role=log]", ".run"].map((part) => box(root.querySelector(part)));
}"""


def enter(cell: Cell) -> None:
    """Let the cell have the window."""
    cell.choose("Full screen")
    expect(cell.button("Exit full screen")).to_be_visible()


def test_a_cell_has_the_window_and_gives_it_back(open_page: OpenPage, make_site: MakeSite) -> None:
    live = open_page(FULL_SCREEN, make_site("full-screen", Plan("sphinx", [FULL_SCREEN])))
    page, cell = live.page, live.cell("long")
    page.set_viewport_size(WIDE)
    cell.write(f"{LONG}\nfor number in range(100):\n    print('line', number)\n# mine")
    cell.run_to("done")
    cell.locator.locator(".cm-editor").evaluate("editor => { window.editor = editor }")
    cell.open_menu()  # scrolls it into view
    before = page.evaluate("[scrollY, document.documentElement.scrollHeight]")
    page.keyboard.press("Escape")
    enter(cell)
    expect(cell.button("More")).to_be_focused()

    code, output, run = cell.locator.evaluate(LAYOUT)
    assert code["right"] <= output["left"] < output["right"] <= WIDE["width"]
    assert output["height"] > WIDE["height"] / 2
    assert 0 <= run["top"] < run["bottom"] <= WIDE["height"]  # stays in sight below long code
    shoot(live.page, "wide")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "Boolean(document.activeElement.closest('[data-full-screen]'))"
        ) or page.evaluate("document.activeElement === document.body")
    page.set_viewport_size(PHONE)
    code, output, run = cell.locator.evaluate(LAYOUT)
    assert code["bottom"] <= output["top"] < output["bottom"] <= PHONE["height"]
    assert 0 <= run["left"] < run["right"] <= PHONE["width"]
    shoot(live.page, "phone")
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="dark")
    shoot(live.page, "dark")

    # Escape in the editor lets Tab leave, as everywhere; the second one leaves the full screen.
    cell.editor.click()
    page.keyboard.press("Escape")
    expect(cell.button("Exit full screen")).to_be_visible()
    page.keyboard.press("Escape")
    expect(cell.button("Exit full screen")).to_have_count(0)
    expect(cell.editor).to_be_focused()
    assert cell.locator.locator(".cm-editor").evaluate("editor => editor === window.editor")
    assert "line 99" in cell.text
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight]") == before
    assert page.evaluate("document.querySelectorAll('[inert]').length") == 0
    expect(cell.editor).to_contain_text("line_79 = 79")

    # The other ways out, and one at a time.
    enter(cell)
    page.keyboard.press("Escape")
    expect(cell.button("More")).to_be_focused()
    enter(cell)
    cell.button("Exit full screen").click()
    expect(cell.button("Run")).to_be_focused()
    enter(cell)
    cell.locator.evaluate("cell => cell.remove()")  # as instant navigation does
    page.wait_for_function("document.querySelectorAll('[inert]').length === 0")
    assert live.at(1).run_to("done").strip() == "last"


def shoot(page: object, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")
