"""What a scenario is: examples, what a reader does with them, and what then holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.browser.scenarios import Block
    from tests.engines.page import Cell, Page

__all__ = ["HOLDS", "STRATEGIES", "Cells", "Outcome", "Place", "Scenario", "WaitStrategy"]

WaitStrategy = Literal["jspi", "shared", "service-worker", "none"]
STRATEGIES: tuple[WaitStrategy, ...] = ("jspi", "shared", "service-worker", "none")
"""How Python can wait for the reader, the best first: `Waiting` of assets/shared/protocol.js."""

HOLDS = "yes"


@dataclass(frozen=True)
class Place:
    """Where scenarios are played: in an engine, with Python made to wait with one strategy."""

    engine: str
    strategy: WaitStrategy

    def __str__(self) -> str:
        return f"{self.engine}-{self.strategy}"


class Cells:
    """The examples of one scenario on the page that holds those of all."""

    def __init__(self, page: Page, scenario: Scenario) -> None:
        self._page = page
        self._scenario = scenario

    def __getitem__(self, key: str) -> Cell:
        return self._page.cell(self._scenario.cell_name(key))


@dataclass(frozen=True)
class Outcome:
    """What is right somewhere, in words for the table, and as a play that does what a reader does."""

    words: str
    play: Callable[[Cells], object]
    leaves_busy: bool = False
    """Whether a worker had to be ended while it was busy."""


@dataclass(frozen=True)
class Scenario:
    """The same in all engines and with all strategies, except where `instead` declares another outcome."""

    name: str
    sentence: str
    """What holds, for the table."""
    blocks: Mapping[str, Block]
    play: Callable[[Cells], object]
    instead: Mapping[WaitStrategy, Outcome] = field(default_factory=dict)
    """By strategy."""
    leaves_busy: bool = False
    complaints: tuple[str, ...] = ()
    """Parts of what the console may say."""

    def at(self, place: Place) -> Outcome:
        """What must hold there."""
        return self.instead.get(place.strategy) or Outcome(HOLDS, self.play, self.leaves_busy)

    def cell_name(self, key: str) -> str:
        """The name of an example among those of all scenarios."""
        return f"{self.name}: {key}"
