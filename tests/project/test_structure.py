"""The parts of the project depend on each other as the architecture page says, and stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
SPHINX = {"docutils", "myst_parser", "sphinx", "sphinx_pyrun"}
MARKDOWN = {"markdown", "markdown_pyrun", "pymdownx"}
MKDOCS = {"material", "mkdocs", "mkdocs_pyrun", "properdocs", "zensical"}
FORBIDDEN = {
    "pyrun_core": SPHINX | MARKDOWN | MKDOCS,
    "sphinx_pyrun": MARKDOWN | MKDOCS,
    "markdown_pyrun": SPHINX | MKDOCS,
    "mkdocs_pyrun": SPHINX,
}
"""What each package must not import, whether at run time or for its types."""

MOST_LINES = 400
MODULES = [module for package in FORBIDDEN for module in sorted((PROJECT / package).rglob("*.py"))]


def imported_packages(module: Path) -> set[str]:
    """The top-level packages that a module imports anywhere in it."""
    packages = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            packages |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            packages.add((node.module or "").partition(".")[0])
    return packages


@pytest.mark.parametrize("package", FORBIDDEN)
def test_dependencies_point_inward_only(package: str) -> None:
    wrong = {
        str(module.relative_to(PROJECT)): outside
        for module in (PROJECT / package).rglob("*.py")
        if (outside := imported_packages(module) & FORBIDDEN[package])
    }
    assert not wrong


def test_the_core_is_imported_without_any_host() -> None:
    """Not even through a third package."""
    files = [file.relative_to(PROJECT) for file in (PROJECT / "pyrun_core").rglob("[a-z]*.py")]
    modules = ", ".join(".".join(file.with_suffix("").parts) for file in files)
    hosts = FORBIDDEN["pyrun_core"]
    program = f"import sys, {modules}; print(*sorted(set(sys.modules) & {hosts!r}))"
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PROJECT)))
def test_a_module_says_what_it_offers(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assigned = {
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    assert "__all__" in assigned or not tree.body[1:], "no __all__"


def test_files_are_short() -> None:
    kinds = ["*.py", "*.js", "*.mjs", "*.css", "*.sh"]
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *kinds]
    listing = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    files = [PROJECT / name for name in listing.splitlines()]
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files if file.exists()}
    assert {file.name: lines for file, lines in lengths.items() if lines > MOST_LINES} == {}
