"""The browser's modules depend on each other in one direction, including type imports."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
ASSETS = PROJECT / "assets"
IMPORTS = re.compile(
    r"""^\s*(?:import|export)\b[^;"']*?\bfrom\s*["'](\.[^"']+)["']"""  # static, and re-exports
    r"""|^\s*import\s*["'](\.[^"']+)["']"""  # for side effects
    r"""|\bimport\(\s*["'](\.[^"']+)["']\s*\)"""  # dynamic, and types in comments
    r"""|@import\b[^"']*\bfrom\s*["'](\.[^"']+)["']""",  # types in comments
    re.MULTILINE,
)
MODULES = sorted(path for path in ASSETS.rglob("*") if path.suffix in {".js", ".mjs"})
MOST_LINES = 300
"""style.md: one idea a module."""

ROOMS = {
    "page": {"page", "shared"},
    "worker": {"worker", "shared"},
    "worker.js": {"worker", "shared"},
    "service_worker.js": {"shared"},
    "frame": {"frame", "shared"},
    "shared": {"shared"},
    "build": {"build", "shared"},
    "proof": {"proof", "page", "shared"},
}
"""What the modules of a folder may import from: page and worker have only `shared` in common."""


def imported(module: Path) -> set[Path]:
    """The project's modules that a module imports, in any way."""
    found = IMPORTS.findall(module.read_text(encoding="utf-8"))
    paths = {(module.parent / next(filter(None, groups))).resolve() for groups in found}
    return {path for path in paths if path.suffix in {".js", ".mjs"}}


def room_of(module: Path) -> str:
    return module.relative_to(ASSETS).parts[0]


GRAPH = {module: imported(module) for module in MODULES}


def test_all_kinds_of_imports_are_found(tmp_path: Path) -> None:
    module = tmp_path / "module.js"
    module.write_text(
        'import { a } from "./static.js";\nimport {\n  b,\n} from "./lines.js";\nimport "./effect.js";\n'
        'export { c } from "./exported.js";\nconst d = await import("./dynamic.js");\n'
        '/** @typedef {import("./type.js").T} T */\n/** @import { U } from "./comment.js" */\n'
        'import css from "./style.css";\nimport { e } from "package";\n'
        'const text = "is not imported from here";\n',
        encoding="utf-8",
    )
    names = {"static", "lines", "effect", "exported", "dynamic", "type", "comment"}
    assert {path.stem for path in imported(module)} == names


def test_imported_modules_exist() -> None:
    assert [path for paths in GRAPH.values() for path in paths if path not in GRAPH] == []


def test_no_module_imports_itself_through_others() -> None:
    try:
        TopologicalSorter(GRAPH).prepare()
    except CycleError as error:
        cycle = [str(path.relative_to(ASSETS)) for path in error.args[1]]
        pytest.fail("these import each other: " + " <- ".join(cycle))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ASSETS)))
def test_a_module_imports_only_what_its_room_may(module: Path) -> None:
    allowed = ROOMS[room_of(module)]
    assert {str(path.relative_to(ASSETS)) for path in GRAPH[module] if room_of(path) not in allowed} == set()


def test_a_run_knows_nothing_of_its_cell() -> None:
    """It has the interface `RunView` alone."""
    run = ASSETS / "page" / "run"
    for module in (run / "cell_run.js", run / "run_view.js", run / "pending_run.js"):
        assert [path for path in GRAPH[module] if path.parent.name == "cell"] == []


def test_javascript_contains_no_python() -> None:
    """Python is in .py files, where the linters see it."""
    runs_text = re.compile(r"runPython(?:Async)?\(\s*[\"'`]")
    assert [module.name for module in MODULES if runs_text.search(module.read_text(encoding="utf-8"))] == []


def test_modules_are_short() -> None:
    lengths = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {module.name: lines for module, lines in lengths.items() if lines > MOST_LINES} == {}


def test_object_urls_are_made_in_one_place() -> None:
    """A `blob:` URL has the site's origin: content_url.js knows the formats that may have one."""
    makers = [module.name for module in MODULES if "createObjectURL" in module.read_text(encoding="utf-8")]
    assert makers == ["content_url.js"]
