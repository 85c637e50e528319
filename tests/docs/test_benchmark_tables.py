"""The benchmarks page shows the measured results, for exactly the rows that the benchmarks measure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from benchmarks.groups import GROUPS
from tests.docs.building import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.bench import Group

RESULTS = json.loads((PROJECT / "docs" / "reference" / "benchmarks.json").read_text(encoding="utf-8"))


def page_of(site: Path) -> BeautifulSoup:
    return BeautifulSoup((site / "reference" / "benchmarks.html").read_text(encoding="utf-8"), "html.parser")


def test_the_results_have_exactly_the_existing_groups() -> None:
    assert list(RESULTS["groups"]) == [group.name for group in GROUPS]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_the_results_have_the_rows_that_are_measured(group: Group) -> None:
    rows = RESULTS["groups"][group.name]["rows"]
    assert {key: (row["what"], row["unit"], row.get("limit")) for key, row in rows.items()} == {
        row.key: (row.what, row.unit, row.limit) for row in group.rows
    }
    assert all(row["kinds"] for row in rows.values())


@pytest.mark.parametrize("name", RESULTS["groups"])
def test_the_page_shows_the_medians_of_each_row(sphinx_site: Path, name: str) -> None:
    rows = RESULTS["groups"][name]["rows"].values()
    table = page_of(sphinx_site).select_one(f"#{name} table")
    assert table is not None
    lines = table.select("tbody tr")
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        cells = [cell.get_text(" ", strip=True) for cell in line.select("td")]
        assert cells[0]
        medians = [found["median"] for found in row["kinds"].values() if "median" in found]
        shown = [cell for cell in cells[1:] if cell]
        assert all(any(starts_with(cell, median) for cell in shown) for median in medians)
        problems = {found["problem"] for found in row["kinds"].values() if "median" not in found}
        assert problems <= set(shown)
        if "limit" in row:
            assert any(cell.startswith(f"{row['limit']:g}: ") for cell in shown)


def starts_with(cell: str, median: float) -> bool:
    """Whether the cell shows the number, in its unit or in thousands of it, with fewer digits."""
    number = cell.split(" ", 1)[0].replace(",", "")
    try:
        shown = float(number)
    except ValueError:
        return False
    return any(shown == pytest.approx(median / scale, rel=0.01) for scale in (1, 1000))


def test_the_page_names_the_date_and_the_versions(sphinx_site: Path) -> None:
    text = page_of(sphinx_site).get_text()
    assert RESULTS["date"] in text
    for name, version in RESULTS["versions"].items():
        assert f"{name} {version}" in text
