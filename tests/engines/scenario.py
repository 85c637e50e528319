"""What a scenario is: examples, what a reader does with them, and what then holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.browser.scenarios import Block
    from tests.engines.page import Cell, Page

__all__ = ["HOLDS", "WAYS", "Cells", "Place", "Scenario", "Way"]

Way = Literal["jspi", "shared", "service-worker", "none"]
WAYS: tuple[Way, ...] = ("jspi", "shared", "service-worker", "none")
"""How Python can wait for the reader, the best first: `Waiting` of assets/protocol.js."""

HOLDS = "yes"


@dataclass(frozen=True)
class Place:
    """Where scenarios are played: in an engine, with Python made to wait in one way."""

    engine: str
    way: Way

    def __str__(self) -> str:
        return f"{self.engine}-{self.way}"


class Cells:
    """The examples of one scenario on the page that holds those of all."""

    def __init__(self, page: Page, scenario: Scenario) -> None:
        self._page = page
        self._scenario = scenario

    def __getitem__(self, key: str) -> Cell:
        return self._page.cell(self._scenario.cell_name(key))


@dataclass(frozen=True)
class Scenario:
    """The same in all engines and ways, but where something else is declared to be right."""

    name: str
    sentence: str
    """What holds, for the table in the documentation."""
    blocks: Mapping[str, Block]
    play: Callable[[Cells], object]
    """Does what a reader does; asserts."""
    instead: Mapping[str, tuple[str, Callable[[Cells], object]]] = field(default_factory=dict)
    """By way, or by engine and way as `Place` writes it: what holds there instead, in words and as a play."""
    complaints: tuple[str, ...] = ()
    """Parts of what the console may say."""

    def at(self, place: Place) -> tuple[str, Callable[[Cells], object]]:
        """What must hold there: in words, and as a play."""
        return self.instead.get(str(place)) or self.instead.get(place.way) or (HOLDS, self.play)

    def cell_name(self, key: str) -> str:
        """The name of an example among those of all scenarios."""
        return f"{self.name}: {key}"
