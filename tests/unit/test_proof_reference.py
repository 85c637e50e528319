"""The reference of checks lists every tolerance and every reason."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from pyrun_core.proof.compare.rules import DEFAULT_TOLERANCES, Tolerance

if TYPE_CHECKING:
    from pathlib import Path


def rows_of(project: Path, heading: str) -> list[tuple[str, str]]:
    """The names in a table of the page, each with the last column."""
    page = (project / "docs" / "reference" / "check-reports.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([\w-]+)` \|.*?([^|]+) \|$", section, re.MULTILINE)


def test_all_tolerances_are_in_the_reference(project: Path) -> None:
    expected = [(each.value, "on" if each in DEFAULT_TOLERANCES else "off") for each in Tolerance]
    assert [(name, state.strip()) for name, state in rows_of(project, "Tolerances")] == expected


def test_all_reasons_are_in_the_reference(project: Path) -> None:
    named = set()
    for module in (project / "pyrun_core" / "proof" / "compare").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in {"Reason", "of_browser"} and isinstance(first, ast.Constant):
                    named.add(first.value)
    listed = [name for name, _ in rows_of(project, "Reasons")]
    assert sorted(listed) == sorted({*named, "browser"})
