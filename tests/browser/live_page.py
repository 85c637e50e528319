"""A page with live examples, as a reader uses it: find elements by role and name, wait for states."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from playwright.sync_api import Locator, expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.scenarios import Scenario
    from tests.browser.watch import Watch

__all__ = ["BOOT_TIMEOUT_MS", "RECORD_STATES", "Cell", "LivePage", "State"]

State = Literal["idle", "loading", "running", "input", "done", "error", "stopped"]
ENDINGS: tuple[State, ...] = ("done", "error", "stopped")

BOOT_TIMEOUT_MS = 120_000
"""Time to start Python with SciPy on two cores at a load of 15; an idle machine needs a tenth of that."""

RECORD_STATES = """
window.recordedStates = [];
document.addEventListener("pyrun:state", ({ target, detail }) => recordedStates.push([target, detail.state]));
"""
"""Runs before the page's scripts."""


class Cell:
    """One live example."""

    def __init__(self, locator: Locator) -> None:
        self.locator = locator
        self.page: Page = locator.page
        self.output = locator.get_by_role("log")
        self.editor = locator.get_by_role("textbox", name="Python code")
        self.status = locator.get_by_role("status")

    def button(self, name: str) -> Locator:
        """The button Run, Stop or Retry; Copy, More or one for the output, which are there on intent."""
        return self.locator.get_by_role("button", name=name, exact=True)

    def point(self) -> None:
        """Point at the example, which loads its controls."""
        self.locator.dispatch_event("pointerenter")
        expect(self.locator).to_have_attribute("data-live", "")

    def open_menu(self) -> Locator:
        """Open the menu More, and return it."""
        self.point()
        self.button("More").click()
        menu = self.locator.get_by_role("menu", name="More")
        expect(menu).to_be_visible()
        return menu

    def copy(self) -> None:
        """Press Copy."""
        self.point()
        self.button("Copy").click()

    def choose(self, name: str) -> None:
        """Choose an entry of the menu More."""
        self.open_menu().get_by_role("menuitem", name=name, exact=True).click()

    def prompt(self, name: str) -> Locator:
        """The text box of a pending ``input()``."""
        return self.locator.get_by_role("textbox", name=name, exact=True)

    def run(self) -> None:
        """Press Run, which has another name in other languages."""
        self.locator.locator("[part~=run]").click()

    def run_to(self, *endings: State) -> str:
        """Press Run, wait for the run to end as expected, and return the output."""
        self.run()
        self.wait_for(*(endings or ("done",)))
        return self.text

    def stop(self) -> None:
        """Press Stop."""
        self.button("Stop").click()

    def answer(self, prompt: str, line: str) -> None:
        """Wait for a prompt and answer it with the keyboard alone."""
        self.wait_for("input")
        box = self.prompt(prompt)
        expect(box).to_be_focused()
        self.page.keyboard.insert_text(line)
        self.page.keyboard.press("Enter")

    def write(self, code: str) -> None:
        """Replace the code in the editor, as a reader would."""
        self.edit()
        self.page.keyboard.press("Control+a")
        if code:
            self.page.keyboard.insert_text(code)
        else:
            self.page.keyboard.press("Delete")

    def edit(self) -> None:
        """Click into the code and wait until the cursor is there."""
        # If line numbers are a column of a table, the first block contains them. A folded preamble is above.
        blocks = self.locator.locator("pre:not(details pre)").first.or_(self.locator.locator("td.code pre"))
        blocks.last.click()
        expect(self.editor).to_be_focused()

    def wait_for(self, *states: State) -> State:
        """Wait until the cell is in one of the states; fail at once if the run ends in another state."""
        found = self.page.wait_for_function(
            "([cell, states]) => states.includes(cell.dataset.state) && cell.dataset.state",
            arg=[self.locator.element_handle(), [*states, *ENDINGS]],
            timeout=BOOT_TIMEOUT_MS,
        ).json_value()
        assert found in states, f"waited for {' or '.join(states)}, it is {found}: {self.text}"
        return cast("State", found)

    @property
    def state(self) -> State:
        """Its ``data-state``."""
        return cast("State", self.locator.get_attribute("data-state"))

    @property
    def text(self) -> str:
        """The text that the output shows."""
        return self.output.inner_text()

    def download_all(self) -> str:
        """The file saved by the button below a truncated output."""
        with self.page.expect_download() as download:
            self.button("Download all").click()
        assert download.value.suggested_filename == "output.txt"
        return Path(download.value.path()).read_bytes().decode()

    def colours(self) -> dict[str, str]:
        """The colour of each part of the output, by its text."""
        pieces: list[list[str]] = self.output.locator("pre span").evaluate_all(
            "spans => spans.map((span) => [span.textContent, getComputedStyle(span).color])",
        )
        return {text.strip(): colour for text, colour in pieces}

    @property
    def states(self) -> list[State]:
        """Every state the cell has reported, in order."""
        return cast(
            "list[State]",
            self.locator.evaluate(
                "cell => recordedStates.filter(([target]) => target === cell).map(([, state]) => state)",
            ),
        )


class LivePage:
    """A page of a scenario in the browser."""

    def __init__(self, page: Page, scenario: Scenario, watch: Watch) -> None:
        self.page = page
        self.scenario = scenario
        self.watch = watch

    def cell(self, key: str = "") -> Cell:
        """An example by its name in the scenario; by default the first one."""
        position = self.scenario.position(key) if key else 0
        return Cell(self.page.locator("pyrun-cell").nth(position))

    @property
    def workers(self) -> list[str]:
        """The running workers of pyrun, found by their URL; themes have workers too."""
        return [worker.url for worker in self.page.workers if "pyrun/worker-" in worker.url]

    def at(self, position: int) -> Cell:
        """An example by its position, from 0."""
        return Cell(self.page.locator("pyrun-cell").nth(position))

    def file_name(self, key: str) -> str:
        """The file name that tracebacks show for an example."""
        return self.scenario.file_name(key)
