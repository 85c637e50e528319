"""The code passes all linters: the ones that `make lint` runs."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LINTERS = {
    "ruff finds nothing": [sys.executable, "-m", "ruff", "check"],
    "ruff would reformat nothing": [sys.executable, "-m", "ruff", "format", "--check", "--diff"],
    "mypy finds nothing": [sys.executable, "-m", "mypy"],
    "biome finds nothing": ["npm", "run", "--silent", "lint"],
    "tsc finds nothing": ["npm", "run", "--silent", "typecheck"],
}


@pytest.mark.parametrize("command", LINTERS.values(), ids=LINTERS)
def test_the_linter_passes(command: list[str], project: Path) -> None:
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
