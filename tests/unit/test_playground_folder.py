"""The files of a playground in the working directory, and what its code imports."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder_module(
    runtime_module: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Any:  # noqa: ANN401
    """The module, with the folder of the test on the path."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield runtime_module("run.folder")
    sys.modules.pop("their_module", None)


def module(code: str) -> list[dict[str, str]]:
    """A playground with one module."""
    return [{"name": "their_module.py", "code": code}]


def test_a_run_imports_modules_as_they_are_now(folder_module: Any, tmp_path: Path) -> None:  # noqa: ANN401
    folder = folder_module.Folder(str(tmp_path))
    for number in (1, 2):  # of the same size, within a second
        paths = folder.open(module(f"x = {number}"))
        assert paths == [str(tmp_path / "their_module.py")]
        namespace: dict[str, Any] = {}
        exec("import their_module", namespace)  # noqa: S102
        assert namespace["their_module"].x == number


def test_a_file_with_the_name_of_a_module_of_python_leaves_that_alone(
    folder_module: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    folder = folder_module.Folder(str(tmp_path))
    for _ in range(2):
        folder.open([{"name": "sys.py", "code": "x = 1"}])
    assert sys.modules["sys"] is sys


def test_the_next_playground_finds_what_was_there_before(folder_module: Any, tmp_path: Path) -> None:  # noqa: ANN401
    site_file = tmp_path / "data.csv"
    site_file.write_text("of the site")
    folder = folder_module.Folder(str(tmp_path))
    folder.open([{"name": "data.csv", "code": "a\r\nb"}, {"name": "new.txt", "code": ""}])
    assert site_file.read_bytes() == b"a\r\nb"
    folder.open([])
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]
    assert site_file.read_text() == "of the site"


def test_a_folder_that_code_has_made_is_left_alone(folder_module: Any, tmp_path: Path) -> None:  # noqa: ANN401
    (tmp_path / "their_module.py").mkdir()
    folder = folder_module.Folder(str(tmp_path))
    assert folder.open(module("x = 1")) == []
    folder.open([])
    assert (tmp_path / "their_module.py").is_dir()


def test_imports_are_found_in_all_code_without_those_of_its_own_files(folder_module: Any) -> None:  # noqa: ANN401
    codes = [
        "import os, helper, numpy as np\nfrom . import x\nfrom a.b import c",
        "def f():\n    import pandas.io\n    import numpy",
        "this is no Python",
    ]
    found = folder_module.imported_modules(codes, ["helper.py"])
    assert found == ["numpy", "a.b", "pandas.io"]
