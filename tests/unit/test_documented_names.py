"""The table of documented names: what is read from inventories, and how much of it readers get."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pyrun_core.settlement.documented_names import FORMAT, names_table, read_inventory
from tests.inventories import write_inventory

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = """\
probe.Tide py:class 1 api.html#$ -
probe.Tide.rise py:method 1 api.html#probe.Tide.rise Tide.rise
other name with spaces std:label -1 index.html#other A title
print py:function 1 library/functions.html#$ -
"""


def test_an_inventory_has_the_python_names_of_a_site(tmp_path: Path) -> None:
    assert dict(read_inventory(write_inventory(tmp_path / "objects.inv", ENTRIES), "../")) == {
        "probe.Tide": "../api.html#probe.Tide",
        "probe.Tide.rise": "../api.html#probe.Tide.rise",
        "print": "../library/functions.html#print",
    }


@pytest.mark.parametrize("content", [b"", b"<html>", b"# Sphinx inventory version 2\n\n\n\nnot compressed"])
def test_what_is_no_inventory_has_no_names(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "objects.inv").write_bytes(content)
    assert list(read_inventory(tmp_path / "objects.inv", "")) == []
    assert list(read_inventory(tmp_path / "missing.inv", "")) == []


def test_other_projects_give_only_what_examples_import_and_built_in_names() -> None:
    others = [
        ("numpy.sin", "https://n/sin#numpy.sin"),
        ("scipy.fft", "https://s#scipy.fft"),
        ("str.join", "https://p/stdtypes#str.join"),
        ("probe.Tide", "https://elsewhere#probe.Tide"),
    ]
    table = json.loads(names_table([("probe.Tide", "../api.html#tide")], others, {"numpy.linalg"}))
    assert table["format"] == FORMAT
    assert set(table["names"]) == {"numpy.sin", "str.join", "probe.Tide"}
    page, fragment = table["names"]["probe.Tide"]
    assert (table["pages"][page], fragment) == ("../api.html", "tide")
    assert table["names"]["numpy.sin"] == [table["pages"].index("https://n/sin")]


def test_a_site_without_names_has_no_table() -> None:
    assert names_table([], [("numpy.sin", "https://n#numpy.sin")], set()) == ""


def test_a_table_is_bounded_and_keeps_the_names_of_the_site_longest() -> None:
    own = [(f"probe.Class{number}.method", f"../api{number}.html#a") for number in range(9000)]
    others = [(f"numpy.name{number}", f"https://n/{number}#a") for number in range(9000)]
    text = names_table([("probe.important", "../api.html#x"), *own], others, {"numpy"})
    assert len(text) <= 400_000
    names = json.loads(text)["names"]
    assert "probe.important" in names
    assert not [name for name in names if name.startswith("numpy")]
