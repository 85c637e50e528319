"""The table in the documentation shows what was found. Its name puts this module after the scenarios."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.engines.table import TABLE

if TYPE_CHECKING:
    import pytest

    from tests.engines.table import Table

WRITE = "write it: make engines"


def test_the_documentation_shows_the_results(table: Table, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("write_engine_table", default=False):
        assert table.is_whole, "only a run of all scenarios may write the table"
        table.write()
    written = json.loads(TABLE.read_text(encoding="utf-8"))
    engines, scenarios = table.engines(), table.scenarios()
    if table.is_whole:
        assert written["scenarios"].keys() == scenarios.keys(), WRITE
    assert {engine: written["engines"].get(engine) for engine in engines} == engines, WRITE
    for name, found in scenarios.items():
        row = written["scenarios"].get(name, {"sentence": "", "held": {}})
        assert row["sentence"] == found["sentence"], WRITE
        assert {place: row["held"].get(place) for place in found["held"]} == found["held"], WRITE
