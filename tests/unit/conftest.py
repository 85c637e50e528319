"""The runtime's modules, in the Python of the tests."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def runtime_module(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """Imports a module of `pyrun_runtime`. After the test, its modules and import hooks are forgotten."""
    monkeypatch.syspath_prepend(str(project / "assets" / "python"))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    yield lambda name: importlib.import_module(f"pyrun_runtime.{name}")
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyrun_runtime"]:
        del sys.modules[name]
