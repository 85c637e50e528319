"""``input()`` asks the reader inside the output, and waits for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.live_page import LivePage

SCENARIOS = (
    Scenario(
        "input",
        {
            "name": block("""
                name = input("What is your name? ")
                print(f"Hello, {name}!")
            """),
            "several": block("""
                first = int(input("First: "))
                second = int(input("Second: "))
                print(first + second)
            """),
            "no prompt": block("print(repr(input()))"),
            "printed prompt": block("""
                print("Age: ", end="")
                input()
            """),
            "preset": block("print(input('A? '), input('B? '))", stdin="one\\ntwo"),
            "preset then asked": block("print(input('A? '), input('B? '))", stdin="one"),
            "iterate": block("""
                import sys
                total = sum(int(line) for line in sys.stdin)
                print("total", total)
            """),
            "readline": block("import sys\nsys.stdin.readline()"),
            "read preset": block("import sys\nsys.stdin.readline(), sys.stdin.readline()", stdin="x\\ny"),
            "key": block("""
                sorted(["a", "b"], key=lambda item: int(input(f"Rank of {item}: ")))
            """),
            "replace": block("""
                import re
                re.sub("[AB]", lambda match: input(match[0] + " is? "), "A-B")
            """),
            "function": block("""
                class Asked:
                    value = input("In a class: ")
                def generate():
                    yield input("In a generator: ")
                [Asked.value, *generate()]
            """),
            "coroutine": block("""
                async def ask():
                    return input("In a coroutine: ")
                await ask()
            """),
            "end": block("input('More? ')"),
            "loop": block("""
                for number in range(3):
                    input(f"{number}? ")
            """),
        },
    ),
)


def test_the_prompt_names_the_text_box_and_the_answer_resumes_the_run(live: LivePage) -> None:
    cell = live.cell("name")
    before = len(cell.states)
    cell.run()
    cell.answer("What is your name?", "Ada")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["What is your name? Ada", "Hello, Ada!"]
    assert cell.states[before:] == ["loading", "running", "input", "running", "done"]


def test_the_text_box_is_inside_the_output(live: LivePage) -> None:
    cell = live.cell("name")
    cell.run()
    cell.wait_for("input")
    expect(cell.output.get_by_role("textbox", name="What is your name?")).to_be_visible()
    expect(cell.status).to_have_text("Waiting for your input")
    cell.answer("What is your name?", "")
    cell.wait_for("done")
    expect(cell.output.get_by_role("textbox")).to_have_count(0)


def test_the_focus_goes_to_the_prompt_and_comes_back(live: LivePage) -> None:
    cell = live.cell("several")
    cell.button("Run").focus()
    cell.page.keyboard.press("Enter")
    cell.answer("First:", "2")
    cell.answer("Second:", "40")
    cell.wait_for("done")
    expect(cell.button("Run")).to_be_focused()
    assert cell.text.splitlines()[-1] == "42"


def test_the_focus_comes_back_to_the_editor(live: LivePage) -> None:
    cell = live.cell("name")
    cell.edit()
    cell.page.keyboard.press("Control+Enter")
    cell.answer("What is your name?", "Bob")
    cell.wait_for("done")
    expect(cell.editor).to_be_focused()


def test_an_input_without_a_prompt_is_named_input(live: LivePage) -> None:
    cell = live.cell("no prompt")
    cell.run()
    cell.answer("Input", "x")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["x", "'x'"]


def test_a_prompt_may_be_printed_beforehand(live: LivePage) -> None:
    cell = live.cell("printed prompt")
    cell.run()
    cell.answer("Age:", "7")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["Age: 7", "'7'"]


def test_unicode_and_empty_answers_arrive(live: LivePage) -> None:
    cell = live.cell("no prompt")
    for answer in ("日本語 🐍 é", "", "  spaces  ", "\\n"):
        cell.run()
        cell.answer("Input", answer)
        cell.wait_for("done")
        assert cell.text.splitlines()[-1] == repr(answer)


def test_preset_answers_are_used_before_the_reader_is_asked(live: LivePage) -> None:
    cell = live.cell("preset")
    assert cell.run_to("done").splitlines() == ["A? one", "B? two", "one two"]
    assert "input" not in cell.states
    cell = live.cell("preset then asked")
    cell.run()
    cell.answer("B?", "mine")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "one mine"


def test_sys_stdin_can_be_iterated_until_its_end(live: LivePage) -> None:
    cell = live.cell("iterate")
    cell.run()
    for number in ("1", "2", "3"):
        cell.answer("Input", number)
    cell.wait_for("input")
    expect(cell.prompt("Input")).to_be_focused()
    cell.page.keyboard.press("Control+d")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "total 6"


def test_sys_stdin_reads_lines(live: LivePage) -> None:
    cell = live.cell("readline")
    cell.run()
    cell.answer("Input", "a line")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == r"'a line\n'"
    assert live.cell("read preset").run_to("done").splitlines()[-1] == r"('x\n', 'y\n')"


def test_the_end_of_the_input_is_an_eof_error(live: LivePage) -> None:
    cell = live.cell("end")
    cell.run()
    cell.wait_for("input")
    expect(cell.prompt("More?")).to_be_focused()
    cell.page.keyboard.press("Control+d")
    cell.wait_for("error")
    assert "EOFError" in cell.text


def test_code_called_from_c_can_ask(live: LivePage) -> None:
    cell = live.cell("key")
    cell.run()
    cell.answer("Rank of a:", "2")
    cell.answer("Rank of b:", "1")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "['b', 'a']"
    cell = live.cell("replace")
    cell.run()
    cell.answer("A is?", "x")
    cell.answer("B is?", "y")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "'x-y'"


def test_classes_generators_and_coroutines_can_ask(live: LivePage) -> None:
    cell = live.cell("function")
    cell.run()
    cell.answer("In a class:", "c")
    cell.answer("In a generator:", "g")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "['c', 'g']"
    cell = live.cell("coroutine")
    cell.run()
    cell.answer("In a coroutine:", "co")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "'co'"


def test_the_focus_stays_where_a_reader_has_moved_it(live: LivePage) -> None:
    cell, other = live.cell("loop"), live.cell("name")
    cell.run()
    cell.answer("0?", "")
    cell.wait_for("input")
    other.point()
    other.button("More").focus()
    cell.prompt("1?").evaluate("box => { box.value = 'x'; box.form.requestSubmit(); }")
    expect(cell.prompt("2?")).to_be_visible()
    expect(other.button("More")).to_be_focused()
    cell.stop()
    cell.wait_for("stopped")
