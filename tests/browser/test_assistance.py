"""Help while a reader writes: completions, help with calls, tips about names, and mistakes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.live_page import Cell, LivePage

ASSISTED = Scenario(
    "assisted",
    {
        "words": block("wanderlust = 1\nprint(wanderlust)"),
        "objects": block(
            '''
            class Probe:
                """A probe that must not be touched."""

                def __init__(self, name: str, depth: int = 3, *, careful=True):
                    """Make it."""

                @property
                def reading(self):
                    print("TOUCHED")

                def __getattr__(self, name):
                    print("TOUCHED")
                    raise AttributeError(name)

                def __dir__(self):
                    raise RuntimeError

                __repr__ = __dir__

            probe = Probe("p")
            weather = {"temperature": 21, "wind speed": 4}
            open("measured.csv", "w").close()
            '''
        ),
        "use": block("'use'"),
        "readonly": block("weather", readonly=None),
    },
)
SCENARIOS = (ASSISTED,)


def code_of(cell: Cell) -> str:
    """The code in the editor, by its lines."""
    return "\n".join(cell.editor.locator(".cm-line").all_inner_texts())


def options(live: LivePage) -> Locator:
    """The list of completions."""
    return live.page.get_by_role("listbox", name="Completions").get_by_role("option")


KEYS_IGNORED_MS = 75
"""So long after a list opens, CodeMirror takes keys for typing that went on (`interactionDelay`)."""


def accept(live: LivePage, key: str = "Enter") -> None:
    """Press a key that accepts the selected completion."""
    opened = live.page.evaluate("performance.now()")
    live.page.wait_for_function("end => performance.now() > end", arg=opened + KEYS_IGNORED_MS)
    live.page.keyboard.press(key)


def write(cell: Cell, code: str) -> None:
    """Replace the code by what is typed, key by key."""
    cell.edit()
    expect(cell.editor).to_have_attribute("aria-autocomplete", "list")
    cell.page.keyboard.press("Control+a")
    cell.page.keyboard.press("Delete")
    cell.page.keyboard.type(code)


@pytest.fixture
def warm(live: LivePage) -> LivePage:
    """The page after its objects have been made."""
    cell = live.cell("objects")
    if cell.state != "done":
        cell.run_to("done")
    return live


def test_help_that_loads_redraws_nothing(live: LivePage) -> None:
    cell = live.cell("words")
    cell.locator.dispatch_event("pointerenter")
    expect(cell.editor).not_to_have_attribute("aria-autocomplete", "list")
    line = cell.editor.locator(".cm-line").first.element_handle()
    cell.editor.focus()
    expect(cell.editor).to_have_attribute("aria-autocomplete", "list")
    assert line.evaluate("line => line.isConnected")


def test_words_of_the_page_and_keywords_complete_before_python_runs(live: LivePage) -> None:
    cell, keyboard = live.cell("use"), live.page.keyboard
    write(cell, "wan")
    expect(options(live).first).to_contain_text("wanderlust")
    expect(cell.editor).to_have_attribute("aria-controls", re.compile("cm-ac"))
    accept(live)
    assert code_of(cell) == "wanderlust"
    keyboard.type("\nwhi")
    expect(options(live).first).to_contain_text("while")
    keyboard.press("Escape")
    expect(options(live)).to_have_count(0)
    expect(cell.editor).to_be_focused()
    keyboard.press("Tab")  # the first Escape has only closed the list
    expect(cell.editor).to_be_focused()
    keyboard.press("Escape")
    keyboard.press("Tab")
    expect(cell.editor).not_to_be_focused()


def test_objects_of_the_session_complete_and_none_is_touched(warm: LivePage) -> None:
    cell, keyboard = warm.cell("use"), warm.page.keyboard
    write(cell, "probe.")
    expect(options(warm)).to_have_count(1)
    expect(options(warm).first).to_contain_text("reading")
    accept(warm, "Tab")
    assert code_of(cell) == "probe.reading"
    write(cell, "weather['wi")
    expect(options(warm).first).to_contain_text("wind speed")
    accept(warm)
    assert code_of(cell) == "weather['wind speed']"
    keyboard.type("\nopen('mea")
    expect(options(warm).first).to_contain_text("measured.csv")
    accept(warm)
    write(cell, "import calen")
    expect(options(warm).first).to_contain_text("calendar")
    accept(warm)
    write(cell, "Probe('x', care")
    expect(options(warm).first).to_contain_text("careful=")
    accept(warm)
    assert code_of(cell).startswith("Probe('x', careful=")
    assert "TOUCHED" not in warm.cell("objects").text
    write(cell, "print('still here')")
    keyboard.press("Control+Enter")
    cell.wait_for("done")
    assert cell.text.strip() == "still here"


def test_calls_and_names_are_explained(warm: LivePage) -> None:
    cell, page = warm.cell("use"), warm.page
    write(cell, "Probe(")
    tip = page.locator(".pyrun-tip")
    expect(tip.locator("strong")).to_have_text("name: str")
    page.keyboard.type("'a', ")
    expect(tip.locator("strong")).to_have_text("depth: int = 3")
    expect(tip).to_contain_text("A probe that must not be touched.")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    write(cell, "weather")
    page.keyboard.press("Escape")
    page.keyboard.press("F1")
    expect(tip).to_contain_text("weather: dict = {'temperature': 21, 'wind speed': 4}")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(tip).to_have_count(0)
    warm.cell("readonly").edit()
    warm.cell("readonly").editor.get_by_text("weather").hover()
    expect(tip).to_contain_text("weather: dict")
    page.mouse.move(0, 0)


def test_mistakes_are_underlined_in_the_words_of_python(warm: LivePage) -> None:
    cell, page = warm.cell("use"), warm.page
    write(cell, "print 'hello'")
    mistake = cell.editor.locator(".pyrun-mistake")
    expect(mistake.first).to_have_text("print")
    expect(mistake.last).to_have_text("'hello'")
    page.keyboard.press("F1")
    expect(page.locator(".pyrun-tip-mistake")).to_contain_text("Missing parentheses in call to 'print'")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("await thing")
    expect(mistake).to_have_count(0)
