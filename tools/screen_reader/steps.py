"""The walk: what a reader who does not see the page does with its examples, key by key."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.browser.scenarios import Scenario, block

__all__ = ["EXAMPLES", "SECTIONS", "Section", "Step"]

EXAMPLES = Scenario(
    "walk",
    {
        "run": block('for number in range(3):\n    print("Hello", number)'),
        "input": block('print("A greeting")\nname = input("What is your name? ")\nprint("Hello, " + name)'),
        "error": block('print("The last line fails")\n1 / 0'),
        "stop": block('print("Working")\nwhile True:\n    pass'),
        "flood": block('for number in range(10_000):\n    print("Line", number)'),
        "progress": block("""
            import time

            for percent in range(0, 101, 4):
                print(f"\\r{percent} %", end="")
                time.sleep(0.1)
        """),
    },
)
"""The page. Each example belongs to the section of its name."""


@dataclass(frozen=True)
class Step:
    """Keys that a reader presses, and what happens before the next step."""

    does: str
    """In words."""
    keys: tuple[str, ...] = ()
    """Names of X11."""
    types: str = ""
    until: str = ""
    """The state that the example of the section reaches."""
    to: str = ""
    """The button of the example to which the keys lead, pressed again until it has the focus."""


@dataclass(frozen=True)
class Section:
    """The steps with one example."""

    example: str
    title: str
    steps: tuple[Step, ...] = field(default=())


FIND_RUN = Step("goes from button to button, to Run", ("b",), to="Run")
PRESS_RUN = Step("presses Run", ("Return",), until="done")

SECTIONS = (
    Section("run", "Run an example", (FIND_RUN, PRESS_RUN)),
    Section(
        "input",
        "Answer a question",
        (
            FIND_RUN,
            Step("presses Run", ("Return",), until="input"),
            Step("types an answer and presses Enter", ("Return",), types="Ada", until="done"),
        ),
    ),
    Section("error", "An example that fails", (FIND_RUN, Step("presses Run", ("Return",), until="error"))),
    Section(
        "stop",
        "Stop an example",
        (
            FIND_RUN,
            Step("presses Run", ("Return",), until="running"),
            Step("goes to Stop", ("Tab",), to="Stop"),
            Step("presses Stop", ("Return",), until="stopped"),
        ),
    ),
    Section("flood", "10,000 lines of output", (FIND_RUN, PRESS_RUN)),
    Section("progress", "A progress bar", (FIND_RUN, PRESS_RUN)),
)
