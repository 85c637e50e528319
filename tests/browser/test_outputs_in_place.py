"""Interactive examples: each output is below its statement, and documented outputs are there before a run."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Route

    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

SHOWN = """
from fractions import Fraction
half = Fraction(1, 2)
half

def twice(number):
    return 2 * number

twice(half)
""".strip()
JOINED = "a = 1\na\n\nb = a + 1\nb"

PLACES = Scenario(
    "places",
    {
        "shown": block(SHOWN),
        "joined": block(JOINED),
        "fails": block("1\n1 / 0\n2"),
        "asks": block("name = input('Name? ')\nname"),
        "long": block("1\nfor number in range(40_000):\n    print(number)\n\n'end'"),
        "plain": block("'no place'"),
    },
)
SCENARIOS = (PLACES,)

EXPECTED = {
    "shown": [[3, "Fraction(1, 2)\n"], [8, "documented\n"]],
    "joined": [[2, "1\n"], [5, "2\n"]],
    "fails": [[1, "1\n"], [2, "Traceback\n"], [3, "2\n"]],
}
BLOCKS = (">>> a = 1\n>>> a\n1\n", ">>> b = a + 1\n>>> b\n2\n")
PREAMBLE = "import math\n"

LINES = """cell => {
    const { top } = cell.getBoundingClientRect();
    const range = document.createRange();
    const found = {};
    for (const block of cell.querySelectorAll(".cm-line, pre:not(:has(.cm-line))")) {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const { data } = walker.currentNode;
            const at = data.search(/\\b[ab]\\b/);
            if (at < 0 || !walker.currentNode.parentElement.getClientRects().length) continue;
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            found[data[at]] ??= Math.round(range.getBoundingClientRect().top - top);
        }
    }
    return [Math.round(cell.getBoundingClientRect().height), found];
}"""
"""The height of a cell, and where each of its names is first, in whole pixels."""


def documented(context: BrowserContext) -> None:
    """Give the cells what the hosts give to examples that they find in existing documentation."""

    def rewrite(route: Route) -> None:
        response = route.fetch()
        cells = iter(PLACES.blocks)

        def live(match: re.Match[str]) -> str:
            key = next(cells)
            expected = json.dumps(EXPECTED[key]).replace('"', "&quot;") if key in EXPECTED else ""
            tag = match[1] + (f' data-expected="{expected}"' if expected else "")
            tag += "" if key == "plain" else " data-interactive"
            if key == "shown":
                tag += f' data-preamble="{PREAMBLE}" data-show-preamble'
            blocks = "".join(
                '<div class="highlight-default"><div class="highlight">'
                f"<pre>{text.replace('>', '&gt;')}</pre></div></div>"
                for text in BLOCKS
            )
            return f"{tag}>{blocks if key == 'joined' else match[2]}</pyrun-cell>"

        body = re.sub(r"(<pyrun-cell [^>]*)>(.*?)</pyrun-cell>", live, response.text(), flags=re.DOTALL)
        route.fulfill(response=response, body=body)

    context.route("**/places.html", rewrite)


@pytest.fixture
def live(open_page: OpenPage, site: Site) -> LivePage:
    return open_page(PLACES, site, before=documented)


def place(cell: Cell, line: int, *, is_documented: bool = False) -> Locator:
    """The output below a line, from 1."""
    name = f"{'Documented output' if is_documented else 'Output'} of line {line}"
    return cell.locator.get_by_role("group", name=name, exact=True)


def below(cell: Cell, code: str, output: Locator) -> bool:
    """Whether an output is directly below a line of code."""
    line = cell.locator.locator(".cm-line", has_text=re.compile(f"^{re.escape(code)}$")).bounding_box()
    box = output.bounding_box()
    assert line is not None
    assert box is not None
    return abs(line["y"] + line["height"] - box["y"]) < 2


def test_documented_outputs_are_below_their_statements_until_a_run_shows_its_own(live: LivePage) -> None:
    cell = live.cell("shown")
    cell.edit()
    expect(place(cell, 3, is_documented=True)).to_have_text("Fraction(1, 2)", use_inner_text=True)
    assert below(cell, "twice(half)", place(cell, 8, is_documented=True))
    cell.run_to("done")
    expect(place(cell, 3)).to_have_text("Fraction(1, 2)", use_inner_text=True)
    expect(place(cell, 8)).to_have_text("Fraction(1, 1)", use_inner_text=True)
    assert below(cell, "half", place(cell, 3))
    assert below(cell, "twice(half)", place(cell, 8))
    expect(place(cell, 8, is_documented=True)).to_have_count(0)
    assert cell.text.strip() == ""
    cell.button("Clear output").click()
    expect(place(cell, 8, is_documented=True)).to_have_text("documented", use_inner_text=True)
    expect(place(cell, 8)).to_have_count(0)


def test_a_run_without_an_opened_editor_shows_everything_once_when_it_is_done(live: LivePage) -> None:
    cell = live.cell("shown")
    cell.locator.evaluate("cell => cell.run()")
    cell.wait_for("done")
    assert place(cell, 3).inner_text().strip() == "Fraction(1, 2)"
    assert place(cell, 8).inner_text().strip() == "Fraction(1, 1)"
    assert cell.locator.get_by_text("Fraction(1, 2)", exact=True).count() == 1
    assert cell.text.strip() == ""


def test_outputs_stay_with_their_lines_and_go_with_them(live: LivePage) -> None:
    cell = live.cell("shown")
    cell.run_to("done")
    cell.edit()
    live.page.keyboard.press("Control+Home")
    live.page.keyboard.insert_text("# a comment\n")
    expect(place(cell, 4)).to_have_text("Fraction(1, 2)", use_inner_text=True)
    expect(cell.locator).to_have_attribute("data-stale", "edited")
    live.page.keyboard.press("Control+End")
    live.page.keyboard.press("Shift+Home")
    live.page.keyboard.press("Delete")
    expect(place(cell, 9)).to_have_count(0)
    expect(place(cell, 4)).to_have_count(1)
    cell.choose("Reset")
    expect(place(cell, 8, is_documented=True)).to_have_text("documented", use_inner_text=True)


def test_joined_blocks_become_one_editor_and_their_code_stays_where_it_is(live: LivePage) -> None:
    cell = live.cell("joined")
    before = cell.locator.evaluate(LINES)
    cell.locator.locator("pre").first.focus()
    expect(cell.editor).to_be_focused()
    assert cell.locator.evaluate(LINES) == before
    assert cell.run_to("done").strip() == ""
    expect(place(cell, 2)).to_have_text("1", use_inner_text=True)
    expect(place(cell, 5)).to_have_text("2", use_inner_text=True)
    assert cell.locator.evaluate(LINES)[1] == before[1]


def test_a_traceback_is_in_the_log_and_what_did_not_run_keeps_its_documented_output(live: LivePage) -> None:
    cell = live.cell("fails")
    assert "ZeroDivisionError" in cell.run_to("error")
    expect(place(cell, 1)).to_have_text("1", use_inner_text=True)
    expect(place(cell, 2, is_documented=True)).to_have_count(0)
    expect(place(cell, 3, is_documented=True)).to_have_text("2", use_inner_text=True)


def test_a_prompt_is_in_the_log_while_the_code_waits(live: LivePage) -> None:
    cell = live.cell("asks")
    cell.run()
    cell.wait_for("input")
    expect(cell.output).to_contain_text("Name?")
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    expect(place(cell, 2)).to_have_text("'Ada'", use_inner_text=True)
    expect(cell.output).to_have_text("", use_inner_text=True)


def test_all_of_the_output_is_copied_and_downloaded_in_order(live: LivePage) -> None:
    cell = live.cell("long")
    cell.run_to("done")
    text = "\n".join(["1", *map(str, range(40_000)), "'end'", ""])
    assert cell.download_all() == text
    live.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell.button("Copy output").click()
    expect(cell.status).to_have_text("Copied")
    assert live.page.evaluate("navigator.clipboard.readText()") == text
    cell.button("Collapse output").click()
    expect(place(cell, 1)).to_be_hidden()
    cell.button("Expand output").click()
    expect(place(cell, 1)).to_be_visible()


def test_prompts_are_shown_and_are_no_part_of_the_code(live: LivePage) -> None:
    cell = live.cell("shown")
    cell.choose("Show prompts")
    first = cell.locator.locator(".cm-line").first
    read = "line => getComputedStyle(line, '::before').content"
    expect(first).to_have_class(re.compile("pyrun-prompt"))
    assert first.evaluate(read) == '">>> "'
    live.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell.edit()
    live.page.keyboard.press("Control+a")
    live.page.keyboard.press("Control+c")
    assert live.page.evaluate("navigator.clipboard.readText()") == SHOWN
    cell.choose("Hide prompts")
    assert first.evaluate(read) == "none"
    cell = live.cell("plain")
    menu = cell.open_menu()
    expect(menu.get_by_role("menuitem", name="Restart Python")).to_be_visible()
    expect(menu.get_by_role("menuitem", name="Show prompts")).to_have_count(0)


def test_the_preamble_is_folded_above_the_cell_that_shows_it(live: LivePage) -> None:
    cell = live.cell("shown")
    summary = cell.locator.get_by_text("Runs first", exact=True)
    expect(cell.locator.get_by_text("import math")).to_be_hidden()
    summary.click()
    expect(cell.locator.get_by_text("import math")).to_be_visible()
    expect(live.page.get_by_text("Runs first")).to_have_count(1)
