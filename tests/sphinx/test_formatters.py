"""A site has a formatter if one of its examples uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrun_core.settlement import ruff

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sphinx.conftest import MakeSite

FILES: dict[str, str | bytes] = {
    "index.rst": "Title\n=====\n\n.. pyrun::\n   :format: ruff\n\n   print(1)\n\n.. pyrun::\n\n   print(2)\n",
}


@pytest.mark.usefixtures("offline")
def test_ruff_is_in_sites_that_use_it_and_in_no_others(
    make_site: MakeSite, small_ruff: dict[str, bytes]
) -> None:
    site = make_site(FILES)
    site.build()
    served = {name.rpartition("/")[2]: content for name, content in site.files().items() if "/ruff-" in name}
    assert served == small_ruff
    assert [cell.get("data-format") for cell in site.cells()] == ["ruff", None]
    (site.folder / "index.rst").write_text(".. pyrun::\n\n   print(1)\n", encoding="utf-8")
    site.build()
    assert not [name for name in site.files() if "/ruff-" in name]


@pytest.mark.usefixtures("offline", "small_ruff")
def test_a_build_without_ruff_says_how_to_get_it(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def no_npm(folder: Path) -> None:
        raise FileNotFoundError(f"no npm for {folder}")

    monkeypatch.setattr(ruff, "pack_with_npm", no_npm)
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    (warning,) = make_site(FILES).warnings()
    assert warning.startswith("index.rst:4: WARNING: format: ruff cannot be downloaded")
    assert warning.endswith("[pyrun.format]")
