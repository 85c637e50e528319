"""Consoles: what a reader types at a prompt runs statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import BOOT_TIMEOUT_MS
from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.live_page import Cell, LivePage

START = """
>>> words = ['a', 'b']
>>> for word in words:
...     print(word)
...
a
b
"""
CONSOLES = Scenario(
    "console",
    {
        "empty": block("", console=None),
        "own": block("", console=None, session="isolated"),
        "start": block(START, console=None),
        "saved": block("", console=None, session="isolated"),
        "page": block("shared = 'of the page'"),
    },
)
SCENARIOS = (CONSOLES,)

SEEN_KEYS = """
window.seenKeys = [];
for (const type of ["keydown", "keypress", "keyup", "beforeinput", "input"])
    document.addEventListener(type, ({ type, key }) => seenKeys.push([type, key]));
"""
"""A theme that listens to everything."""

ACCEPTED_WORD = """
(field) => {
    for (const init of [{ keyCode: 229 }, { keyCode: 13, isComposing: true }])
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...init }));
}
"""
"""The Enter that accepts a word of an input method, in Safari and elsewhere."""

BANNER = r"Python 3\.\d+\.\d+ on emscripten"


class Console:
    """One console."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.page: Page = cell.page
        self.field = cell.locator.get_by_role("textbox", name="Python console")
        self.transcript = cell.locator.get_by_role("log", name="Transcript")
        self.entries = self.transcript.locator(".pyrun-entry")

    def open(self) -> None:
        """Click at the prompt, and wait for the field."""
        self.cell.locator.locator("pre").first.click()
        expect(self.field).to_be_focused()

    def type(self, text: str) -> None:
        """Press the keys for this text in the field; a line feed is Enter."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(line)

    def expect_last(self, code: str, output: str) -> None:
        """The last entry of the transcript has this code and output. Nothing is left in the field."""
        last = self.entries.last
        expect(last.locator(".pyrun-entered")).to_have_text(code, timeout=BOOT_TIMEOUT_MS)
        if output:
            expect(last.get_by_role("group", name="Output").locator(".text").last).to_have_text(output)
        expect(self.field).to_have_text("")
        expect(self.field).to_be_focused()


@pytest.fixture
def console(live: LivePage) -> Console:
    """The empty console, with the focus."""
    console = Console(live.cell("empty"))
    console.open()
    return console


def test_what_is_typed_while_python_starts_runs_in_order(live: LivePage) -> None:
    live.page.evaluate(SEEN_KEYS)
    cell = live.cell("empty")
    height = cell.locator.bounding_box()
    console = Console(cell)
    console.open()
    assert cell.locator.bounding_box() == height
    console.type("(1 +\n1)\nfor n in range(2):\nprint(n)\n\n[n\n")
    console.field.evaluate(ACCEPTED_WORD)
    console.type("for n in 'ab']\nn + 5\n")
    console.expect_last("n + 5", "6")
    entered = console.transcript.locator(".pyrun-entered").all_inner_texts()
    assert [" ".join(text.split()) for text in entered] == [
        "(1 + 1)",
        "for n in range(2): print(n)",
        "[n for n in 'ab']",
        "n + 5",
    ]
    loop = console.entries.filter(has_text="print(n)")
    assert loop.get_by_role("group", name="Output").inner_text().split() == ["0", "1"]
    expect(console.transcript).to_contain_text("Python 3.")
    assert live.page.evaluate("seenKeys.filter(([type, key]) => key !== 'Escape')") == []


def test_errors_input_stop_and_exit_are_those_of_python(console: Console) -> None:
    console.type("1 / 0\n")
    expect(console.entries.last).to_contain_text('File "<python-input-')
    expect(console.entries.last).to_contain_text("ZeroDivisionError: division by zero")
    console.type("name = input('Name? ')\n")
    console.cell.answer("Name?", "Ada")
    expect(console.field).to_be_focused()
    console.type("name\n")
    console.expect_last("name", "'Ada'")
    console.type("x = = 1\n")
    expect(console.entries.last).to_contain_text("SyntaxError")
    console.type("while True: pass\n\n")
    console.cell.wait_for("running")
    console.type("'typed meanwhile'")
    console.page.keyboard.press("Control+c")
    console.cell.wait_for("stopped")
    expect(console.entries.last).to_contain_text("KeyboardInterrupt")
    expect(console.field).to_contain_text("'typed meanwhile'")
    console.page.keyboard.press("Control+c")
    expect(console.field).to_have_text("")
    console.type("exit()\n")
    expect(console.transcript).to_contain_text("The console has ended.")
    console.type("name\n")
    console.expect_last("name", "'Ada'")


def test_the_arrow_keys_walk_through_the_history(console: Console) -> None:
    console.type("first = 1\n")
    console.type("def f():\nreturn 2\n\nother = 3\n")
    console.expect_last("other = 3", "")
    press = console.page.keyboard.press
    console.type("draft")
    press("ArrowUp")
    expect(console.field).to_have_text("draft")
    press("Control+a")
    press("Delete")
    press("ArrowUp")
    press("ArrowUp")
    expect(console.field).to_have_text("def f():    return 2")
    press("ArrowUp")
    press("ArrowUp")
    expect(console.field).to_have_text("first = 1")
    for _ in range(3):
        press("ArrowDown")
    expect(console.field).to_have_text("")
    console.type("fi")
    press("ArrowUp")
    press("Enter")
    console.expect_last("first = 1", "")
    console.type("firs")
    expect(console.page.get_by_role("listbox", name="Completions")).to_have_count(0)
    press("Tab")
    completions = console.page.get_by_role("listbox", name="Completions").get_by_role("option")
    expect(completions).to_have_text(["first"])
    completions.click()
    expect(console.field).to_have_text("first")
    press("Enter")
    console.expect_last("first", "1")


def test_control_r_searches_the_history(console: Console) -> None:
    console.type("wave = 1\nsalt = 2\nwave + 1\n")
    console.expect_last("wave + 1", "2")
    press = console.page.keyboard.press
    panel = console.cell.locator.get_by_role("group", name="Search history")
    console.type("draft")
    press("Control+r")
    expect(panel.get_by_role("textbox", name="Search history")).to_be_focused()
    console.type("wave")
    expect(console.field).to_have_text("wave + 1")
    press("Control+r")
    expect(console.field).to_have_text("wave = 1")
    press("Control+r")
    expect(panel.get_by_role("status")).to_have_text("No matches")
    press("Control+g")
    expect(console.field).to_have_text("draft")
    expect(console.field).to_be_focused()
    press("Control+r")
    console.type("salt")
    press("ArrowLeft")
    expect(console.field).to_have_text("salt = 2")
    expect(console.field).to_be_focused()
    press("Control+r")
    console.type("wave +")
    press("Enter")
    console.expect_last("wave + 1", "2")
    expect(panel).to_have_count(0)


def test_a_transcript_can_be_copied_and_its_code_saved(live: LivePage) -> None:
    live.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    console = Console(live.cell("saved"))
    menu = console.cell.open_menu()
    expect(menu.get_by_role("menuitem", name="Download")).to_have_attribute("aria-disabled", "true")
    live.page.keyboard.press("Escape")
    console.open()
    console.type("for n in 'ab':\nprint(n)\n\nn\n")
    console.expect_last("n", "'b'")
    console.cell.choose("Copy transcript")
    expect(console.cell.status).to_have_text("Copied")
    shown = live.page.evaluate("navigator.clipboard.readText()")
    assert shown == ">>> for n in 'ab':\n...     print(n)\na\nb\n>>> n\n'b'\n"
    with live.page.expect_download() as download:
        console.cell.choose("Download")
    assert download.value.suggested_filename == "console.py"
    assert download.value.path().read_text() == "for n in 'ab':\n    print(n)\nn\n"


def test_run_all_leaves_what_stands_in_consoles(live: LivePage) -> None:
    console = Console(live.cell("saved"))
    console.open()
    console.type("not_entered")
    entries = console.entries.count()
    live.cell("page").choose("Run all")
    live.cell("page").wait_for("done")
    assert console.entries.count() == entries
    expect(console.field).to_have_text("not_entered")


def test_a_pasted_session_runs_statement_by_statement(console: Console) -> None:
    page = console.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    session = ">>> total = 0\n>>> for n in range(3):\n...     total += n\n...\n>>> total\n3\n"
    page.evaluate("text => navigator.clipboard.writeText(text)", session)
    before = console.entries.count()
    page.keyboard.press("Control+v")
    page.keyboard.press("Enter")
    console.expect_last("total", "3")
    assert console.entries.count() == before + 3


def test_a_console_has_the_names_of_its_session(live: LivePage, console: Console) -> None:
    live.cell("page").run_to("done")
    console.open()
    console.type("shared\n")
    console.expect_last("shared", "'of the page'")
    own = Console(live.cell("own"))
    own.open()
    own.type("kept = 5; import os; os.chdir('/tmp')\nkept, os.getcwd()\n")
    own.expect_last("kept, os.getcwd()", "(5, '/tmp')")
    own.type("shared\n")
    expect(own.entries.last).to_contain_text("NameError: name 'shared' is not defined")
    own.type("exit()\n")
    expect(own.transcript).to_contain_text("The console has ended.")
    own.type("kept\n")
    expect(own.transcript).to_contain_text("NameError: name 'kept' is not defined")


def test_run_enters_what_the_console_starts_with_and_reset_brings_it_back(live: LivePage) -> None:
    console = Console(live.cell("start"))
    console.cell.run()
    expect(console.entries).to_have_count(2, timeout=BOOT_TIMEOUT_MS)
    console.expect_last("for word in words:\n    print(word)", "a\nb")
    console.cell.choose("Reset")
    expect(console.transcript).to_have_text("")
    expect(console.field).to_contain_text("words = ['a', 'b']")
