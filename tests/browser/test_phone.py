"""Phones: a row of keys that soft keyboards lack, and outputs that fit the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.sites import Site

PHONE = Scenario(
    "phone",
    {
        "code": block("\n".join(f"line_{number} = {number}" for number in range(40))),
        "asks": block("input('Name? ')"),
        "console": block("", console=None),
        "width": block("""
            import shutil
            print("=" * shutil.get_terminal_size().columns)
        """),
    },
)
SMALLEST_PX = 24

ROWS = """
pre => Math.round(pre.getBoundingClientRect().height / parseFloat(getComputedStyle(pre).lineHeight))
"""


GO_TO = "((field, line) => getSelection().collapse(field.querySelectorAll('.cm-line')[line], 0))"


def device(width: int) -> dict[str, Any]:
    """A touch screen."""
    size = {"width": width, "height": 640}
    return {"viewport": size, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def phone(make_site: MakeSite) -> Site:
    """One site: phones don't depend on the host."""
    return make_site("phone", Plan("sphinx", [PHONE]))


def test_the_row_of_keys_types_without_taking_the_focus(phone: Site, open_page: OpenPage) -> None:
    live = open_page(PHONE, phone, **device(320))
    page = live.page
    keys = page.get_by_role("toolbar", name="Keys for code")
    cell = live.cell("code")
    cell.locator.locator("pre").first.tap()
    expect(cell.editor).to_be_focused()
    for name in ("autocapitalize", "autocorrect", "spellcheck"):
        assert cell.editor.get_attribute(name) in {"off", "false", "none"}
    expect(keys).to_be_visible()
    assert [key.inner_text() for key in keys.get_by_role("button").all()] == [
        *("Tab", "(", ")", "[", "]"),
        *':=_"',
    ]
    for key in keys.get_by_role("button").all():
        box = key.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_PX
    row = keys.bounding_box()
    assert row is not None
    assert (row["width"], round(row["y"] + row["height"])) == (320, 640)
    cell.editor.press("Control+End")
    expect(keys).to_be_hidden()  # a real keyboard
    page.locator("h1").tap()
    cell.locator.locator(".cm-line").first.tap()
    cell.editor.evaluate(f"field => {GO_TO}(field, 0)")
    for name in ("Tab", "("):
        keys.get_by_role("button", name=name, exact=True).tap()
    expect(cell.editor).to_be_focused()
    expect(cell.editor.locator(".cm-line").first).to_have_text("    (line_0 = 0")
    page.locator("h1").tap()
    expect(keys).to_be_hidden()
    console = live.cell("console").locator
    console.locator("pre").first.tap()
    expect(console.get_by_role("textbox", name="Python console")).to_be_focused()
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="[").tap()
    expect(console.get_by_role("textbox")).to_have_text("[")


def test_the_cursor_stays_above_the_keys(phone: Site, open_page: OpenPage) -> None:
    live = open_page(PHONE, phone, **device(390))
    cell = live.cell("code")
    cell.locator.locator("pre").first.tap()
    keys = live.page.get_by_role("toolbar", name="Keys for code")
    expect(keys).to_be_visible()
    live.page.set_viewport_size({"width": 390, "height": 300})  # as a soft keyboard does
    cell.editor.evaluate(
        "field => document.getSelection().collapse(field.querySelectorAll('.cm-line')[20], 0)"
    )
    live.page.evaluate("document.execCommand('insertText', false, 'x')")
    line = cell.editor.locator(".cm-line").nth(20).element_handle()
    above = "([line, row]) => line.getBoundingClientRect().bottom <= row.getBoundingClientRect().top"
    live.page.wait_for_function(above, arg=[line, keys.element_handle()])


def test_outputs_are_as_wide_as_the_screen_also_after_a_rotation(phone: Site, open_page: OpenPage) -> None:
    live = open_page(PHONE, phone, **device(320))
    cell = live.cell("width")
    lengths = []
    for width in (320, 390, 768, 320):
        live.page.set_viewport_size({"width": width, "height": 640})
        text = cell.run_to("done").strip()
        lengths.append(len(text))
        assert cell.output.locator("pre").evaluate(ROWS) == 1
    assert lengths[0] < lengths[1] < lengths[2]
    assert lengths[3] == lengths[0]
    asks = live.cell("asks")
    asks.run()
    asks.wait_for("input")
    prompt = asks.prompt("Name?")
    for name in ("autocapitalize", "autocorrect", "spellcheck"):
        assert prompt.get_attribute(name) in {"off", "false", "none"}
