"""Commands of the editor: find and replace, go to a line, rename, several cursors, and large pastes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.routes import without_python
from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell
    from tests.browser.sites import Site

COMMANDS = Scenario(
    "commands",
    {
        "commands": block("""
            def area(radius):
                total = radius ** 2
                return total

            total = area(2)
            print(total)
        """),
        "long": block("\n".join(f"def f{number}():\n    return {number}" for number in range(2500))),
    },
)
SCENARIOS = (COMMANDS,)

SLOWEST_KEY_MS = 16 * 6
"""A key may take 16 ms on a quiet machine (`docs/reference/benchmarks.md`). Tests share theirs."""

LONGEST_PASTE_MS = 1000
PASTED_CHARACTERS = 1_000_000

KEY = """async editor => {
    const times = [];
    for (let key = 0; key < 15; key++) {
        const begin = performance.now();
        document.execCommand("insertText", false, "x");
        editor.getBoundingClientRect();
        times.push(performance.now() - begin);
        await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return times.sort((one, other) => one - other)[7];
}"""

PASTE = """editor => {
    const data = new DataTransfer();
    data.setData("text/plain", "word = 'pasted'\\n".repeat(65536));
    const begin = performance.now();
    const init = { clipboardData: data, bubbles: true, cancelable: true };
    editor.dispatchEvent(new ClipboardEvent("paste", init));
    return performance.now() - begin;
}"""


def code_of(cell: Cell) -> str:
    """The code in the editor, by its lines."""
    return "\n".join(cell.editor.locator(".cm-line").all_inner_texts())


def test_the_commands_stay_in_their_cell(open_page: OpenPage, site: Site) -> None:
    live = open_page(COMMANDS, site, before=without_python)
    page = live.page
    page.evaluate("globalThis.heard = []; addEventListener('keydown', ({ key }) => heard.push(key), true)")
    cell = live.cell("commands")
    cell.edit()
    cell.editor.focus()
    written = code_of(cell)
    page.keyboard.press("Control+Home")
    find_and_replace(cell)
    assert code_of(cell) == written.replace("total", "sum_of")
    page.keyboard.press("Control+z")
    assert code_of(cell) == written
    go_to_line(cell)
    rename(cell)
    assert code_of(cell).count("square") == 2
    page.keyboard.press("Control+z")
    assert code_of(cell) == written
    page.keyboard.press("Control+d")
    page.keyboard.press("Control+d")
    page.keyboard.type("q")
    expect(cell.editor.locator(".pyrun-cursor")).to_have_count(1)
    assert code_of(cell).count("q = ") == 1
    page.keyboard.press("Escape")
    page.keyboard.press("Control+/")
    expect(cell.editor.locator(".cm-line").nth(1)).to_contain_text("# ")
    assert {*"total", "F3"}.isdisjoint(page.evaluate("heard"))

    long = live.cell("long")
    long.edit()
    long.editor.focus()
    assert long.editor.evaluate(KEY) < SLOWEST_KEY_MS
    assert long.editor.evaluate(PASTE) < LONGEST_PASTE_MS
    code = page.locator("pyrun-cell").nth(1).evaluate("cell => cell.sourceFile.code.length")
    assert code > PASTED_CHARACTERS


def find_and_replace(cell: Cell) -> None:
    """Replace one word by another, everywhere."""
    keyboard = cell.page.keyboard
    keyboard.press("Control+f")
    panel = cell.locator.get_by_role("group", name="Find and replace")
    field = panel.get_by_role("textbox", name="Find")
    expect(field).to_be_focused()
    keyboard.type("total")
    expect(panel.get_by_role("status")).to_have_text("4 matches")
    keyboard.press("Enter")
    keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("2 of 4")
    panel.get_by_role("textbox", name="Replace with").fill("sum_of")
    panel.get_by_role("button", name="Replace all").click()
    panel.get_by_role("checkbox", name="Regular expression").check()
    field.fill("(")
    expect(panel.get_by_role("status")).to_have_text("This is not a regular expression.")
    keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(cell.editor).to_be_focused()


def go_to_line(cell: Cell) -> None:
    """Go to the first name in the second line."""
    keyboard = cell.page.keyboard
    keyboard.press("Control+Alt+g")
    line = cell.locator.get_by_role("textbox", name="Line")
    line.fill("99")
    keyboard.press("Enter")
    expect(cell.locator.get_by_text("Lines are numbered from 1 to 6.")).to_be_visible()
    line.fill("2")
    keyboard.press("Enter")
    expect(cell.editor).to_be_focused()
    keyboard.press("Control+ArrowRight")


def rename(cell: Cell) -> None:
    """Rename the variable at the cursor."""
    keyboard = cell.page.keyboard
    keyboard.press("F2")
    name = cell.locator.get_by_role("textbox", name="New name")
    expect(name).to_have_value("total")
    name.fill("radius")
    keyboard.press("Enter")
    expect(cell.locator.get_by_text("This name is already used.")).to_be_visible()
    name.fill("square")
    keyboard.press("Enter")
    expect(cell.locator.get_by_text("Renamed in 2 places")).to_be_visible()
