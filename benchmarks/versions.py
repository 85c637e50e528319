"""What was measured, and with what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.chromium import Reader
from benchmarks.sites import NPM_PYODIDE, full_pyodide
from pyrun_core import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.bench import Bench

__all__ = ["versions"]


def versions(bench: Bench) -> dict[str, str]:
    """By name."""
    with Reader.with_profile(bench.driver, bench.new_profile("version")) as reader:
        return {
            "pyrun": __version__,
            "Chromium": reader.version,
            "Pyodide of pyrun": pyodide_version(NPM_PYODIDE),
            "Pyodide with packages": pyodide_version(full_pyodide()),
        }


def pyodide_version(folder: Path) -> str:
    """Of a distribution, by its own word."""
    return str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])
