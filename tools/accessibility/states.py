"""The states of an example in which it is audited, and one page that shows all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tests.browser.scenarios import Block, Scenario, block

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OPENED", "PAGE", "ROOMS", "STATES", "Call", "shown_in_turn", "shown_together"]

STATES = {
    "idle": "idle, as the page shows it",
    "editor": "idle, with the editor and all controls",
    "menu": "the menu is open",
    "stored": "an output that the build has stored",
    "done": "done, with text, an error stream and a value",
    "table": "done, with a table and a picture",
    "long": "done, with an output that scrolls and is cut",
    "error": "failed, with a traceback and an offer",
    "stopped": "stopped",
    "input": "waiting for input",
    "loading": "waiting for another example",
    "running": "running",
}
"""What readers see in each, where examples show all of them together."""

ROOMS = {
    "console": "a console, with an entry that is done and one that waits for input",
    "completions": "the list of completions is open",
    "find": "finding and replacing in the code",
    "banner": "modified, with a question about another edit",
    "share": "sharing, with the link or what became of it",
    "full screen": "on the whole window",
    "playground": "a playground, with a second file and the list of packages",
}
"""What readers see one after the other. All but the console and the playground are in one example."""

_EXAMPLES = {
    "idle": block("""
            # Not touched by anybody
            def greet(name="Ada", times=2):
                return [f"Hello, {name}!"] * times
        """),
    "editor": block("import math\nmath.tau"),
    "console": block("'a value'\ninput('What is your name? ')", console=None),
    "playground": block("print('The files are tabs')", playground=None),
    "menu": block("print('The menu of this example is open')"),
    "stored": block("print('An output from the build')", output="build"),
    "done": block("""
            import sys
            print("A line of text")
            print("A line of an error", file=sys.stderr)
            {"the": "value", "of": ["the", "last", "expression"]}
        """),
    "table": block("""
            from IPython.display import HTML, SVG, display

            rows = "<tr><th>1</th><td>one</td></tr><tr><th>2</th><td>two</td></tr>"
            head = "<thead><tr><th>number</th><th>word</th></tr></thead>"
            display(HTML(f"<table class=dataframe>{head}<tbody>{rows}</tbody></table>"))
            display(SVG("<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'/>"))
        """),
    "long": block("for number in range(20_000):\n    print('A long line of output', number)"),
    "error": block("""
            def divide(number):
                return number / 0
            divide(1)
        """),
    "stopped": block(
        """
            print("working ...")
            while True:
                pass
        """,
        linenos=None,
    ),
    "input": block(
        """
            name = input("What is your name? ")
            print(f"Hello, {name}!")
            while True:
                pass
        """,
        emphasize_lines="2",
    ),
    "loading": block("print('waits for the one above')", caption="A title above the example"),
}

PAGE = Scenario(
    "states",
    {
        key: example
        if {"output", "console"} & example.options.keys()
        else Block(example.code, {**example.options, "skip-check": "it ends in a state"})
        for key, example in _EXAMPLES.items()
    },
)
"""An example for each state; the one that asks for input is also the one that runs, later."""


OPENED = tuple(key for key in _EXAMPLES if key not in {"idle", "stored", "console"})
"""The examples that the reader has pointed at."""


class Call(Protocol):
    """Calls a function of page.js by its name."""

    def __call__(self, name: str, *values: object) -> Any:  # noqa: ANN401 - any JSON
        """Return its result."""


def shown_in_turn(call: Call) -> Iterator[str]:
    """Open what is in `ROOMS`; yield the key of its example for each."""
    console, editor = PAGE.position("console"), PAGE.position("editor")
    call("press", console, "Run")
    call("state", console, "input")
    yield "console"
    call("press", console, "Stop")
    call("state", console, "stopped")
    call("complete", editor)
    yield "editor"
    call("escape")
    call("forbidCopying")
    for key, entry, close in [
        ("find", "Find", "Close"),
        ("share", "Share", "Close"),
        ("full screen", "Full screen", "Exit full screen"),
    ]:
        call("press", editor, "More")
        call("press", editor, entry)
        call("opened", editor, key)
        yield "editor"
        call("press", editor, close)
    call("editElsewhere", editor)
    yield "editor"
    call("press", editor, "Keep this one")
    playground = PAGE.position("playground")
    for button in ("New file", "OK", "Packages"):
        call("press", playground, button)
    yield "playground"


def shown_together(call: Call) -> Iterator[tuple[str, ...]]:
    """Bring examples with controls into their states; yield those that the page shows at the same time."""
    at = PAGE.position
    for key in ("done", "table", "long", "error"):
        call("run", at(key), "error" if key == "error" else "done")
    call("run", at("stopped"), "running")
    call("press", at("stopped"), "Stop")
    call("state", at("stopped"), "stopped")
    call("run", at("input"), "input")
    call("run", at("loading"), "loading")
    call("press", at("menu"), "More")
    yield tuple(state for state in STATES if state != "running")
    call("answer", at("input"), "Ada")
    yield ("running",)
