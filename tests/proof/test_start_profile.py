"""The list of what a start reads, which decides what readers load first, is that of this pyrun."""

from __future__ import annotations

import json

from pyrun_core.pyodide.library_parts import PROFILE
from tools.trace_start import start_files


def test_a_start_reads_the_bytecode_that_the_profile_lists() -> None:
    listed = json.loads(PROFILE.read_text(encoding="utf-8"))["files"]
    assert start_files() == listed, "run: python -m tools.trace_start --write"
