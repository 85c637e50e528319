"""In both languages, only one folder or module uses private names of Pyodide, Emscripten and CPython."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"
RUNTIME = ASSETS / "python" / "pyrun_runtime"

JAVASCRIPT_DOOR = ASSETS / "worker" / "pyodide"
PYTHON_DOORS = {
    RUNTIME / "internals.py",
    RUNTIME / "turtle" / "pictures.py",  # in the copy of CPython's turtle that pyrun ships
}

PYODIDE = r"\._(?:api|module)\b|\bpyodide\._|\b_(?:make|load)Snapshot\b|\bmakeMemorySnapshot\b"
PYODIDE_API = (
    r"\b(?:on_fatal|lockfile_packages|package_loader|loadDynlib\w*)\b"
    r"|\b(?:capture|restore)_stderr\b|\b(?:validSuspender|pyodide_fatal_error|NoGilError)\b"
)
EMSCRIPTEN = (
    r"\b(?:HEAP[UF]?\d+|GOT|LDSO|wasmTable\w*|freeTableIndexes|newDSO|mergeLibSymbols)\b"
    r"|\bloadWebAssemblyModule\b|\bpyrun(?:Linking|Internals)\b"
)
FILE_SYSTEM = (
    r"\b(?:MEMFS|node_ops|stream_ops|usedBytes|createNode|createStream|closeStream|lookupPath)\b"
    r"|\bFS\.(?:streams|mounts|nameTable|filesystems|root|ignorePermissions)\b"
)
CPYTHON = r"\b_+Py_?\w+"
PRIVATE = (PYODIDE, PYODIDE_API, EMSCRIPTEN, FILE_SYSTEM, CPYTHON)

THIRD_PARTY = {"_fig", "_pyrun_shown"}
"""Private names of matplotlib's animations (their figure has no public name), and pyrun's mark on figures."""


def test_javascript_reaches_inside_pyodide_in_one_folder_only() -> None:
    found = {
        f"{file.relative_to(ASSETS)}: {match[0]}"
        for file in (*ASSETS.rglob("*.js"), *ASSETS.rglob("*.mjs"))
        if JAVASCRIPT_DOOR not in file.parents
        for match in re.finditer("|".join(PRIVATE), file.read_text(encoding="utf-8"))
    }
    assert not found


def test_the_javascript_folder_uses_every_listed_private_name() -> None:
    """A pattern that matches nothing inside the folder would find nothing outside of it either."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in JAVASCRIPT_DOOR.glob("*.js"))
    for pattern in PRIVATE:
        assert re.search(pattern, text), pattern


def test_python_uses_private_names_in_one_module_only() -> None:
    found = {
        f"{file.relative_to(ASSETS)}: {name}"
        for file in ASSETS.rglob("*.py")
        if file not in PYTHON_DOORS
        for name in private_names(file)
    }
    assert not found


def test_the_core_reaches_inside_pyodide_in_one_package_only() -> None:
    core = ASSETS.parent / "pyrun_core"
    found = {
        f"{file.relative_to(core)}: {match[0]}"
        for file in core.rglob("*.py")
        if core / "pyodide" not in file.parents
        for match in re.finditer(
            f"{PYODIDE}|{EMSCRIPTEN}|{FILE_SYSTEM}|{CPYTHON}", file.read_text(encoding="utf-8")
        )
    }
    assert not found


def private_names(file: Path) -> set[str]:
    """Underscored modules and attributes of others; a module may use those of the classes that it defines."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                continue
            case ast.Attribute(attr=name):
                names.add(name)
            case ast.Import(names=modules):
                names |= {part for module in modules for part in module.name.split(".")}
            case ast.ImportFrom(module=str(module), names=imported):
                names |= {*module.split("."), *(alias.name for alias in imported)}
            case ast.Constant(value=str(text)) if "_pyodide" in text:
                names.add("_pyodide")
            case _:
                pass
    private = {name for name in names if name.startswith("_") and not name.startswith("__")}
    return {name for name in private - THIRD_PARTY - {"_pyrun_worker"} if not name.startswith("_repr_")}
