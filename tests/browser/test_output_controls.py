"""The controls that a reader has for an output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.live_page import Cell, LivePage

LINES = 40_000

SCENARIOS = (
    Scenario(
        "output-controls",
        {
            "short": block(r"""
                print('10 %\r100 %\n\x1b[31mred\x1b[0m')
                print("⬜⬜⬜")
                print("\x1b[1A\x1b[3G🟥")
                print("進捗: 0%", end="")
                print("\x1b[7G10%")
                print("猫犬", end="")
                print("\b\b鳥")
                1 / 0
            """),
            "emptied": block("""
                from IPython.display import clear_output
                print("before")
                clear_output()
                print("after")
            """),
            "nothing": block("pass"),
            "asks": block("print('before')\nname = input('Name? ')\nprint('Hello,', name)"),
            "long": block(f"print('\\x1b[?25l')\nfor number in range({LINES}):\n    print('%\\r', number)"),
        },
    ),
)


def copied(cell: Cell) -> str:
    """The clipboard after **Copy output**."""
    cell.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell.button("Copy output").click()
    expect(cell.status).to_have_text("Copied")
    text: str = cell.page.evaluate("navigator.clipboard.readText()")
    return text


def test_output_is_copied_as_a_terminal_shows_it(live: LivePage) -> None:
    cell = live.cell("short")
    cell.run_to("error")
    assert copied(cell).split() == cell.text.split()
    printed, traceback = copied(cell).split("Traceback")
    assert printed.splitlines() == ["100 %", "red", "⬜🟥⬜", "進捗: 10%", "猫鳥"]
    assert traceback.endswith("ZeroDivisionError: division by zero\n")
    cell = live.cell("emptied")
    cell.run_to("done")
    assert copied(cell) == "after\n"


def test_output_is_cleared_and_the_focus_is_not_lost(live: LivePage) -> None:
    cell = live.cell("short")
    cell.run_to("error")
    cell.button("Clear output").press("Enter")
    assert cell.text.strip() == ""
    expect(cell.button("Run")).to_be_focused()
    expect(cell.status).to_have_text("Output cleared")
    expect(cell.locator).not_to_have_attribute("data-run", "1")
    expect(cell.button("Clear output")).to_be_hidden()


def test_a_collapsed_output_expands_with_the_next_run(live: LivePage) -> None:
    cell = live.cell("asks")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    cell.button("Collapse output").click()
    expect(cell.output).to_be_hidden()
    expect(cell.button("Expand output")).to_have_attribute("aria-expanded", "false")
    cell.button("Expand output").click()
    expect(cell.output).to_contain_text("Hello, Ada")
    cell.button("Collapse output").click()
    cell.run()
    cell.wait_for("input")
    expect(cell.button("Clear output")).to_have_attribute("aria-disabled", "true")
    expect(cell.prompt("Name?")).to_be_visible()
    cell.answer("Name?", "Eve")
    cell.wait_for("done")


def test_without_output_there_are_no_controls(live: LivePage) -> None:
    cell = live.cell("nothing")
    cell.run_to("done")
    expect(cell.button("Copy output")).to_be_hidden()


def test_a_long_output_is_shown_in_full_on_demand(live: LivePage) -> None:
    cell = live.cell("long")
    cell.run_to("done")
    everything = "\n" + "".join(f" {number}\n" for number in range(LINES))
    cell.button("Show all").click()
    expect(cell.output.locator("pre.whole")).not_to_have_attribute("aria-busy", "true")
    left_out = cell.output.get_by_text("characters are left out here")
    expect(left_out).to_be_hidden()
    shown = cell.output.locator("pre.whole").evaluate("whole => whole.textContent")
    assert shown == everything
    assert len(copied(cell)) == len(everything)
    cell.button("Show less").click()
    expect(left_out).to_be_visible()
    cell.run_to("done")
    expect(cell.button("Show all")).to_have_attribute("aria-expanded", "false")
