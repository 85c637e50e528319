"""The reference shows what the tests of browser engines have found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from tests.docs.building import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

FOUND = json.loads((PROJECT / "docs" / "reference" / "engines.json").read_text(encoding="utf-8"))


def rows_of(site: Path) -> list[list[str]]:
    """The text of each cell in the table of scenarios."""
    page = (site / "reference" / "supported.html").read_text(encoding="utf-8")
    rows = BeautifulSoup(page, "html.parser").select("#what-holds-where tbody tr")
    return [[cell.get_text(strip=True) for cell in row.select("td")] for row in rows]


def test_the_table_has_a_line_for_each_scenario_and_says_what_holds(sphinx_site: Path) -> None:
    for cells, scenario in zip(rows_of(sphinx_site), FOUND["scenarios"].values(), strict=True):
        assert all(cells)
        assert all(any(words in cell for cell in cells[1:]) for words in scenario["held"].values())


def test_the_engines_are_named_with_their_versions(sphinx_site: Path) -> None:
    page = (sphinx_site / "reference" / "supported.html").read_text(encoding="utf-8")
    heads = {cell.get_text(strip=True) for cell in BeautifulSoup(page, "html.parser").select("th")}
    assert {f"{engine['name']} {engine['version']}" for engine in FOUND["engines"].values()} <= heads
