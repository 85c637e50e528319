"""Every invariant in the documentation is enforced by a test or a checker, which exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.building import DOCS, PROJECT

if TYPE_CHECKING:
    from pathlib import Path

HEAD = re.compile(r"^\| *Invariant *\| *Enforced by *\|$")
TEST = re.compile(r"`(tests/[\w./-]*|benchmarks/[\w./-]+)`")
CHECKERS = re.compile(r"`(tsc|mypy|biome|ruff)\b")


def rows_of(page: Path) -> list[tuple[str, str]]:
    """The invariants of a page, and what enforces each."""
    lines = page.read_text(encoding="utf-8").splitlines()
    start = next((number for number, line in enumerate(lines, 2) if HEAD.match(line)), len(lines))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        invariant, enforced_by = (cell.strip() for cell in line.strip("|").split(" | "))
        rows.append((invariant, enforced_by))
    return rows


PAGES = [page for page in sorted(DOCS.rglob("*.md")) if "_build" not in page.parts]
ROWS = [(page, *row) for page in PAGES for row in rows_of(page)]


def test_the_pages_with_invariants_are_found() -> None:
    pages = {page for page, _, _ in ROWS}
    assert pages >= {
        *(DOCS / "development" / "decisions").glob("0*.md"),
        DOCS / "explanation/architecture.md",
    }


@pytest.mark.parametrize(
    ("document", "invariant", "enforced_by"), ROWS, ids=[f"{p.stem}: {i}" for p, i, _ in ROWS]
)
def test_an_invariant_is_enforced_by_a_test_or_a_checker(
    document: Path, invariant: str, enforced_by: str
) -> None:
    tests = TEST.findall(enforced_by)
    assert tests or CHECKERS.search(enforced_by), f"{document.name}: nothing checks that {invariant}"
    assert [test for test in tests if not (PROJECT / test).exists()] == []
