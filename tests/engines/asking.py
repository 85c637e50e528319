"""Python asks the reader, in every way it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.scenarios import block
from tests.engines.scenario import Outcome, Scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engines.scenario import Cells

__all__ = ["ASKING", "MEGABYTE"]

SAYS_WHY = "an error that says why"
PASTED_CHARACTERS = 1_000_000


def asks(name: str, sentence: str, code: str, play: Callable[[Cells], object], **options: str) -> Scenario:
    """A scenario with one example, `ask`, which ends in an error if Python can't wait."""
    blocks = {"ask": block(code, **options), "after": block("'goes on'")}
    return Scenario(name, sentence, blocks, play, {"none": Outcome(SAYS_WHY, says_why)})


def says_why(cells: Cells) -> None:
    text = cells["ask"].run_to("error")
    assert "RuntimeError: input() cannot wait for an answer here: " in text
    assert 'the page\'s address allows only "none"' in text
    assert cells["after"].run_to("done") == "'goes on'"


def last_line(text: str) -> str:
    return text.rstrip("\n").split("\n")[-1]


def input_(cells: Cells) -> None:
    cell = cells["ask"]
    before = len(cell.states)
    cell.run()
    cell.answer("What is your name?", "Ada")
    assert cell.wait_for("done").splitlines() == ["What is your name? Ada", "Hello, Ada!"]
    assert cell.states[before:] == ["loading", "running", "input", "running", "done"]


