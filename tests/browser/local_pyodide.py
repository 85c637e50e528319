"""A Pyodide with packages of the index in place of its own, which are on a CDN that no test can reach."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["pyodide_with"]

PIP_DOWNLOAD = (
    *(sys.executable, "-m", "pip", "download", "--quiet", "--retries=10", "--no-deps"),
    *("--only-binary", ":all:", "--ignore-requires-python"),
)


def pyodide_with(bundled: Path, folder: Path, requirements: Iterable[str]) -> Path:
    """A copy of the bundled Pyodide below ``folder``, with wheels of these pure packages that it lists."""
    pyodide = folder / "pyodide"
    shutil.copytree(bundled, pyodide)
    lock_file = pyodide / "pyodide-lock.json"
    lock = json.loads(lock_file.read_text(encoding="utf-8"))
    subprocess.run([*PIP_DOWNLOAD, "--dest", pyodide, *requirements], check=True)
    for wheel in pyodide.glob("*-none-any.whl"):
        name, version, *_ = wheel.name.split("-")
        checksum = hashlib.sha256(wheel.read_bytes()).hexdigest()
        listed = lock["packages"][name if name in lock["packages"] else name.replace("_", "-").lower()]
        listed |= {"version": version, "file_name": wheel.name, "sha256": checksum}
    lock_file.write_text(json.dumps(lock), encoding="utf-8")
    return pyodide
