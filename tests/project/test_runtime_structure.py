"""The folders of the browser's code depend on each other in one direction, including type imports."""

from __future__ import annotations

import ast
import posixpath
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ASSETS = Path(__file__).resolve().parents[2] / "assets"
RUNTIME = ASSETS / "python" / "pyrun_runtime"
RUNTIME_ROOMS = ("", "io", "display", "diagnostics", "turtle", "notebook", "web", "assist", "run")
"""Each may import from itself and those before it. The first is the top folder itself."""

WORKER = ASSETS / "worker"
WORKER_ROOMS = ("shared", "pyodide", "waiting", "packages", "start", "run", "snapshot", "")
"""Likewise. The last is the top folder itself, with the interpreter."""

IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*"(\.\.?/[^"]+)\"""")


@pytest.mark.parametrize("module", sorted(RUNTIME.rglob("*.py")), ids=str)
def test_rooms_of_the_runtime_import_earlier_ones_only(module: Path) -> None:
    room = RUNTIME_ROOMS.index(str(module.parent.relative_to(RUNTIME)).removeprefix("."))
    imported = {
        alias if node.module == "pyrun_runtime" else node.module.split(".")[1]
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pyrun_runtime")
        for alias in [name.name for name in node.names]
    }
    later = set(RUNTIME_ROOMS[room + 1 :])
    assert not imported & later


def test_the_runtime_has_no_other_rooms() -> None:
    assert {str(module.parent.relative_to(RUNTIME)) for module in RUNTIME.rglob("*.py")} == {
        room or "." for room in RUNTIME_ROOMS
    }


def imports_of(file: Path) -> list[str]:
    """The modules that a script imports or takes types from, relative to ``assets``."""
    folder = str(file.parent.relative_to(ASSETS))
    found = IMPORT.findall(file.read_text(encoding="utf-8"))
    return [posixpath.normpath(posixpath.join(folder, each)) for each in found if each.endswith("js")]


@pytest.mark.parametrize("file", sorted(WORKER.rglob("*.js")), ids=str)
def test_rooms_of_the_worker_import_earlier_ones_only(file: Path) -> None:
    def room_of(path: str) -> int:
        folder = posixpath.dirname(path)
        return WORKER_ROOMS.index(folder.removeprefix("worker").removeprefix("/"))

    own = room_of(str(file.relative_to(ASSETS)))
    assert [each for each in imports_of(file) if room_of(each) > own] == []


def test_no_module_of_worker_or_shared_code_imports_itself_through_others() -> None:
    files = [ASSETS / "worker.js", ASSETS / "service_worker.js"]
    files += [*WORKER.rglob("*.js"), *(ASSETS / "shared").glob("*.js")]
    graph = {str(file.relative_to(ASSETS)): imports_of(file) for file in files}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
