"""The examples of the documentation do what it says, in the Pyodide of its readers."""

from __future__ import annotations

import subprocess
import sys

from tests.docs.building import DOCS, PROJECT

CHECK = "import sys; from pyrun_core.cli import main; sys.exit(main(sys.argv[1:]))"


def test_all_examples_are_proven() -> None:
    command = [sys.executable, "-c", CHECK, "check", str(DOCS)]
    check = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr
    assert " proven, " in check.stdout
