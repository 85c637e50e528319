"""A scenario: examples, what a reader does with them, and the expected result."""

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
"""How Python can wait for the reader, the best strategy first: `Waiting` of assets/shared/protocol.js."""

HOLDS = "yes"


@dataclass(frozen=True)
class Place:
    """Where scenarios are played: in an engine, with Python using one wait strategy."""

    engine: str
    strategy: WaitStrategy

    def __str__(self) -> str:
        return f"{self.engine}-{self.strategy}"


class Cells:
    """The examples of one scenario, on the page that contains the examples of all."""

    def __init__(self, page: Page, scenario: Scenario) -> None:
        self._page = page
        self._scenario = scenario

    def __getitem__(self, key: str) -> Cell:
        return self._page.cell(self._scenario.cell_name(key))


@dataclass(frozen=True)
class Outcome:
    """The expected result: in words for the table, and as a function that does what a reader does."""

    words: str
    play: Callable[[Cells], object]
    leaves_busy: bool = False
    """Whether a worker had to be terminated while it was busy."""


@dataclass(frozen=True)
class Scenario:
    """The same in all engines and with all strategies, except where `instead` declares another outcome."""

    name: str
    sentence: str
    """The expected result, for the table."""
    blocks: Mapping[str, Block]
    play: Callable[[Cells], object]
    instead: Mapping[WaitStrategy, Outcome] = field(default_factory=dict)
    """The different outcomes, by strategy."""
    leaves_busy: bool = False
    complaints: tuple[str, ...] = ()
    """Parts of messages that the console may contain."""

    def at(self, place: Place) -> Outcome:
        """The outcome to expect at the place."""
        return self.instead.get(place.strategy) or Outcome(HOLDS, self.play, self.leaves_busy)

    def cell_name(self, key: str) -> str:
        """The name of an example, unique among all scenarios."""
        return f"{self.name}: {key}"
