"""Modules are patched when code imports them."""

from __future__ import annotations

import importlib.util
import runpy
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    Patch = Callable[[str, Callable[[ModuleType], None]], None]


@pytest.fixture
def after_import(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Patch]:
    """The function, with modules of the test on the path."""
    monkeypatch.syspath_prepend(str(project / "assets" / "python"))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    before = set(sys.modules)
    yield importlib.import_module("pyrun_runtime.after_import").after_import
    for name in set(sys.modules) - before:
        del sys.modules[name]


def double(module: ModuleType) -> None:
    vars(module)["value"] *= 2


def test_a_module_is_patched_when_it_is_imported(after_import: Patch, tmp_path: Path) -> None:
    (tmp_path / "imported_later.py").write_text("value = 1")
    after_import("imported_later", double)
    after_import("imported_later", double)
    module = importlib.import_module("imported_later")
    assert module.value == 4
    assert type(module.__spec__.loader).__name__ == "SourceFileLoader"
    assert importlib.reload(module).value == 4


def test_code_can_ask_for_a_module_before_it_is_imported(after_import: Patch, tmp_path: Path) -> None:
    (tmp_path / "asked_for.py").write_text("value = 1")
    after_import("asked_for", double)
    spec = importlib.util.find_spec("asked_for")
    assert spec is not None
    assert spec.loader.get_source("asked_for") == "value = 1"  # type: ignore[union-attr]
    assert runpy.run_module("asked_for")["value"] == 1


def test_a_module_that_has_been_imported_is_patched_at_once(after_import: Patch, tmp_path: Path) -> None:
    (tmp_path / "imported_before.py").write_text("value = 1")
    module = importlib.import_module("imported_before")
    after_import("imported_before", double)
    assert module.value == 2


def test_a_patch_waits_for_an_import_that_succeeds(after_import: Patch, tmp_path: Path) -> None:
    after_import("imported_twice", double)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("imported_twice")
    (tmp_path / "imported_twice.py").write_text("raise RuntimeError")
    importlib.invalidate_caches()
    with pytest.raises(RuntimeError):
        importlib.import_module("imported_twice")
    (tmp_path / "imported_twice.py").write_text("value = 21 ")
    assert importlib.import_module("imported_twice").value == 42
