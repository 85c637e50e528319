"""A site has a formatter if one of its examples uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mkdocs.conftest import Site


@pytest.mark.usefixtures("offline")
def test_ruff_is_in_sites_that_use_it(site: Site, small_ruff: dict[str, bytes]) -> None:
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "format": "ruff"}}])
    site.page("```pyrun\nprint(1)\n```\n")
    site.build(strict=True)
    (cell,) = site.cells()
    assert cell["data-format"] == "ruff"
    served = (site.folder / "site").rglob("ruff-*/*")
    assert {file.name: file.read_bytes() for file in served} == small_ruff
