"""Inventories of documented names, for tests."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_inventory"]


def write_inventory(path: Path, entries: str) -> Path:
    """An inventory as Sphinx and mkdocstrings write it."""
    header = "# Sphinx inventory version 2\n# Project: a\n# Version: 1\n# The rest is compressed.\n"
    path.write_bytes(header.encode() + zlib.compress(entries.encode()))
    return path
