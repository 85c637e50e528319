"""Keys that a page, a theme or a screen reader may also use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

LONG_AFTER = 60_000

KEYS = Scenario(
    "keys",
    {
        "four spaces": block("x = 1"),
        "tabs": block("if True:\n\tx = 1"),
        "leave": block("x = 1"),
        "scroll": block("x = '" + 300 * "x" + "'", linenos=""),
        "numbers": block("\n".join(f"x{number}" for number in range(9)), linenos=""),
        "readonly": block("x = 1", readonly=None),
    },
)
SCENARIOS = (KEYS,)


def lines_of(cell: Cell) -> list[str]:
    """The lines in the editor."""
    return [line.rstrip("\n") for line in cell.editor.locator(".cm-line").all_inner_texts()]


def test_new_lines_are_indented_like_the_others(live: LivePage) -> None:
    for key, indentation in (("four spaces", "    "), ("tabs", "\t")):
        cell = live.cell(key)
        cell.edit()
        live.page.keyboard.press("Control+End")
        live.page.keyboard.press("Enter")
        live.page.keyboard.type("if y:\nz")
        assert lines_of(cell)[-1].endswith(f"{indentation}z"), key
        live.page.keyboard.type("\nelse:")
        assert len(lines_of(cell)[-1]) - len("else:") == len(lines_of(cell)[-2]) - len(f"{indentation}z"), key


def test_brackets_and_quotes_are_closed(live: LivePage) -> None:
    cell = live.cell("four spaces")
    cell.write("")
    live.page.keyboard.type("print(f'")
    assert lines_of(cell) == ["print(f'')"]
    live.page.keyboard.type("a')")
    assert lines_of(cell) == ["print(f'a')"]


def test_escape_lets_tab_leave_without_a_time_limit_until_the_reader_types(
    open_page: OpenPage,
    site: Site,
) -> None:
    live = open_page(KEYS, site, before=lambda context: context.clock.install())
    cell = live.cell("leave")
    cell.edit()
    live.page.keyboard.press("Escape")
    live.page.clock.fast_forward(LONG_AFTER)
    live.page.keyboard.press("Tab")
    expect(cell.editor).not_to_be_focused()
    live.page.keyboard.press("Shift+Tab")
    expect(cell.editor).to_be_focused()
    live.page.keyboard.press("Tab")
    assert lines_of(cell)[0].startswith("    "), "Tab does not indent again after leaving"
    live.page.keyboard.press("Escape")
    live.page.keyboard.type("y")
    live.page.keyboard.press("Tab")
    expect(cell.editor).to_be_focused()
    live.page.keyboard.press("Escape")
    live.page.keyboard.press("Shift+Tab")
    expect(cell.editor).not_to_be_focused()


def test_the_way_to_leave_the_editor_is_announced(live: LivePage) -> None:
    cell = live.cell("leave")
    cell.edit()
    expect(cell.editor).to_have_accessible_description(
        "Tab indents. Press Escape, then Tab, to leave the editor."
    )


def test_tab_passes_through_a_read_only_example(live: LivePage) -> None:
    cell = live.cell("readonly")
    cell.edit()
    live.page.keyboard.press("Control+a")
    assert live.page.evaluate("String(getSelection())") == "x = 1"
    live.page.keyboard.press("Tab")
    expect(cell.editor).not_to_be_focused()


def test_going_back_to_the_start_of_a_line_shows_its_number(live: LivePage) -> None:
    cell = live.cell("scroll")
    cell.edit()
    scrolled = "cell => Math.max(...[...cell.querySelectorAll('pre, code')].map(box => box.scrollLeft))"
    live.page.keyboard.press("End")
    live.page.wait_for_function(f"cell => ({scrolled})(cell) > 0", arg=cell.locator.element_handle())
    live.page.keyboard.press("Home")
    live.page.wait_for_function(f"cell => ({scrolled})(cell) === 0", arg=cell.locator.element_handle())


def test_line_numbers_follow_edits(live: LivePage) -> None:
    cell = live.cell("numbers")
    numbers = cell.locator.locator(".linenos .normal, .linenodiv .normal, span.linenos")
    expect(numbers).to_have_count(9)
    cell.edit()
    live.page.keyboard.press("Control+End")
    live.page.keyboard.press("Enter")
    expect(numbers).to_have_count(10)
    assert [text.strip() for text in numbers.all_text_contents()] == [str(number) for number in range(1, 11)]
    live.page.keyboard.press("Control+a")
    live.page.keyboard.type("x")
    expect(numbers).to_have_count(1)
    cell.choose("Reset")
    expect(numbers).to_have_count(9)


def test_phones_correct_nothing(live: LivePage) -> None:
    cell = live.cell("four spaces")
    cell.edit()
    for name, value in {"autocapitalize": "off", "autocorrect": "off", "spellcheck": "false"}.items():
        expect(cell.editor).to_have_attribute(name, value)
    expect(cell.editor).to_have_attribute("aria-multiline", "true")
