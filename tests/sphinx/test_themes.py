"""Themes keep their blocks, their scripts and their pages; other extensions keep working."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import copied_root

if TYPE_CHECKING:
    from .conftest import MakeSite

THEMES = ["alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"]


# A warning of this theme itself, on new versions of Sphinx.
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning:sphinx_book_theme")
@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_builds_clean_and_its_block_is_inside_the_cell(make_site: MakeSite, theme: str) -> None:
    site = copied_root(make_site, "tutorial")
    site.conf["html_theme"] = theme
    site.build()
    shown = [cell for cell in site.cells() if not cell.has_attr("hidden")]
    assert len(shown) == 4
    assert all(len(cell.select("div.highlight pre")) == 1 for cell in shown)
    assert all(cell["data-source"] for cell in site.cells())
    scripts = [tag for tag in site.page().find_all("script") if "/pyrun/pyrun-" in str(tag.get("src"))]
    assert len(scripts) == 1
    assert not site.page("plain.html").select("script[src*='/pyrun/']")


def test_copy_buttons_do_not_change_source_and_ids(make_site: MakeSite) -> None:
    site = copied_root(make_site, "tutorial")
    site.conf["extensions"] = ["sphinx_pyrun", "myst_parser", "sphinx_copybutton"]
    site.build()
    assert site.page().find(id="second") is not None
    assert site.page().select("script[src*='copybutton']")
    assert not [tag for cell in site.cells() for tag in cell.find_all(id=True)]
