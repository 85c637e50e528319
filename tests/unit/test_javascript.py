"""What the page's JavaScript computes without a browser is tested by Node, in tests/js/."""

from __future__ import annotations

import subprocess
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "js"


def test_the_tests_of_javascript_pass() -> None:
    files = sorted(str(file) for file in TESTS.glob("*.test.js"))
    run = subprocess.run(["node", "--test", *files], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
