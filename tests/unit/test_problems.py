"""Every kind of warning is reported somewhere in the code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from pyrun_core.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ("pyrun_core", "markdown_pyrun", "mkdocs_pyrun", "sphinx_pyrun")


@pytest.fixture(scope="module")
def reported(project: Path) -> set[str]:
    """The members of `Problem` that the code mentions."""
    trees = [
        ast.parse(module.read_text(encoding="utf-8"))
        for package in PACKAGES
        for module in (project / package).rglob("*.py")
    ]
    return {
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Problem"
    }


@pytest.mark.parametrize("problem", Problem)
def test_a_kind_of_warning_is_reported_somewhere(reported: set[str], problem: Problem) -> None:
    assert problem.name in reported