def two_prompts(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    cell.answer("First:", "2")
    cell.answer("Second:", "40")
    assert cell.wait_for("done").splitlines() == ["First: 2", "Second: 40", "42"]


def readline(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    cell.answer("Input", "a line")
    assert last_line(cell.wait_for("done")) == r"'a line\n'"


def until_the_end(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    for number in ("1", "2", "39"):
        cell.answer("Input", number)
    cell.wait_for_prompt("Input")
    cell.press("End input")
    assert last_line(cell.wait_for("done")) == "total 42"


def secret(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    cell.answer("Password:", "sesame")
    text = cell.wait_for("done")
    assert last_line(text) == "6"
    assert "sesame" not in text


def debugger(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    for command in ("n", "n", "p doubled", "c"):
        cell.answer("(Pdb)", command)
    lines = cell.wait_for("done").splitlines()
    assert [line for line in lines if line.startswith("-> ")] == [
        "-> breakpoint()",
        "-> doubled = number * 2",
        "-> return doubled",
    ]
    assert lines[lines.index("(Pdb) p doubled") + 1] == "42"
    assert lines[-1] == "left with 42"


def below_c(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    for prompt, answer in (("Rank of a:", "2"), ("Rank of b:", "1"), ("A is?", "x"), ("B is?", "y")):
        cell.answer(prompt, answer)
    cell.answer("Input", "one")
    cell.answer("Input", "two")
    assert last_line(cell.wait_for("done")) == "['b', 'a'] x-y ['one', 'two']"


def in_a_coroutine(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    cell.answer("In between?", "here")
    assert last_line(cell.wait_for("done")) == "before here after"


def in_asyncio_run(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    cell.answer("In run?", "here")
    assert last_line(cell.wait_for("done")) == "['ticked', 'here']"


def preset(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    cell.answer("B?", "mine")
    assert cell.wait_for("done").splitlines() == ["A? author's", "B? mine", "author's mine"]


def preset_then_says_why(cells: Cells) -> None:
    text = cells["ask"].run_to("error")
    assert text.startswith("A? author's\n")
    assert "RuntimeError: input() cannot wait for an answer here: " in text


def odd_answers(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    answers = ["", "日本語 🐍 é", "  spaces  ", r"\n", "<b>&amp;"]
    for number, answer in enumerate(answers):
        cell.paste(f"{number}?", answer)
    assert last_line(cell.wait_for("done")) == repr(answers)


def several_lines(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    cell.paste("0?", "first\nsecond\n\nfourth")
    assert last_line(cell.wait_for("done")) == "['first', 'second', '', 'fourth']"


def a_megabyte(cells: Cells) -> None:
    cell = cells["ask"]
    cell.run()
    cell.paste("All of it?", "é" * PASTED_CHARACTERS)
    cell.wait_for("done")
    assert cells["check"].run_to("done") == f"({PASTED_CHARACTERS}, True)"


ASKING = (
    asks(
        "input",
        "`input()` asks, and the answer is echoed",
        """
        name = input("What is your name? ")
        print(f"Hello, {name}!")
        """,
        input_,
    ),
    asks(
        "two-prompts",
        "Two prompts in a row",
        """
        first = int(input("First: "))
        print(first + int(input("Second: ")))
        """,
        two_prompts,
    ),
    asks("readline", "`sys.stdin.readline()`", "import sys\nsys.stdin.readline()", readline),
    asks(
        "iterate",
        "A loop over `sys.stdin`, until **End input**",
        "import sys\nprint('total', sum(int(line) for line in sys.stdin))",
        until_the_end,
    ),
    asks(
        "read",
        "`sys.stdin.read()`, until **End input**",
        "import sys\nprint('total', sum(map(int, sys.stdin.read().split())))",
        until_the_end,
    ),
    asks(
        "getpass",
        "`getpass()` does not show what is typed",
        "from getpass import getpass\nlen(getpass())",
        secret,
    ),
    asks(
        "pdb",
        "`breakpoint()` opens the debugger",
        """
        def double(number):
            breakpoint()
            doubled = number * 2
            return doubled
        print("left with", double(21))
        """,
        debugger,
    ),
    asks(
        "below-c",
        "`input()` called back from C: `sorted`, `re.sub`, `map`",
        """
        import re
        ranked = sorted(["a", "b"], key=lambda item: int(input(f"Rank of {item}: ")))
        replaced = re.sub("[AB]", lambda match: input(match[0] + " is? "), "A-B")
        print(ranked, replaced, list(map(lambda _: input(), range(2))))
        """,
        below_c,
    ),
    asks(
        "in-a-coroutine",
        "`input()` between two `await`",
        """
        import asyncio
        async def ask():
            before = await asyncio.sleep(0.01, "before")
            answer = input("In between? ")
            return before, answer, await asyncio.sleep(0.01, "after")
        print(*await ask())
        """,
        in_a_coroutine,
    ),
    asks(
        "in-asyncio-run",
        "`input()` inside `asyncio.run`",
        """
        import asyncio
        async def tick():
            return await asyncio.sleep(0.01, "ticked")
        async def ask():
            return input("In run? ")
        async def main():
            return await asyncio.gather(tick(), ask())
        asyncio.run(main())
        """,
        in_asyncio_run,
    ),
    Scenario(
        "preset",
        "The author's answers are used first",
        {"ask": block("print(input('A? '), input('B? '))", stdin="author's")},
        preset,
        {"none": Outcome("yes, then an error that says why", preset_then_says_why)},
    ),
    asks(
        "odd-answers",
        "Empty answers, Unicode, markup",
        "answers = [input(f'{number}? ') for number in range(5)]\nprint(answers)",
        odd_answers,
    ),
    asks(
        "several-lines",
        "Several lines pasted at once answer the prompts that follow",
        "answers = [input(f'{number}? ') for number in range(4)]\nprint(answers)",
        several_lines,
    ),
)

MEGABYTE = Scenario(
    "megabyte",
    "An answer of a million characters",
    {
        "ask": block("text = input('All of it? ')"),
        "check": block("len(text), text == 'é' * len(text)"),
        "after": block("'goes on'"),
    },
    a_megabyte,
    {"none": Outcome(SAYS_WHY, says_why)},
)
"""Listed separately: what these leave in the page slows down the scenarios that follow."""
