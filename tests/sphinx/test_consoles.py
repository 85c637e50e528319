"""Consoles in pages of Sphinx, and what other builders make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import MakeSite

PAGE = """\
Page
====

.. pyrun-console::
   :caption: Nothing yet
   :session: isolated

.. pyrun-console::

   >>> numbers = [1, 2]
   >>> for number in numbers:
   ...     print(number)
   ...
   1
   2
   >>> len(numbers)
   2
"""
MARKDOWN = "# Page\n\n```{pyrun-console}\n:name: mine\n\nx = 1\n```\n\n```{pyrun-console}\n```\n"


def test_a_page_shows_prompts_and_the_element_has_the_code(make_site: MakeSite) -> None:
    site = make_site({"index.rst": PAGE})
    site.build()
    empty, full = site.cells()
    assert {"data-console", "data-session"} <= set(empty.attrs)
    assert "data-source" not in empty.attrs
    assert empty.pre is not None
    assert empty.pre.get_text().strip() == ">>>"
    assert (
        full["data-source"] == "numbers = [1, 2]\nfor number in numbers:\n    print(number)\n\nlen(numbers)"
    )
    assert full.pre is not None
    assert [line.rstrip() for line in full.pre.get_text().strip().split("\n")] == [
        ">>> numbers = [1, 2]",
        ">>> for number in numbers:",
        "...     print(number)",
        "...",
        ">>> len(numbers)",
    ]
    assert full.select(".highlight-pycon")


def test_markdown_has_the_same_directive(make_site: MakeSite) -> None:
    site = make_site({"index.md": MARKDOWN}, extensions=["sphinx_pyrun", "myst_parser"])
    site.build()
    assert [(cell.get("data-name"), cell.get("data-source")) for cell in site.cells()] == [
        ("mine", "x = 1"),
        (None, None),
    ]


def test_options_without_a_meaning_for_a_console_are_reported(make_site: MakeSite) -> None:
    page = "Page\n====\n\n.. pyrun-console::\n   :readonly:\n"
    (warning,) = make_site({"index.rst": page}).warnings()
    assert "readonly: a console has no such option. Remove it [pyrun.option]" in warning


@pytest.mark.parametrize("builder", ["text", "latex", "gettext", "pseudoxml"])
def test_other_builders_show_the_code_and_leave_out_empty_consoles(make_site: MakeSite, builder: str) -> None:
    site = make_site({"index.rst": PAGE})
    site.build(builder)
    if builder == "text":
        text = (site.outdir / "index.txt").read_text(encoding="utf-8")
        assert ">>> len(numbers)" in text
        assert "Nothing yet" not in text
