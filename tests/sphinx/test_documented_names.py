"""The table that leads readers from a name in their code to the page that documents it."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import MakeSite

EXAMPLE = ".. pyrun::\n\n   import tides\n"
API = "API\n===\n\n.. py:module:: tides\n\n.. py:function:: rise(hours)\n"
HEADER = b"# Sphinx inventory version 2\n# Project: Python\n# Version: 3\n# Compressed using zlib.\n"
ENTRIES = b"print py:function 1 functions.html#$ -\nother.name py:function 1 other.html#$ -\n"


def test_the_table_has_the_names_of_the_project_and_of_intersphinx(
    make_site: MakeSite, tmp_path: Path
) -> None:
    inventory = tmp_path / "python.inv"
    inventory.write_bytes(HEADER + zlib.compress(ENTRIES))
    site = make_site(
        {"index.rst": f"Title\n=====\n\n{EXAMPLE}\n.. toctree::\n\n   api\n", "api.rst": API},
        extensions=["sphinx_pyrun", "sphinx.ext.intersphinx"],
        intersphinx_mapping={"python": ("https://docs.example/3", str(inventory))},
    )
    site.build("dirhtml")
    folder = site.outdir / "_static" / "pyrun"
    settlement: dict[str, Any] = json.loads((folder / "settlement.json").read_text(encoding="utf-8"))
    name, _, version = settlement["names"].partition("?v=")
    assert version
    table: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    pages = {name: table["pages"][entry[0]] for name, entry in table["names"].items()}
    assert pages["tides.rise"] == "../../api/"
    assert pages["print"] == "https://docs.example/3/functions.html"
    assert "other.name" not in pages


def test_a_site_without_documented_names_has_no_table(make_site: MakeSite) -> None:
    site = make_site({"index.rst": f"Title\n=====\n\n{EXAMPLE}"})
    site.build("html")
    folder = site.outdir / "_static" / "pyrun"
    assert "names" not in json.loads((folder / "settlement.json").read_text(encoding="utf-8"))
    assert not (folder / "names.json").exists()
