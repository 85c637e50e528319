"""What the cache of outcomes takes for the same run, and what it does not keep."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from pyrun_core.proof.outcome_cache import OutcomeCache, PageKeys
from pyrun_core.proof.outcomes import CellOutcome, PageJob, PageOutcome, Part

if TYPE_CHECKING:
    from pathlib import Path

    from pyrun_core.settlement.settlement import Settlement

TRACEBACK = "Traceback (most recent call last):\n    ...\n"

CELL = {"data-source": "1", "data-requirements": "a", "data-line": "3", "data-expected": '[[1, "1"]]'}

SETTLED: dict[str, Any] = {
    "packages": {
        "one": {"url": "one-1.whl", "depends": ["two"]},
        "two": {"url": "two-1.whl", "depends": []},
        "other": {"url": "other-1.whl", "depends": []},
    },
    "examples": {"a": {"start": ["one"], "files": [["data.csv", "sha256-1"]]}, "b": {}},
    "start": [],
    "pyodide": {"version": "314"},
}


def key(
    cell: dict[str, str] | None = None,
    runtime: str = "node",
    *,
    skipped: tuple[int, ...] = (),
    **settled: object,
) -> str:
    """The key of a page with an example, in a site."""
    text = json.dumps({**SETTLED, **settled})
    settlement = cast("Settlement", SimpleNamespace(to_json=lambda *_: text))
    cells = ({**CELL, **(cell or {})},)
    return PageKeys(settlement, runtime).key(PageJob("page", cells, frozenset(skipped)))


OTHER = {"url": "other-2.whl", "depends": []}

SAME: dict[str, dict[str, Any]] = {
    "text above": {"cell": {"data-line": "4"}},
    "caption": {"cell": {"data-caption": "new"}},
    "documented output": {"cell": {"data-expected": '[[1, "2"]]'}},
    "package of another page": {"packages": {**SETTLED["packages"], "other": OTHER}},
    "files of another page": {"examples": {**SETTLED["examples"], "b": {"start": ["other"]}}},
}

DIFFERENT: dict[str, dict[str, Any]] = {
    "code": {"cell": {"data-source": "2"}},
    "option": {"cell": {"data-timeout": "3"}},
    "documented exception": {"cell": {"data-expected": json.dumps([[1, f"{TRACEBACK}ValueError: no"]])}},
    "skipped": {"skipped": (0,)},
    "runtime": {"runtime": "browser"},
    "dependency": {
        "packages": {**SETTLED["packages"], "two": {"url": "two-2.whl", "depends": []}},
    },
    "file": {"examples": {"a": {"start": ["one"], "files": [["data.csv", "sha256-2"]]}}},
    "package of all pages": {"start": ["other"]},
    "Pyodide": {"pyodide": {"version": "315"}},
}


@pytest.mark.parametrize("change", SAME)
def test_what_no_example_of_a_page_notices_keeps_its_outcome(change: str) -> None:
    assert key(**SAME[change]) == key()


@pytest.mark.parametrize("change", DIFFERENT)
def test_what_an_example_can_notice_runs_its_page_again(change: str) -> None:
    assert key(**DIFFERENT[change]) != key()


def test_the_first_documented_output_runs_its_page_again() -> None:
    without = {name: value for name, value in CELL.items() if name != "data-expected"}
    keys = PageKeys(cast("Settlement", SimpleNamespace(to_json=lambda *_: json.dumps(SETTLED))), "node")
    assert keys.key(PageJob("page", (without,))) != key()


@pytest.mark.parametrize("ending", ["timeout", "killed", "lost"])
def test_what_another_run_may_not_show_is_not_kept(tmp_path: Path, ending: Any) -> None:  # noqa: ANN401
    cache, job = OutcomeCache(tmp_path), PageJob("page", ({}, {}))
    done = CellOutcome("done", (Part(1, "stdout", "\ud800"), Part(1, "display", data={"text/plain": "1"})))
    cache.keep("kept", PageOutcome("page", (done, None)))
    assert cache.find("kept", job) == PageOutcome("page", (done, None))
    cache.keep("other", PageOutcome("page", (done, CellOutcome(ending))))
    assert cache.find("other", job) is None


DAMAGED = [
    "",
    "[[[",
    "[" * 100_000,
    "{}",
    "3",
    '{"page": "page", "cells": ["x"]}',
    '{"page": "page", "cells": []}',
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_not_used(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    assert OutcomeCache(tmp_path).find("key", PageJob("page", ({},))) is None
