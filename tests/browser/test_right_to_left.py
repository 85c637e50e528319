"""Code and output on pages that are written from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Host, Plan
from tests.browser.test_themes import ARTIFACTS, PHONE

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage

HEBREW = Scenario(
    "hebrew",
    {
        "code": block("""
            print("result: x = 5 (ok).")
            print("[1, 2, 3] -> ./out/data.csv")
            print("שלום")
            print(["אלף", "בית"], "0  דנה  30")
            names = ["אלף", "בית"], [number / 0 for number in [1, 2, 3]] if input("n = ") else "כן"
        """),
    },
)

LINES = """
pre => {
    const found = [];
    const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); )
        [...node.data].forEach((character, index) => {
            const range = new Range();
            range.setStart(node, index);
            range.setEnd(node, index + 1);
            const { x, y, width } = range.getBoundingClientRect();
            if (character.trim()) found.push({ character, x, line: Math.round(y / 8), width });
        });
    return Object.values(Object.groupBy(found, ({ line }) => line)).map((line) =>
        [line.sort((one, other) => one.x - other.x).map(({ character }) => character).join(""), line[0].x]);
}
"""
"""Each line as it is seen: its characters from left to right, and its left edge."""


def seen(live: LivePage, selector: str) -> dict[str, float]:
    """The lines of an element, with their left edges relative to the first one."""
    lines: list[tuple[str, float]] = live.cell("code").locator.locator(selector).first.evaluate(LINES)
    return {text: x - lines[0][1] for text, x in lines}


@pytest.mark.parametrize("chosen", ["sphinx", "mkdocs"])
def test_code_and_output_run_from_left_to_right_and_words_as_they_are_read(
    chosen: Host, make_site: MakeSite, open_page: OpenPage
) -> None:
    plan = (
        Plan("sphinx", [HEBREW], theme="alabaster")
        if chosen == "sphinx"
        else Plan("mkdocs", [HEBREW], pyrun={"language": "en"}, theme_options={"language": "he"})
    )
    live = open_page(HEBREW, make_site(f"rtl-{chosen}", plan))
    live.page.evaluate("document.documentElement.dir = document.body.dir = 'rtl'")
    cell = live.cell("code")
    cell.edit()
    cell.run()
    cell.wait_for("input")
    expect(cell.prompt("n =")).to_have_css("direction", "ltr")
    expect(cell.prompt("n =")).to_be_focused()
    live.page.keyboard.type("a")
    live.page.keyboard.press("Enter")
    cell.wait_for("error")
    live.page.set_viewport_size(PHONE)
    live.page.screenshot(path=ARTIFACTS / f"rtl-{chosen}-phone.png", full_page=True)

    lines = seen(live, "[role=log] pre")
    assert list(lines)[:4] == ["result:x=5(ok).", "[1,2,3]->./out/data.csv", "םולש", "['ףלא','תיב']0הנד30"]
    assert all(abs(x) < 1 for x in list(lines.values())[:4]), lines
    code = seen(live, ".cm-content")
    assert 'print(["ףלא","תיב"],"0הנד30")' in code, code
    for part in ("[role=log] pre", ".cm-line", ".traceback"):
        shown = cell.locator.locator(part).first
        assert shown.evaluate("element => getComputedStyle(element).direction") == "ltr", part
    run, more = (cell.button(name).bounding_box() for name in ("Run", "More"))
    assert run is not None
    assert more is not None
    assert run["x"] > more["x"], "the toolbar follows the page"

    # The marks stand below what they mark, though the line is longer than a phone is wide.
    traceback = list(seen(live, ".traceback"))
    code_line = next(row for row, line in enumerate(traceback) if line.startswith("names="))
    assert set(traceback[code_line + 1]) <= {"~", "^"}, traceback
    link = cell.output.get_by_role("button", name="line 5")
    link.first.click()
    assert cell.editor.evaluate("() => getSelection().anchorNode.textContent").startswith("names")
