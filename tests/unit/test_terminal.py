"""What the environment says of the size of the output."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pyrun_runtime.io.terminal import Terminal


@pytest.fixture
def terminal(project: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The terminal of a Python that has just started."""
    monkeypatch.syspath_prepend(str(project / "assets" / "python"))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])  # it patches rich when that is imported
    for name in ("COLUMNS", "LINES"):
        monkeypatch.setenv(name, "")  # restored after the test
        monkeypatch.delenv(name)
    from pyrun_runtime.io.terminal import Terminal  # noqa: PLC0415 - on the path only now

    return Terminal()


def test_the_environment_has_the_size_of_each_run(terminal: Terminal) -> None:
    for columns, lines in ((80, 24), (40, 30)):
        terminal.resize({"columns": columns, "lines": lines})
        assert (os.environ["COLUMNS"], os.environ["LINES"]) == (str(columns), str(lines))


def test_what_code_has_set_stays(terminal: Terminal) -> None:
    terminal.resize({"columns": 80, "lines": 24})
    os.environ["COLUMNS"] = "100"
    terminal.resize({"columns": 40, "lines": 30})
    assert (os.environ["COLUMNS"], os.environ["LINES"]) == ("100", "30")


def test_what_code_has_deleted_stays_deleted(terminal: Terminal) -> None:
    terminal.resize({"columns": 80, "lines": 24})
    del os.environ["COLUMNS"]
    terminal.resize({"columns": 40, "lines": 30})
    assert "COLUMNS" not in os.environ


def test_what_was_set_before_the_first_run_stays(terminal: Terminal) -> None:
    os.environ["COLUMNS"] = "100"
    terminal.resize({"columns": 40, "lines": 30})
    assert os.environ["COLUMNS"] == "100"
