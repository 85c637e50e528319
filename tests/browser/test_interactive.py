"""Interactive examples run statement by statement, and the page learns to which one output belongs."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Block, Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.conftest import MakeSite
    from tests.browser.live_page import Cell, LivePage, State
    from tests.browser.sites import Site


def interactive(code: str, **options: str | None) -> Block:
    """An interactive example."""
    return block(code, interactive=None, **options)


INTERACTIVE = Scenario(
    "interactive",
    {
        "values": interactive(
            "1 + 1\nx = 'a'\n# a comment\nx * 2\nNone\nfor n in range(2):\n    n\nx; x * 3"
        ),
        "quiet": interactive("1 + 1\nprint('said')\n5", show_value="false"),
        "muted": interactive("1 + 1;\n2"),
        "last": interactive("6 * 7\n_ + 1\nNone\n_ + 1"),
        "last-elsewhere": block("_ * 2"),
        "last-in-another-session": block("_", session="other"),
        "awaits": interactive("import asyncio\nawait asyncio.sleep(0, 'slept')\nasyncio.sleep(0)"),
        "table": interactive("class T:\n    def _repr_html_(self): return '<b>bold</b>'\n\nT()\n1"),
        "fails": interactive(
            "'before'\n@staticmethod\ndef fail():\n    return 1 / 0\n\nfail()\nprint('not reached')"
        ),
        "wrong": interactive("print('ran')\nx = = 1", raises="SyntaxError"),
        "future": interactive(
            "from __future__ import annotations\ndef f(x: nowhere): pass\nf.__annotations__"
        ),
        "prompts": interactive(
            ">>> 1 + 1\n2\n>>> if True:\n...     'yes'\n...\n'yes'\n", raises="SyntaxError"
        ),
        "magics": interactive("%matplotlib inline\n!echo hello\n5", raises="SyntaxError"),
        "hook": interactive("import sys\nsys.displayhook = lambda value: print('mine', value)\n5\n6;\nNone"),
        "cleared": interactive("print(1)\nfrom IPython.display import clear_output\nclear_output()\n3"),
        "asks": interactive("print('no prompt', end='')\nname = input('Name? ')\nname"),
        "leaves": interactive("1\nraise SystemExit(3)\n2"),
        "endless": interactive("kept = 5\nkept\nwhile True:\n    pass\n"),
        "kept": block("kept"),
        "slow": interactive("1\nimport time; time.sleep(60)\n2", timeout="1"),
        "documented": interactive("def fail():\n    return 1 / 0\n\nfail()\n6 * 7\nnowhere\n8"),
        "empty": interactive("# nothing"),
        "plain": block("1\n2"),
    },
)
FIGURES = Scenario(
    "interactive-figures",
    {
        "drawn": interactive(
            "import matplotlib.pyplot as plt\n"
            "fig, ax = plt.subplots()\n"
            "ax.plot([1, 2])\n"
            "other = plt.figure()\n"
            "plt.title('other')\n"
            "ax.set_title('first')\n"
            "7"
        ),
        "shown": interactive(
            "import matplotlib.pyplot as plt\n"
            "plt.figure()\n"
            "plt.plot([1, 2])\n"
            "plt.title('shown')\n"
            "plt.show()\n"
            "1"
        ),
        "fails": interactive("import matplotlib.pyplot as plt\nplt.title('late')\n5\n1 / 0"),
    },
    {"packages": "matplotlib"},
)
SCENARIOS = (INTERACTIVE,)

RECORD_MESSAGES = """
() => {
  window.recordedMessages = [];
  window.Worker = class extends Worker {
    constructor(...values) {
      super(...values);
      this.addEventListener("message", ({ data }) => recordedMessages.push(data));
    }
  };
}
"""
"""Runs before the page starts its worker."""

READ_MESSAGES = """
recordedMessages.splice(0).flatMap((message) => {
  switch (message.type) {
    case "section": return [["section", message.line]];
    case "output": return message.chunks.map(({ text }) => ["shown", text]);
    case "display": return [["shown", Object.keys(message.bundle).sort()[0] + message.alt]];
    case "traceback": return [["shown", message.text]];
    case "clear": return [["clear", null]];
    default: return [];
  }
})
"""

Sections = list[tuple[int, str]]


def sections(cell: Cell, *endings: State) -> Sections:
    """Run it. What the page gets, each with the line of the statement that it belongs to; 0 if to none."""
    cell.run_to(*endings)
    return read_sections(cell)


def read_sections(cell: Cell) -> Sections:
    """The same for a run that has ended."""
    found: list[tuple[int, str]] = []
    line = 0
    for kind, value in cell.page.evaluate(READ_MESSAGES):
        if kind == "section":
            line = value
        elif kind == "clear":
            found.clear()
        else:
            found.append((line, value))
    grouped = groupby(found, key=lambda shown: shown[0])
    return [(line, "".join(text for _, text in shown)) for line, shown in grouped]


@pytest.fixture(scope="module")
def recorded(share_page: Callable[[Scenario, Site], LivePage], site: Site) -> LivePage:
    """The page of interactive examples, which records what its worker sends."""
    page = share_page(INTERACTIVE, site)
    page.page.evaluate(RECORD_MESSAGES)
    return page


@pytest.fixture
def live(recorded: LivePage) -> Iterator[LivePage]:
    yield recorded
    recorded.watch.check()


def test_each_value_is_shown_where_its_statement_ends(live: LivePage) -> None:
    assert sections(live.cell("values")) == [
        (1, "2\n"),
        (4, "'aa'\n"),
        (7, "0\n1\n"),
        (8, "'a'\n'aaa'\n"),
    ]
    assert sections(live.cell("plain")) == [(0, "2\n")]
    assert sections(live.cell("empty")) == []


def test_values_can_be_switched_off_for_an_example_or_by_a_semicolon(live: LivePage) -> None:
    assert sections(live.cell("quiet")) == [(2, "said\n")]
    assert sections(live.cell("muted")) == [(2, "2\n")]


def test_the_last_value_has_the_name_that_it_has_in_python(live: LivePage) -> None:
    assert sections(live.cell("last")) == [(1, "42\n"), (2, "43\n"), (4, "44\n")]
    assert sections(live.cell("last-elsewhere")) == [(0, "88\n")]
    assert "NameError" in live.cell("last-in-another-session").run_to("error")
    live.page.evaluate(READ_MESSAGES)


def test_statements_can_await_and_a_forgotten_await_is_explained(live: LivePage) -> None:
    first, second = sections(live.cell("awaits"))
    assert first == (2, "'slept'\n")
    assert second[0] == 3
    assert "This is a coroutine: write `await asyncio.sleep(0)`." in second[1]


def test_a_table_is_in_its_place(live: LivePage) -> None:
    assert sections(live.cell("table")) == [(4, "text/html"), (5, "1\n")]
    expect(live.cell("table").locator.get_by_text("bold", exact=True)).to_be_visible()


def test_a_statement_that_fails_ends_the_run_with_the_right_lines(live: LivePage) -> None:
    before, failed = sections(live.cell("fails"), "error")
    assert before == (1, "'before'\n")
    assert failed[0] == 6
    name = live.file_name("fails")
    assert f'File "{name}", line 6, in <module>\n    fail()' in failed[1]
    assert f'File "{name}", line 4, in fail\n    return 1 / 0' in failed[1]


def test_a_documented_exception_is_output_and_the_run_goes_on(live: LivePage) -> None:
    cell = live.cell("documented")
    trace = "Traceback (most recent call last):\n  ...\n"
    expected = [[4, f"{trace}ZeroDivisionError: x"], [6, f"{trace}ValueError: y"]]
    cell.locator.evaluate("(cell, text) => { cell.dataset.expected = text; }", json.dumps(expected))
    # The block, unlike that of a documented session, has no lines of output yet. The editor has them, and its
    # buttons move down, perhaps in the middle of a click.
    cell.edit()
    expect(cell.locator.get_by_role("group", name="Documented output of line 6")).to_be_visible()
    failed, value, other = sections(cell, "error")
    name = live.file_name("documented")
    assert failed[0] == 4
    assert f'File "{name}", line 4, in <module>\n    fail()' in failed[1]
    assert failed[1].endswith("ZeroDivisionError: division by zero\n")
    assert value == (5, "42\n")
    assert other[0] == 6
    assert "NameError: name 'nowhere' is not defined" in other[1]


def test_nothing_runs_if_a_statement_is_no_python(live: LivePage) -> None:
    ((line, text),) = sections(live.cell("wrong"), "error")
    assert line == 0
    assert text.startswith(f'  File "{live.file_name("wrong")}", line 2\n    x = = 1')
    assert "ran" not in text


def test_features_of_the_future_hold_in_the_following_statements(live: LivePage) -> None:
    assert sections(live.cell("future")) == [(3, "{'x': 'nowhere'}\n")]


def test_copied_sessions_and_commands_run_statement_by_statement(live: LivePage) -> None:
    assert sections(live.cell("prompts")) == [(1, "2\n"), (4, "'yes'\n")]
    useless, *rest = sections(live.cell("magics"))
    assert useless[0] == 1
    assert "%matplotlib has no effect here" in useless[1]
    assert rest == [(2, "hello\n"), (3, "5\n")]


def test_code_can_show_values_itself(live: LivePage) -> None:
    assert sections(live.cell("hook")) == [(3, "mine 5\n"), (5, "mine None\n")]
    assert sections(live.cell("muted")) == [(2, "2\n")]


def test_what_follows_a_cleared_output_is_in_its_place(live: LivePage) -> None:
    assert sections(live.cell("cleared")) == [(4, "3\n")]


def test_a_statement_can_ask(live: LivePage) -> None:
    cell = live.cell("asks")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    assert [shown for shown in read_sections(cell) if shown[0] != 2] == [(1, "no prompt"), (3, "'Ada'\n")]


def test_an_exit_ends_the_run(live: LivePage) -> None:
    assert sections(live.cell("leaves"), "error") == [(1, "1\n"), (2, "exit status 3\n")]


def test_stop_and_the_time_limit_end_the_run_and_keep_names(live: LivePage) -> None:
    cell = live.cell("endless")
    cell.run()
    cell.wait_for("running")
    cell.stop()
    cell.wait_for("stopped")
    assert read_sections(cell) == [(2, "5\n")]
    assert sections(live.cell("kept")) == [(0, "5\n")]
    assert sections(live.cell("slow"), "stopped") == [(1, "1\n")]


@pytest.fixture(scope="module")
def figures(
    make_site: MakeSite, full_pyodide: Path, share_page: Callable[[Scenario, Site], LivePage]
) -> LivePage:
    """A page with matplotlib."""
    site = make_site("interactive-figures", Plan("sphinx", [FIGURES], {"pyodide": str(full_pyodide)}))
    page = share_page(FIGURES, site)
    page.page.evaluate(RECORD_MESSAGES)
    return page


def test_an_open_figure_is_shown_below_the_statement_that_has_last_changed_it(figures: LivePage) -> None:
    shown = sections(figures.cell("drawn"))
    assert shown[-3:] == [(7, "7\n"), (6, "image/pngfirst"), (5, "image/pngother")]


def test_a_figure_is_shown_where_the_code_shows_it(figures: LivePage) -> None:
    assert sections(figures.cell("shown")) == [(5, "image/pngshown"), (6, "1\n")]


def test_figures_are_shown_even_if_a_later_statement_fails(figures: LivePage) -> None:
    shown = sections(figures.cell("fails"), "error")
    assert [line for line, _ in shown] == [3, 2, 4]
    assert shown[1][1] == "image/pnglate"
    assert "ZeroDivisionError" in shown[2][1]
