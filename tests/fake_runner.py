"""A runner that runs nothing, for tests of what is around runners. It says that all is as documented."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from pyrun_core.proof import runtimes
from pyrun_core.proof.outcomes import CellOutcome, PageOutcome, Part, Started
from pyrun_core.settlement.folder import SETTLEMENT_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyrun_core.proof.outcomes import PageJob

__all__ = ["FAILS", "FakeRunner", "install_fake_runner"]

FAILS = "1 / 0"
"""Code that fails, as the fake runner says."""


@dataclass
class FakeRunner:
    """Remembers the pages that it was given, one list for each time that it was asked to run some.

    ``shows`` is what lines of code show instead of what is documented. ``parts`` are what whole examples
    show, by their code.
    """

    runs: list[list[str]] = field(default_factory=list)
    shows: dict[str, str] = field(default_factory=dict)
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    started = Started("3.14.0 (a fake runner)", "")

    def run(
        self, site: Path, jobs: Sequence[PageJob], note: Callable[[PageOutcome], object]
    ) -> Iterator[PageOutcome]:
        assert (site / SETTLEMENT_FILE).is_file()
        self.runs.append([job.page for job in jobs])
        for job in jobs:
            cells = enumerate(job.cells)
            outcome = PageOutcome(
                job.page,
                tuple(None if index in job.skipped else self._outcome(cell) for index, cell in cells),
            )
            note(outcome)
            yield outcome

    def _outcome(self, cell: Mapping[str, str]) -> CellOutcome:
        lines = cell["data-source"].split("\n")
        if FAILS in lines:
            line = lines.index(FAILS) + 1
            traceback = "Traceback (most recent call last):\nZeroDivisionError: division by zero\n"
            parts = (Part(line, "traceback", traceback),)
            return CellOutcome("error", parts, "ZeroDivisionError", line)
        if cell["data-source"] in self.parts:
            return CellOutcome("done", self.parts[cell["data-source"]])
        expected = json.loads(cell.get("data-expected", "[]"))
        parts = tuple(
            Part(line, "stdout", f"{self.shows.get(lines[line - 1], text)}\n") for line, text in expected
        )
        return CellOutcome("done", parts)


@pytest.fixture(name="fake_runner")
def install_fake_runner(monkeypatch: pytest.MonkeyPatch) -> FakeRunner:
    """Let checks use a fake runner, whatever runtime they want."""
    runner = FakeRunner()
    monkeypatch.setattr(runtimes, "make_runner", lambda runtime, lanes=None: runner)  # noqa: ARG005
    return runner
