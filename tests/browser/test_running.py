"""What a reader sees when code runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

NUMBERS = 12_000

RECORD_TEXT = """log => {
    window.recordedText = [];
    new MutationObserver(() => recordedText.push(log.innerText.trim()))
        .observe(log, { childList: true, subtree: true, characterData: true });
}"""

RUNNING = Scenario(
    "running",
    {
        "streams": block("""
            import sys
            print("first")
            print("second", file=sys.stderr)
            print("third")
            "fourth"
        """),
        "value": block("[1, 2, {'a': 'b'}]"),
        "nothing": block("None"),
        "semicolon": block("6 * 7;"),
        "statement last": block("x = 6 * 7"),
        "await": block("""
            import asyncio
            await asyncio.sleep(0.01)
            result = await asyncio.gather(*(asyncio.sleep(0, number) for number in range(3)))
            result
        """),
        "asyncio run": block("""
            import asyncio
            async def main():
                await asyncio.sleep(0)
                return "ran"
            asyncio.run(main())
        """),
        "define": block("""
            shared = ["from the page"]
            def double(number):
                return 2 * number
        """),
        "use": block("shared, double(21)"),
        "other session": block("'shared' in globals()", session="other"),
        "other session again": block("other = 1", session="other"),
        "third of other": block("other + 1", session="other"),
        "isolated": block("'shared' in globals(), 'mine' in globals(); mine = 1", session="isolated"),
        "isolated names": block(
            """
            print('shared' in globals(), 'mine' in globals())
            mine = 1
            """,
            session="isolated",
        ),
        "name": block("__name__"),
        "pickle": block("""
            import pickle
            from dataclasses import dataclass
            @dataclass
            class Point:
                x: int
            pickle.loads(pickle.dumps(Point(3)))
        """),
        "exit": block("import sys\nprint('before')\nsys.exit()\nprint('after')"),
        "exit status": block("import sys\nsys.exit(3)"),
        "exit message": block("import sys\nsys.exit('no such thing')"),
        "streaming": block("""
            import time
            print("first line", flush=True)
            time.sleep(60)
        """),
        "quick, then slow": block("""
            import time
            time.sleep(60 if "before" in globals() else 0)
            before = "quick"
            before
        """),
        "streaming without flush": block("""
            print("begun")
            while True:
                pass
        """),
        "both streams at once": block(f"""
            import sys
            for number in range({NUMBERS}):
                print(number)
                print(number, file=sys.stderr)
        """),
        "html": block("print('<b>&amp; &lt;</b>')\n'<img src=x onerror=alert(1)>'"),
        "unicode": block("print('naïve ☃ 🐍 日本語')"),
        "partial": block("print('a', end='')\nprint('b', end='')\nprint('c')"),
        "background": block("""
            import asyncio
            async def later():
                await asyncio.sleep(0.05)
                print("later")
            task = asyncio.ensure_future(later())
            await task
            print("after it")
        """),
    },
)

SCENARIOS = (RUNNING,)


def test_streams_come_in_the_order_in_which_they_were_written(live: LivePage) -> None:
    assert live.cell("streams").run_to("done").splitlines() == ["first", "second", "third", "'fourth'"]


def test_errors_and_the_value_look_different_from_printed_text(live: LivePage) -> None:
    cell = live.cell("streams")
    cell.run_to("done")
    colours = cell.colours()
    assert colours["first"] == colours["third"]
    assert len({colours["first"], colours["second"], colours["'fourth'"]}) == 3


def test_the_value_of_the_last_expression_is_shown(live: LivePage) -> None:
    assert live.cell("value").run_to("done").strip() == "[1, 2, {'a': 'b'}]"


def test_none_a_statement_and_a_semicolon_show_nothing(live: LivePage) -> None:
    for key in ("nothing", "statement last", "semicolon"):
        assert live.cell(key).run_to("done") == "", key


def test_await_works_at_the_top_level(live: LivePage) -> None:
    assert live.cell("await").run_to("done").strip() == "[0, 1, 2]"
    assert live.cell("asyncio run").run_to("done").strip() == "'ran'"


def test_cells_of_a_page_share_their_names(live: LivePage) -> None:
    live.cell("define").run_to("done")
    assert live.cell("use").run_to("done").strip() == "(['from the page'], 42)"


def test_another_session_has_a_separate_namespace(live: LivePage) -> None:
    live.cell("define").run_to("done")
    assert live.cell("other session").run_to("done").strip() == "False"
    live.cell("other session again").run_to("done")
    assert live.cell("third of other").run_to("done").strip() == "2"


def test_an_isolated_cell_starts_with_an_empty_namespace_in_every_run(live: LivePage) -> None:
    live.cell("define").run_to("done")
    for _ in range(2):
        assert live.cell("isolated names").run_to("done").strip() == "False False"


def test_code_runs_as_main(live: LivePage) -> None:
    assert live.cell("name").run_to("done").strip() == "'__main__'"
    assert live.cell("pickle").run_to("done").strip() == "Point(x=3)"


def test_sys_exit_ends_the_run_and_not_the_interpreter(live: LivePage) -> None:
    assert live.cell("exit").run_to("done").strip() == "before"
    assert live.cell("exit status").run_to("error").strip() == "exit status 3"
    assert live.cell("exit message").run_to("error").strip() == "no such thing"
    assert live.cell("value").run_to("done")


def test_output_is_shown_while_the_code_is_still_running(live: LivePage) -> None:
    for key, line in {"streaming": "first line", "streaming without flush": "begun"}.items():
        cell = live.cell(key)
        cell.run()
        expect(cell.output).to_contain_text(line)
        assert cell.state == "running"
        cell.stop()
        cell.wait_for("stopped")


def test_no_output_is_lost_or_duplicated_while_the_clock_interrupts_writing(live: LivePage) -> None:
    cell = live.cell("both streams at once")
    cell.run_to("done")
    lines = cell.download_all().split()
    assert lines == [str(number) for number in range(NUMBERS) for _ in range(2)]


def test_output_is_text_and_never_markup(live: LivePage) -> None:
    cell = live.cell("html")
    assert cell.run_to("done").splitlines() == ["<b>&amp; &lt;</b>", "'<img src=x onerror=alert(1)>'"]
    assert cell.output.locator("b, img").count() == 0


def test_every_character_arrives(live: LivePage) -> None:
    assert live.cell("unicode").run_to("done").strip() == "naïve ☃ 🐍 日本語"
    assert live.cell("partial").run_to("done").strip() == "abc"


def test_awaited_tasks_print_in_order(live: LivePage) -> None:
    assert live.cell("background").run_to("done").splitlines() == ["later", "after it"]


def test_running_again_shows_only_the_new_output(live: LivePage) -> None:
    cell = live.cell("streams")
    first = cell.run_to("done")
    assert cell.run_to("done") == first


def test_a_quick_run_replaces_the_output_without_emptying_it_first(open_page: OpenPage, site: Site) -> None:
    """With the page's clock paused, so that every run counts as quick."""
    cell = open_page(RUNNING, site).cell("value")
    first = cell.run_to("done")
    cell.page.clock.install(time=0)
    cell.page.clock.pause_at(60)
    cell.output.evaluate(RECORD_TEXT)
    before = len(cell.states)
    assert cell.run_to("done") == first
    assert cell.states[before:] == ["loading", "running", "done"]
    assert set(cell.page.evaluate("recordedText")) == {first.strip()}


