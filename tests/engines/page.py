"""A page with live examples in any engine: find elements by role and name, wait for states."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.engines.engine import Tab

__all__ = ["Cell", "Page", "State"]

State = Literal["idle", "loading", "running", "input", "done", "error", "stopped"]

LOADING_MS = 90_000
"""Time to start Python in the slowest engine, on a busy machine."""

WAIT_MS = 20_000
"""Time for every other wait."""

SCRIPT = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
CALL = "(name, ...values) => (window.engineTests ??= (SCRIPT))[name](...values)".replace(
    "SCRIPT", SCRIPT.strip().rstrip(";")
)


class Page:
    """A page with cells, each found by its name in a scenario."""

    def __init__(self, tab: Tab, positions: Mapping[str, int]) -> None:
        self._tab = tab
        self._positions = positions

    def open(self, url: str) -> None:
        """Open the page, with a new Python."""
        self._tab.open(url)
        self.call("record")

    def call(self, name: str, *values: Any) -> Any:  # noqa: ANN401 - any JSON
        """Call a function of page.js."""
        return self._tab.call(CALL, name, *values)

    def cell(self, key: str) -> Cell:
        """One live example."""
        return Cell(self, self._tab, self._positions[key])


class Cell:
    """One live example."""

    def __init__(self, page: Page, tab: Tab, index: int) -> None:
        self._page = page
        self._tab = tab
        self._index = index

    def press(self, button: str) -> None:
        """Press a button by its name, as soon as it is there."""
        assert self._call("press", button, WAIT_MS), f"there is no button {button}: {self.text}"

    def run(self) -> None:
        """Press Run."""
        self.press("Run")

    def run_to(self, *endings: State) -> str:
        """Press Run, wait for the run to end as expected (by default `done`), and return the output."""
        self.run()
        return self.wait_for(*(endings or ("done",)))

    def stop(self) -> str:
        """Press Stop, wait until the run has ended, and return the output."""
        self.press("Stop")
        return self.wait_for("stopped")

    def wait_for(self, *states: State) -> str:
        """Wait for one of these states; return the output."""
        came = self._wait(states=states)
        assert came, f"waited for {' or '.join(states)}, it is {self.state}: {self.text}"
        return self.text

    def wait_for_text(self, text: str) -> None:
        """Wait until the output contains the text."""
        assert self._wait(text=text), f"waited for {text!r}, it is {self.state}: {self.text}"

    def answer(self, prompt: str, line: str) -> None:
        """Wait for a prompt, which gets the focus automatically, and answer it by keyboard."""
        self.wait_for_prompt(prompt)
        self._tab.type(line)
        self._tab.press("Enter")

    def paste(self, prompt: str, text: str) -> None:
        """Wait for a prompt and answer it from the clipboard."""
        self.wait_for_prompt(prompt)
        self._call("paste", text)
        self._tab.press("Enter")

    def wait_for_prompt(self, prompt: str) -> None:
        """Wait for a text box with this name that has the focus."""
        came = self._wait(states=["input"], prompt=prompt)
        assert came, f"waited for the prompt {prompt!r}, it is {self._call('describe')}"

    @property
    def state(self) -> State:
        """Its ``data-state``."""
        state: State = self._call("describe")["state"]
        return state

    @property
    def strategy(self) -> str | None:
        """Its ``data-input``: how Python waits."""
        strategy: str | None = self._call("describe")["strategy"]
        return strategy

    @property
    def states(self) -> list[State]:
        """Every state that the cell has reported, in order."""
        states: list[State] = self._call("statesOf")
        return states

    @property
    def text(self) -> str:
        """The text of the output, without the line break at the end."""
        return str(self._call("output")).removesuffix("\n")

    def _wait(self, **wanted: Any) -> bool:  # noqa: ANN401
        return bool(self._call("wait", wanted, LOADING_MS, WAIT_MS))

    def _call(self, name: str, *values: Any) -> Any:  # noqa: ANN401
        return self._page.call(name, self._index, *values)
