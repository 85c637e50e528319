"""However much code prints, the page stays small and responsive, and any loss is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pyrun_core.options.declare import DEFAULT_OUTPUT_LIMIT
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

MILLION = 1_000_000
LONG_LINE = 50_000_000
UPDATES = 50_000
PAIRS = 30_000
SNAKES = 100_000
AUTHORS_LIMIT = 1000
TOO_MANY = 5000

MOST_SHOWN = 130_000
"""Characters in the page: the beginning, the end, and the note about the gap."""
MOST_ELEMENTS = 6000
"""Code that alternates between the streams line by line."""

FLOODS = Scenario(
    "floods",
    {
        "lines": block(f"for number in range({MILLION}):\n    print('line', number)"),
        "long line": block(f"print('x' * {LONG_LINE})\n6 * 7"),
        "errors": block(f"""
            import sys
            for number in range({MILLION // 5}):
                print(number, file=sys.stderr)
        """),
        "both": block(f"""
            import sys
            for number in range({PAIRS}):
                print(number)
                print(number, file=sys.stderr)
        """),
        "updates": block(f"""
            for number in range({UPDATES}):
                print(f"\\r{{number}} done", end="")
            print()
            print("end")
        """),
        "snakes": block(f"print('x' + '🐍' * {SNAKES})"),
        "endless": block("number = 0\nwhile True:\n    print(number)\n    number += 1"),
        "asks": block(f"""
            for number in range({PAIRS}):
                print(number)
            name = input("Name? ")
            print("Hello,", name)
        """),
        "limited": block(f"print('y' * {TOO_MANY})\nTrue", output_limit=str(AUTHORS_LIMIT)),
        "limited failure": block(f"print('y' * {TOO_MANY})\n1 / 0", output_limit=str(AUTHORS_LIMIT)),
        "long value": block(f"'z' * {LONG_LINE}"),
        "reader reads": block("""
            for number in range(200):
                print(number)
            input("More? ")
            for number in range(200):
                print(number)
        """),
        "short": block("print('short')"),
        "two streams": block(r"""
            import sys
            print("abcdef", end="")
            print("\rXY", end="", file=sys.stderr)
            print("Z")
        """),
        "bar": block(r"""
            import sys, time
            for step in range(4):
                print(f"\r{'#' * step:3}| {step}/3", end="", file=sys.stderr, flush=True)
                time.sleep(0.01)
            print(file=sys.stderr)
            print("after")
        """),
        "prompt": block(r"""
            print("working", end="", flush=True)
            name = input("\rName? ")
            print("Hello,", name)
        """),
    },
)

SCENARIOS = (FLOODS,)


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """One site: this tests the page's scripts, which don't depend on the host."""
    return make_site("output-floods", Plan("mkdocs", SCENARIOS))


def expect_small(cell: Cell) -> None:
    """Wait until everything is drawn, and check that it is small."""
    expect(cell.output).not_to_have_attribute("aria-busy", "true")
    assert cell.output.evaluate("log => log.textContent.length") < MOST_SHOWN
    assert cell.output.evaluate("log => log.querySelectorAll('*').length") < MOST_ELEMENTS


def limit_sentence(limit: int, whose: str, dropped: int) -> str:
    """The page's message that output was discarded."""
    return (
        f"The output was cut after {limit:,} characters, {whose}. "
        f"The {dropped:,} characters after them were not kept."
    )


def test_of_a_million_lines_the_first_and_last_are_shown_and_the_rest_counted(live: LivePage) -> None:
    cell = live.cell("lines")
    cell.run_to("done")
    # 13.9 million characters exceed the default limit, so the last line that is kept isn't the last one
    # printed.
    everything = "".join(f"line {number}\n" for number in range(MILLION))
    expect(cell.output).to_contain_text(
        limit_sentence(DEFAULT_OUTPUT_LIMIT, "the default limit", len(everything) - DEFAULT_OUTPUT_LIMIT),
    )
    expect_small(cell)
    before, _, after = cell.text.partition(" characters are left out here")
    assert before.startswith("line 0\nline 1\n")
    beginning, _, skipped = before.rpartition("\n")
    shown = after.partition("The output is too long")[0].strip()
    kept = everything[:DEFAULT_OUTPUT_LIMIT]
    assert kept.startswith(beginning.rstrip())
    assert kept.endswith(shown)
    assert len(beginning.rstrip()) + len(shown) + int(skipped.replace(",", "")) == pytest.approx(
        DEFAULT_OUTPUT_LIMIT, abs=4
    )
    assert cell.download_all() == kept


def test_one_line_of_fifty_megabytes_is_cut_and_the_value_after_it_is_not_lost(live: LivePage) -> None:
    cell = live.cell("long line")
    cell.run_to("done")
    sentence = limit_sentence(DEFAULT_OUTPUT_LIMIT, "the default limit", LONG_LINE + 1 - DEFAULT_OUTPUT_LIMIT)
    expect(cell.output).to_contain_text(sentence)
    expect_small(cell)
    assert cell.download_all() == "x" * DEFAULT_OUTPUT_LIMIT + "\n42\n"
    assert "x\n42\n" in cell.text


def test_a_value_of_fifty_megabytes_is_truncated_too(live: LivePage) -> None:
    cell = live.cell("long value")
    cell.run_to("done")
    expect(cell.output).to_contain_text("were not kept")
    expect_small(cell)


def test_a_flood_of_errors_can_be_downloaded_in_full(live: LivePage) -> None:
    cell = live.cell("errors")
    cell.run_to("done")
    expect_small(cell)
    assert "not kept" not in cell.text
    assert cell.download_all() == "".join(f"{number}\n" for number in range(MILLION // 5))


def test_the_order_of_two_streams_survives_a_flood(live: LivePage) -> None:
    cell = live.cell("both")
    cell.run_to("done")
    expect_small(cell)
    assert cell.download_all() == "".join(f"{number}\n{number}\n" for number in range(PAIRS))
    assert cell.text.startswith("0\n0\n1\n1\n2\n")


def test_progress_at_full_speed_ends_as_one_line(live: LivePage) -> None:
    cell = live.cell("updates")
    assert cell.run_to("done").splitlines() == [f"{UPDATES - 1} done", "end"]
    assert cell.output.evaluate("log => log.querySelectorAll('*').length") < MOST_ELEMENTS / 100


def test_truncation_never_splits_a_character(live: LivePage) -> None:
    cell = live.cell("snakes")
    cell.run_to("done")
    expect_small(cell)
    assert cell.download_all() == f"x{'🐍' * SNAKES}\n"
    assert "\N{REPLACEMENT CHARACTER}" not in cell.text
    assert cell.output.evaluate("log => log.textContent.isWellFormed()")


def test_stop_ends_a_flood_and_its_output_can_be_downloaded(live: LivePage) -> None:
    cell = live.cell("endless")
    cell.run()
    expect(cell.output).to_contain_text("characters are left out here")
    assert cell.state == "running"
    cell.stop()
    cell.wait_for("stopped")
    expect_small(cell)
    text = cell.download_all()
    assert "".join(f"{number}\n" for number in range(text.count("\n") + 1)).startswith(text)
    assert live.cell("short").run_to("done").strip() == "short"


def test_after_a_flood_a_prompt_is_at_the_end_and_output_continues_below(live: LivePage) -> None:
    cell = live.cell("asks")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    expect_small(cell)
    assert f"{PAIRS - 1}\nName? Ada\nHello, Ada\n" in cell.text


def test_the_limit_of_the_author_is_named_and_the_value_is_shown(live: LivePage) -> None:
    cell = live.cell("limited")
    cell.run_to("done")
    whose = "the limit that the author of this page set"
    sentence = limit_sentence(AUTHORS_LIMIT, whose, TOO_MANY + 1 - AUTHORS_LIMIT)
    assert [line for line in cell.text.splitlines() if line] == ["y" * AUTHORS_LIMIT, "True", sentence]
    expect(cell.button("Download all")).to_be_hidden()  # nothing is hidden


def test_an_error_after_the_limit_is_shown(live: LivePage) -> None:
    text = live.cell("limited failure").run_to("error")
    assert f"{'y' * AUTHORS_LIMIT}\nTraceback (most recent call last):\n" in text
    assert "ZeroDivisionError" in text


def test_a_new_run_forgets_the_flood(live: LivePage) -> None:
    cell = live.cell("errors")
    cell.run_to("done")
    cell.choose("Reset")
    assert cell.text.strip() == ""
    expect(cell.button("Download all")).to_be_hidden()


def test_the_button_works_with_the_keyboard_and_nothing_moves_for_the_reader(live: LivePage) -> None:
    cell = live.cell("errors")
    cell.run_to("done")
    expect_small(cell)
    cell.output.focus()
    cell.page.keyboard.press("Tab")
    expect(cell.button("Download all")).to_be_focused()

    reading = live.cell("reader reads")
    reading.run()
    reading.wait_for("input")
    reading.page.wait_for_function("log => log.scrollTop > 0", arg=reading.output.element_handle())
    reading.output.evaluate("log => { log.scrollTop = 0; }")
    reading.prompt("More?").evaluate("box => box.form.requestSubmit()")
    reading.wait_for("done")
    assert reading.output.evaluate("log => log.scrollTop") == 0


def test_text_is_overwritten_as_in_a_terminal(live: LivePage) -> None:
    assert live.cell("bar").run_to("done").splitlines() == ["###| 3/3", "after"]


def test_each_character_keeps_the_colour_of_its_stream(live: LivePage) -> None:
    cell = live.cell("two streams")
    cell.run_to("done")
    pieces = cell.output.locator("pre span").evaluate_all(
        "spans => spans.map((span) => [span.className, span.textContent])",
    )
    assert pieces == [["stderr", "XY"], ["stdout", "Zdef\n"]]


def test_a_prompt_appears_at_the_cursor(live: LivePage) -> None:
    cell = live.cell("prompt")
    cell.run()
    cell.wait_for("input")
    expect(cell.output.get_by_role("textbox")).to_be_focused()
    assert cell.text.strip() == "Name? g"  # the text that was there is kept
    cell.page.keyboard.insert_text("Ada")
    cell.page.keyboard.press("Enter")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["Name? Ada", "Hello, Ada"]
