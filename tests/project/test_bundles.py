"""Pages can load the built browser files, and the files refer only to each other."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from pyrun_core.browser_files import bundled_files

if TYPE_CHECKING:
    from pathlib import Path

BUILT_NAME = re.compile(r"[\w.]+-[0-9A-Z]{8}\.[a-z]+")
"""The name of every built file contains a hash."""

NOT_NAMED = re.compile(r"(pyrun-.*\.(js|css)|THIRD_PARTY_LICENSES\.txt)$")
"""Pages refer to the loader and the style sheet; other files don't. Nothing loads the licences."""

AS_SCRIPT = """
const { readFileSync } = await import("node:fs");
const { Script } = await import("node:vm");
new Script(readFileSync(process.argv[1], "utf8"));
"""


@pytest.fixture(scope="module")
def folder() -> Path:
    return bundled_files().pyodide_folder.parent


@pytest.fixture(scope="module")
def files(folder: Path) -> set[str]:
    """The files that a site publishes."""
    names: list[str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    return set(names)


@pytest.fixture(scope="module")
def named(folder: Path, files: set[str]) -> dict[str, set[str]]:
    """The built files that each file refers to."""
    texts = {name: (folder / name).read_text("utf-8") for name in files if name.endswith((".js", ".html"))}
    return {name: set(BUILT_NAME.findall(text)) - {name} for name, text in texts.items()}


def test_the_loader_is_a_classic_script(folder: Path, files: set[str]) -> None:
    """It has no `import` and no `export`: in a classic script, either is a syntax error."""
    (loader,) = (name for name in files if re.fullmatch(r"pyrun-\w+\.js", name))
    command = ["node", "--input-type=module", "--eval", AS_SCRIPT, str(folder / loader)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_file_that_another_one_refers_to_is_published(
    files: set[str], named: dict[str, set[str]]
) -> None:
    assert {name: missing for name, others in named.items() if (missing := others - files)} == {}


def test_every_published_file_is_referred_to_by_another_one(
    files: set[str], named: dict[str, set[str]]
) -> None:
    everything = set().union(*named.values())
    assert {name for name in files - everything if not NOT_NAMED.match(name)} == set()


def test_no_script_imports_another_one_statically(folder: Path, files: set[str]) -> None:
    """Browsers compare a module with a hash, but not what it imports."""
    static = re.compile(r"""(?:^|[;}])(?:import|export)\b[^;(]*["'`]\.{0,2}/[^"'`]+["'`]""", re.MULTILINE)
    scripts = [name for name in files if name.endswith(".js")]
    assert [name for name in scripts if static.search((folder / name).read_text("utf-8"))] == []
    assert static.search('x=1;import{a}from"./chunk.js";')
    assert static.search('export*from"./chunk.js"')
