"""Node tests the JavaScript that needs no browser, in `tests/js`; pytest runs those tests from here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).resolve().parents[1] / "js").glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_javascript_tests_of_a_file_pass(file: Path) -> None:
    command = ["node", "--test", "--test-reporter=spec", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "tests 0" not in run.stdout
