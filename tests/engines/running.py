"""Code runs, one example after the other, and the page survives whatever the code does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.scenarios import block
from tests.engines.scenario import Scenario
from tests.engines.stopping import restarts

if TYPE_CHECKING:
    from tests.engines.scenario import Cells

__all__ = ["ENDING", "RUNNING"]


def hello(cells: Cells) -> None:
    assert cells["hello"].run_to("done").splitlines() == ["hello", "42"]


def awaits(cells: Cells) -> None:
    assert cells["await"].run_to("done") == "'slept'"


def side_by_side(cells: Cells) -> None:
    assert cells["gather"].run_to("done").splitlines() == ["b", "a", "['a', 'b']"]


def in_order(cells: Cells) -> None:
    cells["first"].run()
    cells["second"].run()
    assert cells["second"].wait_for("done") == "['first', 'second']"
    assert cells["first"].state == "done"


def exits(cells: Cells) -> None:
    cells["keep"].run_to("done")
    for button in ("Run", "Retry"):
        cells["exit"].press(button)
        text = cells["exit"].wait_for("error")
        assert "Python crashed and was shut down" in text
    assert "NameError" in cells["use"].run_to("error")
    assert cells["after"].run_to("done") == "'goes on'"


def package_and_file(cells: Cells) -> None:
    assert cells["package"].run_to("done").splitlines() == ["1.5", "noted"]


RUNNING = (
    Scenario(
        "hello",
        "Output, and the value of the last line",
        {"hello": block("print('hello')\n6 * 7")},
        hello,
    ),
    Scenario(
        "package",
        "A package and a file of the site",
        {"package": block("import small\nprint(small.__version__)\nprint(open('data/note.txt').read())")},
        package_and_file,
    ),
    Scenario(
        "await",
        "`await` at the top level",
        {"await": block("import asyncio\nawait asyncio.sleep(0.01, 'slept')")},
        awaits,
    ),
    Scenario(
        "asyncio-run",
        "`asyncio.run` with tasks side by side",
        {
            "gather": block("""
                import asyncio
                async def say(word, seconds):
                    await asyncio.sleep(seconds)
                    print(word)
                    return word
                async def main():
                    return await asyncio.gather(say("a", 0.1), say("b", 0.01))
                asyncio.run(main())
            """),
        },
        side_by_side,
    ),
    Scenario(
        "queue",
        "Examples run one after the other, in the order of the clicks",
        {
            "first": block("import asyncio\nawait asyncio.sleep(0.05)\norder = ['first']"),
            "second": block("[*order, 'second']"),
        },
        in_order,
    ),
)

ENDING = (
    Scenario(
        "endless-c",
        "**Stop** of one endless call into C restarts Python, and the page says so",
        {
            "keep": block("kept = 'before'"),
            "ask": block("import itertools\nprint('on', flush=True)\nsum(itertools.repeat(1))"),
            "use": block("kept"),
            "after": block("'goes on'"),
        },
        restarts,
        leaves_busy=True,
    ),
    Scenario(
        "exit",
        "A Python that C code has ended is told of, and **Retry** starts another",
        {
            "keep": block("kept = 'before'"),
            "exit": block("import ctypes\nctypes.pythonapi._exit(3)"),
            "use": block("kept"),
            "after": block("'goes on'"),
        },
        exits,
        complaints=("Program terminated with exit(3)",),
    ),
)
"""What ends the interpreter. These come last, because each restarts Python."""
