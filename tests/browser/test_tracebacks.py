"""What a reader sees when code raises an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.snapshot_shelf import RESTORED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

SCENARIOS = (
    Scenario(
        "tracebacks",
        {
            "function": block("""
                def outer(number):
                    return inner(number)

                def inner(number):
                    return number / 0

                print("before")
                outer(1)
            """),
            "chained": block("""
                try:
                    {}["key"]
                except KeyError as error:
                    raise ValueError("no such key") from error
            """),
            "while handling": block("""
                try:
                    {}["key"]
                except KeyError:
                    undefined_name
            """),
            "syntax": block("fine = 1\nbroken = = 2", raises="SyntaxError"),
            "indentation": block("if True:\nprint('x')", raises="IndentationError"),
            "group": block("""
                raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
            """),
            "library": block("""
                import json
                print(json.__file__)
                json.loads("{")
            """),
            "async": block("""
                async def failing():
                    raise RuntimeError("awaited")

                await failing()
            """),
            "asyncio run": block("""
                import asyncio

                async def failing():
                    raise RuntimeError("run")

                asyncio.run(failing())
            """),
            "exit in a task": block("""
                import asyncio, sys

                async def leave():
                    sys.exit(4)

                await asyncio.create_task(leave())
            """),
            "define": block("""
                def from_another_cell():
                    raise LookupError("defined elsewhere")
            """),
            "call": block("""

                from_another_cell()
            """),
            "edited": block("1"),
            "hostile": block("""
                class Hostile(Exception):
                    def __str__(self):
                        return 1 / 0

                error = Hostile()
                raise error from error
            """),
            "huge": block("""raise ValueError("first" + "x" * 100_000_000 + "last")"""),
            "deep": block("""
                def there(depth):
                    return back(depth)

                def back(depth):
                    return there(depth - 1) / depth

                there(400)
            """),
            "recursion": block("""
                def again():
                    return again()
                again()
            """),
            "interrupt": block("raise KeyboardInterrupt"),
            "after": block("'alive'"),
            "far up": block("""
                # the first of many lines

                def first():
                    raise ValueError("one")
            """),
            "far down": block("""
                print("calls")
                first()
            """),
        },
        options={"snapshots": "true"},
    ),
)

LONGEST_TEXT = 21_000
RUNTIME = ("pyrun_runtime", "_pyodide", "pyodide", "/lib/python")
SAVED = 'new Promise((resolve) => document.addEventListener("pyrun:snapshot", () => resolve("saved")))'


@pytest.fixture(scope="module", params=["first visit", "later visit"])
def shared_page(
    request: pytest.FixtureRequest, share_page: Callable[[Scenario, Site], LivePage], site: Site
) -> LivePage:
    """A page whose Python started normally, and one whose Python was restored from a snapshot."""
    if request.param == "later visit" and RESTORED:
        pytest.skip("all visits are later ones")
    live = share_page(SCENARIOS[0], site)
    if request.param == "later visit":
        live.page.evaluate(f"window.saved = {SAVED}; undefined")
        live.cell("function").button("Run").dispatch_event("pointerenter")
        assert live.page.evaluate("window.saved") == "saved"
        live.page.reload()
        live.page.evaluate("document.addEventListener('pyrun:start', ({ detail }) => window.start = detail)")
        live.cell("function").run_to("error")
        assert live.page.evaluate("window.start.snapshot") == "used"
    return live


def test_a_traceback_has_only_frames_of_the_reader(live: LivePage) -> None:
    text = live.cell("function").run_to("error")
    file = live.file_name("function")
    lines = [line.strip() for line in text.splitlines() if line]
    assert lines[:2] == ["before", "Traceback (most recent call last):"]
    assert [line for line in lines if line.startswith("File")] == [
        f'File "{file}", line 8, in <module>',
        f'File "{file}", line 2, in outer',
        f'File "{file}", line 5, in inner',
    ]
    assert "return number / 0" in lines
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert not any(name in text for name in RUNTIME)


def test_chained_exceptions_show_their_cause_first(live: LivePage) -> None:
    text = live.cell("chained").run_to("error")
    file = live.file_name("chained")
    assert text.index("KeyError: 'key'") < text.index("direct cause") < text.index("ValueError: no such key")
    assert f'File "{file}", line 2, in <module>' in text
    assert f'File "{file}", line 4, in <module>' in text
    text = live.cell("while handling").run_to("error")
    assert "During handling of the above exception" in text
    assert text.strip().endswith("NameError: name 'undefined_name' is not defined")
    assert not any(name in text for name in RUNTIME)


def test_a_syntax_error_shows_where_it_is(live: LivePage) -> None:
    text = live.cell("syntax").run_to("error")
    assert text.splitlines()[0].strip() == f'File "{live.file_name("syntax")}", line 2'
    assert "broken = = 2" in text
    assert "^" in text
    assert text.strip().endswith("SyntaxError: invalid syntax")
    text = live.cell("indentation").run_to("error")
    assert "line 2" in text
    assert "IndentationError: expected an indented block" in text


def test_an_exception_group_shows_its_parts(live: LivePage) -> None:
    text = live.cell("group").run_to("error")
    assert "ExceptionGroup: several (2 sub-exceptions)" in text
    assert "ValueError: 1" in text
    assert "TypeError: 2" in text
    assert not any(name in text for name in RUNTIME[:3])


def test_frames_of_libraries_are_one_click_away(live: LivePage) -> None:
    cell = live.cell("library")
    text = cell.run_to("error")
    assert "json/__init__.pyc" in text  # it is loaded from bytecode, which has no lines to show
    assert f'File "{live.file_name("library")}", line 3, in <module>' in text
    assert "json/decoder.py" not in text
    cell.output.get_by_text("Show the whole traceback").click()
    whole = cell.output.locator("details").inner_text()
    assert f'File "{live.file_name("library")}", line 3, in <module>' in whole
    assert "json/decoder.py" in whole
    assert "obj, end = self.raw_decode" in whole
    assert not any(name in whole for name in RUNTIME[:3])


def test_there_is_no_second_traceback_if_no_library_is_involved(live: LivePage) -> None:
    cell = live.cell("function")
    cell.run_to("error")
    expect(cell.output.locator("details")).to_have_count(0)


def test_an_awaited_failure_shows_its_frames(live: LivePage) -> None:
    text = live.cell("async").run_to("error")
    file = live.file_name("async")
    assert f'File "{file}", line 4, in <module>' in text
    assert f'File "{file}", line 2, in failing' in text
    assert text.strip().endswith("RuntimeError: awaited")
    assert not any(name in text for name in RUNTIME)


def test_a_failure_inside_asyncio_run_is_shown_once(live: LivePage) -> None:
    text = live.cell("asyncio run").run_to("error")
    file = live.file_name("asyncio run")
    assert [line.strip() for line in text.splitlines() if "File" in line] == [
        f'File "{file}", line 6, in <module>',
        f'File "{file}", line 4, in failing',
    ]
    assert text.count("RuntimeError: run") == 1


def test_a_task_that_exits_ends_the_run(live: LivePage) -> None:
    assert live.cell("exit in a task").run_to("error").strip() == "exit status 4"
    assert live.cell("after").run_to("done").strip() == "'alive'"


def test_frames_name_the_cell_they_come_from(live: LivePage) -> None:
    live.cell("define").run_to("done")
    cell = live.cell("call")
    text = cell.run_to("error")
    defined = live.file_name("define")
    assert f'File "{live.file_name("call")}", line ' in text
    assert f'File "{defined}", line 2, in from_another_cell' in text
    assert 'raise LookupError("defined elsewhere")' in text


def test_line_numbers_of_edited_code_are_those_of_the_editor(live: LivePage) -> None:
    cell = live.cell("edited")
    cell.write("# one\n\n# three\nboom()")
    text = cell.run_to("error")
    assert f'File "{live.file_name("edited")}", line 4, in <module>' in text
    assert "boom()" in text
    cell.write("# one\nboom()")
    assert f'File "{live.file_name("edited")}", line 2, in <module>' in cell.run_to("error")


def test_runaway_recursion_ends_in_its_error(live: LivePage) -> None:
    text = live.cell("recursion").run_to("error")
    assert "RecursionError: maximum recursion depth exceeded" in text
    assert live.cell("after").run_to("done").strip() == "'alive'"


def test_the_error_at_the_end_of_a_long_traceback_is_in_view(live: LivePage) -> None:
    cell = live.cell("deep")
    cell.run_to("error")
    last_line = cell.output.locator("pre").first.get_by_text("RecursionError").last
    shown, output = last_line.bounding_box(), cell.output.bounding_box()
    assert shown is not None
    assert output is not None
    assert output["y"] <= shown["y"]
    assert shown["y"] + shown["height"] <= min(
        output["y"] + output["height"], live.page.evaluate("innerHeight")
    )


def test_an_unexpected_interrupt_is_an_error(live: LivePage) -> None:
    assert live.cell("interrupt").run_to("error").strip().endswith("KeyboardInterrupt")


def test_a_failure_looks_like_an_error(live: LivePage) -> None:
    cell = live.cell("function")
    cell.run_to("error")
    colours = list(cell.colours().values())
    assert colours[0] != colours[1]
    expect(cell.status).to_have_text("Failed")


def marked_lines(live: LivePage) -> list[str]:
    """The marked lines in all editors of the page."""
    return live.page.locator(".pyrun-marked-line").all_inner_texts()


def test_the_line_that_failed_is_marked_until_the_code_is_edited(live: LivePage) -> None:
    cell = live.cell("function")
    cell.edit()
    cell.run_to("error")
    expect(cell.button("Run")).to_be_focused()
    assert [line.strip() for line in marked_lines(live)] == ["return number / 0"]
    cell.edit()
    live.page.keyboard.insert_text(" ")
    assert marked_lines(live) == []
    cell.choose("Reset")


def test_a_frame_links_to_its_line_in_any_example(live: LivePage) -> None:
    defining, calling = live.cell("far up"), live.cell("far down")
    defining.run_to("done")
    calling.run_to("error")
    calling.button(f"{live.file_name('far up')}, line 4").click()
    expect(defining.editor).to_be_focused()
    expect(live.page.locator(".pyrun-marked-line")).to_be_in_viewport()
    assert [line.strip() for line in marked_lines(live)] == ['raise ValueError("one")']
    live.page.keyboard.press("End")
    live.page.keyboard.insert_text("  # here")
    expect(defining.editor).to_contain_text('raise ValueError("one")  # here')
    assert marked_lines(live) == []
    defining.write("first = 0")
    calling.button(f"{live.file_name('far up')}, line 4").click()
    expect(live.page.locator(".pyrun-marked-line")).to_have_count(0)  # the code has fewer lines now
    expect(defining.editor).to_be_focused()


def test_a_new_run_removes_the_mark(live: LivePage) -> None:
    live.cell("function").edit()
    live.cell("function").run_to("error")
    assert marked_lines(live)
    live.cell("after").run_to("done")
    assert marked_lines(live) == []


def test_an_exception_that_cannot_be_formatted_is_reported_like_others(live: LivePage) -> None:
    assert "Hostile: <exception str() failed>" in live.cell("hostile").run_to("error")
    assert live.cell("after").run_to("done").strip() == "'alive'"


def test_a_message_of_a_hundred_megabytes_is_shortened_in_the_middle(live: LivePage) -> None:
    text = live.cell("huge").run_to("error")
    assert len(text) < LONGEST_TEXT
    assert "ValueError: firstxxx" in text
    assert "xxx\n[99,9" in text
    assert " characters are left out here]\nxxx" in text
    assert "xxxlast\n" in text
