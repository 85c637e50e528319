"""Playgrounds in pages of Sphinx, and what other builders make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import MakeSite

PAGE = """\
Page
====

.. pyrun-playground::
   :caption: Nothing yet

.. pyrun-playground::

   for number in range(3):
       print(number)
"""
MARKDOWN = "# Page\n\n```{pyrun-playground}\n:name: mine\n\nx = 1\n```\n\n```{pyrun-playground}\n```\n"


def test_a_playground_is_a_cell_whose_code_may_be_empty(make_site: MakeSite) -> None:
    site = make_site({"index.rst": PAGE})
    site.build()
    empty, full = site.cells()
    for cell in (empty, full):
        assert "data-playground" in cell.attrs
        assert cell["data-session"] == "isolated"
        assert cell.pre is not None
    assert "data-source" not in empty.attrs
    assert empty.pre is not None
    assert empty.pre.get_text().strip() == ""
    assert full["data-source"] == "for number in range(3):\n    print(number)"
    assert full.select(".highlight-python")


def test_markdown_has_the_directive_for_playgrounds_too(make_site: MakeSite) -> None:
    site = make_site({"index.md": MARKDOWN}, extensions=["sphinx_pyrun", "myst_parser"])
    site.build()
    assert [(cell.get("data-name"), cell.get("data-source")) for cell in site.cells()] == [
        ("mine", "x = 1"),
        (None, None),
    ]


def test_options_that_the_page_has_for_its_examples_do_not_concern_a_playground(make_site: MakeSite) -> None:
    options = ".. pyrun-page::\n   :session: shared\n   :readonly:\n   :autorun:\n\n"
    site = make_site({"index.rst": f"Page\n====\n\n{options}.. pyrun-playground::\n"})
    site.build()
    (cell,) = site.cells()
    assert cell["data-session"] == "isolated"
    assert not {"data-readonly", "data-autorun"} & set(cell.attrs)


def test_options_without_a_meaning_for_a_playground_are_reported(make_site: MakeSite) -> None:
    page = "Page\n====\n\n.. pyrun-playground::\n   :session: shared\n"
    (warning,) = make_site({"index.rst": page}).warnings()
    assert "session: a playground has no such option. Remove it [pyrun.option]" in warning


@pytest.mark.parametrize("builder", ["text", "latex", "gettext", "pseudoxml"])
def test_other_builders_show_the_code_and_leave_out_empty_playgrounds(
    make_site: MakeSite, builder: str
) -> None:
    site = make_site({"index.rst": PAGE})
    site.build(builder)
    if builder == "text":
        text = (site.outdir / "index.txt").read_text(encoding="utf-8")
        assert "for number in range(3):" in text
        assert "Nothing yet" not in text
