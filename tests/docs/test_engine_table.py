"""The reference shows, for each browser engine, the expected results of the scenarios of tests/engines.

The page is generated from engines.json, which `tests/engines/test_table.py` compares with the engines. This
module compares the page, cell by cell, with the scenarios themselves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.docs.building import PROJECT
from tests.engines.places import CHOSEN, ENGINES, PLACES
from tests.engines.scenario import HOLDS, STRATEGIES
from tests.engines.scenarios import SCENARIOS

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

    from tests.engines.scenario import Scenario

FOUND = json.loads((PROJECT / "docs" / "reference" / "engines.json").read_text(encoding="utf-8"))
QUOTES = str.maketrans("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "''")
NAMES = {engine: found["name"] for engine, found in FOUND["engines"].items()}


@pytest.fixture(scope="module")
def supported(sphinx_site: Path) -> Tag:
    source = (sphinx_site / "reference" / "supported.html").read_text(encoding="utf-8")
    return BeautifulSoup(source, "html.parser")


def plain(text: str) -> str:
    """The text without line breaks, markup and typographic quotation marks."""
    return " ".join(text.translate(QUOTES).replace("`", "").replace("**", "").split())


def texts(row: Tag) -> list[str]:
    return [plain(cell.get_text()) for cell in row.select("th, td")]


def claims(cell: str, engines: list[str]) -> dict[str, str]:
    """The result a cell shows for each engine: one for all, or "Firefox, WebKitGTK: this; Chromium: that"."""
    claimed: dict[str, str] = {}
    for part in cell.split("; "):
        names, _, words = part.partition(": ")
        if words and set(names.split(", ")) <= set(engines):
            claimed |= dict.fromkeys(names.split(", "), words)
    return claimed or dict.fromkeys(engines, cell)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_row_shows_the_expected_result_of_the_scenario_for_each_engine_and_strategy(
    supported: Tag, scenario: Scenario
) -> None:
    (row,) = (
        texts(row)
        for row in supported.select("#what-holds-where tbody tr")
        if texts(row)[0] == plain(scenario.sentence)
    )
    assert len(row) == 1 + len(STRATEGIES)
    for strategy, cell in zip(STRATEGIES, row[1:], strict=True):
        engines = [NAMES[place.engine] for place in PLACES if place.strategy == strategy]
        right = plain(scenario.instead[strategy].words if strategy in scenario.instead else HOLDS)
        assert claims(cell, engines) == dict.fromkeys(engines, right)


def test_there_is_exactly_one_row_for_each_scenario(supported: Tag) -> None:
    rows = [texts(row)[0] for row in supported.select("#what-holds-where tbody tr")]
    assert rows == [plain(scenario.sentence) for scenario in SCENARIOS]


def test_the_engines_are_named_with_their_versions_and_their_strategies(supported: Tag) -> None:
    engines = [f"{NAMES[engine]} {FOUND['engines'][engine]['version']}" for engine in ENGINES]
    tables = ([texts(row) for row in table.select("tr")] for table in supported.select("table"))
    (rows,) = (rows for head, *rows in tables if head[1:] == engines)
    assert len(rows) == len(STRATEGIES)
    for strategy, row in zip(STRATEGIES, rows, strict=True):
        for engine, cell in zip(ENGINES, row[1:], strict=True):
            assert cell.startswith("tested") == (strategy in ENGINES[engine])
            assert ("by default" in cell) == (strategy in CHOSEN[engine].values())
            assert ("on isolated pages" in cell) == (
                strategy == CHOSEN[engine]["isolated"] != CHOSEN[engine]["plain"]
            )