def test_a_slow_run_empties_the_output_and_says_that_it_is_running(live: LivePage) -> None:
    cell = live.cell("quick, then slow")
    assert cell.run_to("done").strip() == "'quick'"
    cell.run()
    expect(cell.output).to_be_empty()
    expect(cell.status).to_have_text("Running")
    cell.stop()
    cell.wait_for("stopped")


def test_a_first_run_goes_through_loading_and_running_to_done(open_page: OpenPage, site: Site) -> None:
    cell = open_page(RUNNING, site).cell("value")
    cell.run_to("done")
    assert cell.states == ["loading", "running", "done"]


def test_pressing_run_twenty_times_runs_the_code_once(live: LivePage) -> None:
    cell = live.cell("value")
    before = len(cell.states)
    cell.button("Run").evaluate("button => { for (let i = 0; i < 20; i++) button.click(); }")
    cell.wait_for("done")
    assert cell.states[before:] == ["loading", "running", "done"]
    assert re.fullmatch(r"\[1, 2, .*\]\s*", cell.text)


def test_cells_that_are_started_at_once_run_one_after_the_other(live: LivePage) -> None:
    cells = [live.cell(key) for key in ("define", "use", "value", "unicode")]
    for cell in cells:
        cell.run()
    for cell in cells:
        cell.wait_for("done")
    assert cells[1].text.strip() == "(['from the page'], 42)"
