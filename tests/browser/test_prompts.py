"""What a reader can do at a prompt besides entering a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan, Site

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage

PROMPTS = Scenario(
    "prompts",
    {
        "three": block("[input(f'{number}? ') for number in range(3)]"),
        "named": block("""
            import getpass
            name = input("お名前は? ")
            word = getpass.getpass("Word? ")
            print("こんにちは,", name, word)
            print("\\n" * 99)
        """),
        "secret": block("""
            import getpass
            len(getpass.getpass())
        """),
        "both": block("""
            import asyncio
            async def ask(what):
                return input(what)
            await asyncio.gather(ask("One? "), ask("Two? "))
        """),
        "read": block("import sys\nsys.stdin.read()"),
        "debug": block("number = 1\nbreakpoint()\nnumber = 2"),
        "debugged": block("number"),
    },
)


EVERY_KEY = """
for (const type of ["keydown", "keypress", "keyup", "beforeinput", "input", "compositionend"])
    for (const capture of [true, false])
        document.addEventListener(type, ({ key }) => (window.seenKeys ??= []).push(key), capture);
"""
"""A theme that listens to everything, also on the way down."""

ACCEPT = """
(field, word) => {
    const send = (type, Kind, init) =>
        field.dispatchEvent(new Kind(type, { bubbles: true, composed: true, cancelable: true, ...init }));
    field.focus();
    send("compositionstart", CompositionEvent, {});
    if ("value" in field) field.value += word;
    send("compositionend", CompositionEvent, { data: word });
    send("keydown", KeyboardEvent, { key: "Enter", keyCode: 229, isComposing: false });
    send("keydown", KeyboardEvent, { key: "Enter", keyCode: 13, isComposing: true });
    for (const modifier of [{ shiftKey: true }, { ctrlKey: true }])
        send("keydown", KeyboardEvent, { key: "Enter", keyCode: 229, ...modifier });
}
"""
"""An input method in Safari: the composition ends before the Enter that accepts the word."""


@pytest.fixture(scope="module")
def prompts(make_site: MakeSite) -> Site:
    """One site: a prompt doesn't depend on the host."""
    return make_site("prompts", Plan("sphinx", [PROMPTS]))


@pytest.fixture
def live(open_page: OpenPage, prompts: Site) -> LivePage:
    """A new page: earlier answers are kept per page."""
    return open_page(PROMPTS, prompts)


def test_pasted_lines_answer_the_prompts_that_follow(live: LivePage) -> None:
    cell = live.cell("three")
    cell.run()
    cell.answer("0?", "a\nb")
    cell.answer("2?", "c")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["0? a", "1? b", "2? c", "['a', 'b', 'c']"]


def test_earlier_answers_come_back_with_the_arrow_keys(live: LivePage) -> None:
    cell = live.cell("secret")
    cell.run()
    cell.wait_for("input")
    cell.locator.get_by_label("Password:").fill("hidden")
    cell.locator.get_by_label("Password:").press("Enter")
    cell.wait_for("done")
    assert "hidden" not in cell.text
    assert cell.text.splitlines() == ["Password: ", "6"]
    cell = live.cell("three")
    cell.run()
    cell.answer("0?", "first")
    cell.answer("1?", "second")
    cell.wait_for("input")
    box = cell.prompt("2?")
    expect(box).to_be_focused()
    live.page.keyboard.insert_text("dra")
    for key, text in [
        ("ArrowUp", "second"),
        ("ArrowUp", "first"),
        ("ArrowUp", "first"),
        ("ArrowDown", "second"),
        ("ArrowDown", "dra"),
        ("ArrowUp", "second"),
    ]:
        live.page.keyboard.press(key)
        expect(box).to_have_value(text)
    live.page.keyboard.press("Enter")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "['first', 'second', 'second']"


def test_keys_reach_the_field_that_has_the_focus_and_no_handler_of_the_page(
    open_page: OpenPage, prompts: Site
) -> None:
    live = open_page(PROMPTS, prompts, before=lambda context: context.add_init_script(EVERY_KEY))
    live.page.keyboard.press("x")
    assert live.page.evaluate("seenKeys.splice(0)")
    cell = live.cell("named")
    cell.write("")
    live.page.keyboard.type("1 / 2n@")
    live.page.keyboard.press("ArrowLeft")
    live.page.keyboard.press("Backspace")
    live.page.keyboard.press("Control+ArrowLeft")
    live.page.keyboard.press("Enter")
    assert cell.editor.inner_text().rstrip("\n") == "1 / \n2@"
    cell.editor.evaluate(ACCEPT, "")
    assert cell.states == []
    assert cell.editor.inner_text().rstrip("\n") == "1 / \n2@"
    cell.choose("Reset")
    cell.run()
    cell.wait_for("input")
    box = cell.prompt("お名前は?")
    for word in ("山田", "さん"):
        box.evaluate(ACCEPT, word)
    cell.wait_for("input")
    expect(box).to_have_value("山田さん")
    live.page.keyboard.type(" /nps?")
    for key in ("ArrowLeft", "Delete", "Shift+Enter", "Backspace", "Enter"):
        live.page.keyboard.press(key)
    expect(cell.prompt("Word?")).to_be_focused()
    live.page.keyboard.type("/ñs")
    live.page.keyboard.press("Enter")
    cell.wait_for("done")
    expect(cell.output).to_contain_text("こんにちは, 山田さん /nps /ñs")
    cell.button("Run").focus()
    live.page.keyboard.press("ArrowRight")
    cell.output.focus()
    for key in ("ArrowLeft", "ArrowDown", "PageDown", "End"):
        live.page.keyboard.press(key)
    assert live.page.evaluate("window.seenKeys") == []
    cell.output.press("n")
    assert live.page.evaluate("seenKeys") != []


def test_tasks_that_ask_simultaneously_each_get_an_answer(live: LivePage) -> None:
    cell = live.cell("both")
    cell.run()
    cell.wait_for("input")
    for _ in range(2):  # the page asks one after the other, in any order
        box = cell.output.get_by_role("textbox")
        expect(box).to_have_count(1)
        expect(box).to_have_value("")
        box.fill("1" if cell.prompt("One?").count() else "2")
        box.press("Enter")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "['1', '2']"


def test_the_end_of_the_input_has_a_button(live: LivePage) -> None:
    cell = live.cell("read")
    cell.run()
    cell.answer("Input", "one")
    cell.wait_for("input")
    cell.button("End input").click()
    cell.wait_for("done")
    assert cell.text.splitlines() == ["one", r"'one\n'"]


def test_quitting_the_debugger_ends_the_run_without_an_error(live: LivePage) -> None:
    cell = live.cell("debug")
    cell.run()
    for command in ("p number", "q", "y"):
        cell.wait_for("input")
        cell.output.get_by_role("textbox").fill(command)
        cell.output.get_by_role("textbox").press("Enter")
    cell.wait_for("stopped")
    assert "-> breakpoint()" in cell.text
    assert "Traceback" not in cell.text
    assert live.cell("debugged").run_to("done").strip() == "1"
