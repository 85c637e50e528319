"""The page with the examples of all scenarios, opened in an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.engines.page import Page
from tests.engines.scenario import Cells
from tests.engines.scenarios import SCENARIOS

if TYPE_CHECKING:
    from tests.engines.engine import Engine, Tab
    from tests.engines.scenario import Place, Scenario

__all__ = ["EXAMPLES", "Opened", "open_examples"]

EXAMPLES = {
    scenario.cell_name(key): block for scenario in SCENARIOS for key, block in scenario.blocks.items()
}
"""The examples, in page order."""


def open_examples(tab: Tab, url: str) -> Page:
    """The page, loaded, with a separate Python."""
    page = Page(tab, {key: position for position, key in enumerate(EXAMPLES)})
    page.open(url)
    return page


class Opened:
    """The page at a place. It is loaded once, and again after a scenario that failed."""

    def __init__(self, place: Place, engine: Engine, url: str) -> None:
        self.place = place
        self._engine = engine
        self._url = url
        self._tab: Tab | None = None
        self._page: Page | None = None

    def play(self, scenario: Scenario) -> str:
        """Play a scenario, check that Python used the place's strategy, and return the result in words."""
        if not self._page and not self._engine.ends_busy_workers:
            self.close()
        self._tab = self._tab or self._engine.new_tab()
        page = self._page or open_examples(self._tab, self._url)
        self._page = None
        outcome = scenario.at(self.place)
        outcome.play(Cells(page, scenario))
        complaints = [
            complaint
            for complaint in self._tab.complaints()
            if not any(allowed in complaint for allowed in scenario.complaints)
        ]
        assert not complaints, "The browser complained:\n" + "\n".join(complaints)
        strategies = {page.cell(scenario.cell_name(key)).strategy for key in scenario.blocks} - {None}
        assert strategies == {self.place.strategy}
        if self._engine.ends_busy_workers or not outcome.leaves_busy:
            self._page = page
        return outcome.words

    def close(self) -> None:
        """Close the page."""
        if self._tab:
            self._tab.close()
        self._tab = self._page = None
