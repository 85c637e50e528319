"""The table of private names matches the code that uses them, and the checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pyrun_core.pyodide.glue_patches import _EXPOSED
from tests.pyodide.private_names import CHECKS, PRIVATE_NAMES, PrivateName

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
OF_OTHERS = ("figure._pyrun_shown", "turtle", "value._fig")
"""Private names outside of Pyodide: pyrun's own, those of the turtle that pyrun ships, and matplotlib's."""


@pytest.mark.parametrize("entry", PRIVATE_NAMES, ids=lambda entry: entry.name)
def test_the_files_of_an_entry_use_the_name(entry: PrivateName) -> None:
    for name in entry.used_by:
        text = (PROJECT / name).read_text(encoding="utf-8")
        assert (entry.spelling or entry.name) in text, name


def test_no_name_is_listed_twice() -> None:
    names = [entry.name for entry in PRIVATE_NAMES]
    assert sorted(names) == sorted(set(names))


def test_the_table_names_exactly_the_existing_checks() -> None:
    scripts = [(HERE / f"checks_{part}.mjs").read_text(encoding="utf-8") for part in ("boot", "restore")]
    found = re.findall(r'^    (?:"([\w ]+)"|(\w+)): (?:async )?\(\) =>', "\n".join(scripts), re.MULTILINE)
    assert sorted(quoted or plain for quoted, plain in found) == CHECKS


def test_every_private_name_found_by_the_linter_is_in_the_table() -> None:
    names = {entry.name for entry in PRIVATE_NAMES}
    files = [
        *(PROJECT / "assets" / "python").rglob("*.py"),
        *(PROJECT / "pyrun_core" / "pyodide").glob("*.py"),
    ]
    lines = [
        line for file in files for line in file.read_text(encoding="utf-8").splitlines() if "SLF001" in line
    ]
    assert lines
    unknown = [
        line
        for line in lines
        if not names & set(re.findall(r"\.(_\w+)", line)) and not any(name in line for name in OF_OTHERS)
    ]
    assert unknown == []


def test_everything_that_the_patched_glue_exposes_is_in_the_table() -> None:
    assert set(_EXPOSED) <= {entry.name for entry in PRIVATE_NAMES}
