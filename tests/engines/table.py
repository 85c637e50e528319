"""The result of each scenario at each place: found by the tests, kept in the documentation, and compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.engines.places import CHOSEN, ENGINES, PLACES
from tests.engines.scenarios import SCENARIOS

if TYPE_CHECKING:
    from tests.engines.scenario import Place, Scenario

__all__ = ["FAILS", "TABLE", "Table"]

TABLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "engines.json"
"""Rendered by docs/_extensions/engine_table.py."""

FAILS = "no"
Rows = dict[str, dict[str, Any]]


class Table:
    """What this test run has found so far."""

    def __init__(self) -> None:
        self._versions: dict[str, tuple[str, str]] = {}
        self._found: dict[tuple[str, Place], str] = {}

    def add_engine(self, engine: str, name: str, version: str) -> None:
        """Record that an engine was started."""
        self._versions[engine] = (name, _release(name, version))

    def add(self, scenario: Scenario, place: Place, what: str) -> None:
        """Record that a scenario was played."""
        self._found[scenario.name, place] = what

    @property
    def is_whole(self) -> bool:
        """Whether every scenario was played everywhere."""
        return len(self._found) == len(SCENARIOS) * len(PLACES)

    def engines(self) -> Rows:
        """The engines of this run, by their name in the tests."""
        return {
            engine: {
                "name": name,
                "version": version,
                "strategies": " ".join(ENGINES[engine]),
                "chosen": CHOSEN[engine],
            }
            for engine, (name, version) in self._versions.items()
        }

    def scenarios(self) -> Rows:
        """The results for each scenario of this run, by place."""
        rows: Rows = {}
        for scenario in SCENARIOS:
            held = {str(place): what for (name, place), what in self._found.items() if name == scenario.name}
            if held:
                rows[scenario.name] = {"sentence": scenario.sentence, "held": held}
        return rows

    def write(self) -> None:
        """Replace the table in the documentation."""
        table = {"engines": self.engines(), "scenarios": self.scenarios()}
        TABLE.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _release(name: str, version: str) -> str:
    """The part of a version that identifies a feature release: the first number, or two for WebKitGTK."""
    return ".".join(version.split(".")[: 2 if name == "WebKitGTK" else 1])
