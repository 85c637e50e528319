"""The wheel contains what a built site publishes, and installs without Node."""

from __future__ import annotations

import io
import json
import os
import zipfile
from typing import TYPE_CHECKING

from pyrun_core import __version__
from tests.building import pip

if TYPE_CHECKING:
    from pathlib import Path

PYODIDE_CORE = {
    "LICENSE",
    "pyodide-lock.json",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide.mjs",
    "python_stdlib.zip",
}
MOST_BYTES = 10_000_000
"""Pyodide's core takes 8.5 MB of it, compressed: 6.5 MB as published by Pyodide, and 2 MB of bytecode."""

GRANTS = (
    "Permission is hereby granted",
    "Permission to use, copy, modify",
    "Redistribution",
    "Apache License",
    "PYTHON SOFTWARE FOUNDATION LICENSE",
)
"""Phrases in the MIT, ISC, BSD, Apache and Python licences."""

WITHOUT_NODE = {**os.environ, "PATH": ""}


def test_the_wheel_contains_every_browser_file_and_pyodide(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("pyrun_core/browser/manifest.json"))
    files = {manifest["loader"], manifest["style"], *manifest["files"]}
    files |= {f"pyodide/{name}" for name in PYODIDE_CORE}
    assert {f"pyrun_core/browser/{name}" for name in files} <= names


def test_the_wheel_contains_the_licences_of_everything_it_bundles(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        bundled = archive.read("pyrun_core/browser/THIRD_PARTY_LICENSES.txt").decode()
        pyodide = archive.read("pyrun_core/browser/pyodide/LICENSE").decode()
    for package in ("@codemirror/view", "@lezer/python", "dompurify", "marked", "style-mod", "vega-lite"):
        assert f"\n{package} " in bundled
    for section in bundled.split("-" * 80)[1:]:
        title, text = section.strip().split("\n", maxsplit=1)
        assert title.endswith(")")
        assert any(words in text for words in GRANTS), title
    assert "CPython 3.13.0, its module turtle" in bundled
    assert "Mozilla Public License 2.0" in pyodide


def test_frequently_imported_modules_have_bytecode_beside_their_source(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        library = io.BytesIO(archive.read("pyrun_core/browser/pyodide/python_stdlib.zip"))
    with zipfile.ZipFile(library) as archive:
        names = set(archive.namelist())
    compiled = {name for name in names if name.endswith(".pyc")}
    assert {name.removesuffix("c") for name in compiled} <= names
    assert {"asyncio/__init__.pyc", "json/decoder.pyc", "pyodide/webloop.pyc", "statistics.pyc"} <= compiled
    assert "turtle.pyc" not in compiled


def test_the_same_source_gives_the_same_files(wheel: Path, project: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith("pyrun_core/browser/")]
        shipped = {name: archive.read(name) for name in names}
    files = [file for file in (project / "pyrun_core/browser").rglob("*") if file.is_file()]
    here = {file.relative_to(project).as_posix(): file.read_bytes() for file in files}
    assert shipped.keys() == here.keys(), "the checkout's own build is old: run `make browser`"
    assert [name for name in shipped if shipped[name] != here[name]] == []


def test_the_wheel_contains_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folders = {name.partition("/")[0] for name in archive.namelist()}
        assert not [name for name in archive.namelist() if name.endswith((".map", ".mts", ".d.ts"))]
    assert folders == {
        *("markdown_pyrun", "mkdocs_pyrun", "pyrun_core", "pyrun_syntax", "sphinx_pyrun", "zensical_pyrun"),
        f"pyrun_docs-{__version__}.dist-info",
    }
    assert wheel.stat().st_size < MOST_BYTES


def test_the_wheel_installs_without_node(wheel: Path, tmp_path: Path) -> None:
    run = pip("install", "--no-deps", "--no-index", "--target", tmp_path / "site", wheel, env=WITHOUT_NODE)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (tmp_path / "site/pyrun_core/browser/manifest.json").is_file()
