"""The contents of a live page: the element around the theme's block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bs4 import Tag

    from .conftest import MakeSite, Site

EXAMPLE = """\
Title
=====

.. pyrun::
{options}
   print(1)
   print(2)
   print(3)
"""

CATALOGUE = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "print('one')"
msgstr "print('eins')"
"""


def example(*options: str) -> dict[str, str | bytes]:
    return {"index.rst": EXAMPLE.format(options="".join(f"   {option}\n" for option in options))}


def built(make_site: MakeSite, *options: str) -> Site:
    site = make_site(example(*options))
    site.build()
    return site


def block_of(cell: Tag) -> Tag:
    (block,) = cell.find_all(recursive=False)
    return block


def test_a_cell_contains_the_block_that_code_block_would_have_made(make_site: MakeSite) -> None:
    site = make_site({"index.rst": EXAMPLE.format(options="")})
    site.build()
    live = block_of(site.cell())
    ordinary = make_site({"index.rst": EXAMPLE.replace("pyrun::", "code-block:: python").format(options="")})
    ordinary.build()
    assert str(live) == str(ordinary.page().find(class_="highlight-python"))


def test_a_cell_is_idle_and_knows_its_source_and_its_pyodide(make_site: MakeSite) -> None:
    site = make_site(example(), pyrun_pyodide="bundled")
    site.build()
    cell = site.cell()
    assert cell["data-state"] == "idle"
    assert cell["data-source"] == "print(1)\nprint(2)\nprint(3)"
    assert (cell["data-page"], cell["data-line"]) == ("index.rst", "4")
    assert site.settled.pyodide == "pyodide-314.0.7"


def test_a_caption_stands_above_the_cell_with_its_markup_and_its_link(make_site: MakeSite) -> None:
    site = built(make_site, ":caption: Some *fine* code", ":name: fine")
    wrapper = site.page().find(id="fine")
    assert wrapper is not None
    assert wrapper.select_one(".code-block-caption em") is not None
    assert wrapper.find("pyrun-cell") is not None
    assert not block_of(site.cell()).get("id")


def test_a_name_is_an_id_outside_the_cell_so_that_links_survive_the_editor(make_site: MakeSite) -> None:
    files = example(":name: fine")
    files["index.rst"] = f"{files['index.rst']!s}\nSee :ref:`it <fine>`.\n"
    site = make_site(files)
    site.build()
    page = site.page()
    anchor = page.find(id="fine")
    assert anchor is not None
    assert anchor.find_next_sibling() == page.find("pyrun-cell")
    assert not site.cell().find(id=True)
    assert page.find("a", href="#fine") is not None


def test_line_numbers_and_emphasis_are_as_in_code_block(make_site: MakeSite) -> None:
    site = built(make_site, ":linenos:", ":emphasize-lines: 2-")
    assert [mark.text.strip() for mark in site.page().select(".linenos")] == ["1", "2", "3"]
    assert len(site.page().select(".hll")) == 2
    assert site.cell()["data-emphasize-lines"] == "2 3"


@pytest.mark.parametrize("value", ["", " true", " yes"])
def test_a_flag_is_set_without_a_value_or_by_a_true_word(make_site: MakeSite, value: str) -> None:
    assert built(make_site, f":readonly:{value}").cell().has_attr("data-readonly")


def test_a_flag_can_be_switched_off_by_a_word(make_site: MakeSite) -> None:
    site = built(make_site, ":linenos: no", ":autorun: false")
    assert not site.cell().has_attr("data-autorun")
    assert not site.page().select(".linenos")


def test_class_force_and_lineno_start_are_those_of_code_block(make_site: MakeSite) -> None:
    site = built(make_site, ":class: special", ":force:", ":lineno-start: 7")
    assert "special" in block_of(site.cell())["class"]
    assert [mark.text.strip() for mark in site.page().select(".linenos")] == ["7", "8", "9"]


@pytest.mark.parametrize(
    "files",
    [
        {"index.rst": ".. pyrun::\n   :dedent: 2\n\n     print(1)\n     print(2)\n"},
        {"index.md": "```{pyrun}\n:dedent: 2\n\n  print(1)\n  print(2)\n```\n"},
    ],
)
def test_dedent_applies_to_the_source_too(make_site: MakeSite, files: dict[str, str | bytes]) -> None:
    site = make_site(files)
    site.build()
    assert site.cell()["data-source"] == "print(1)\nprint(2)"


def test_stdin_session_setup_and_packages_reach_the_cell(make_site: MakeSite) -> None:
    site = make_site(
        example(":stdin: Ada\\n42", ":session: demo", ":setup:", ":packages: numpy, Pandas numpy"),
    )
    site.build()
    cell = site.cell()
    assert cell["data-stdin"] == "Ada\n42"
    assert cell["data-session"] == "demo"
    assert cell.has_attr("data-setup")
    assert site.packages() == ["numpy pandas"]
    assert site.settled.content["packages"]["numpy"]["url"].startswith("https://cdn.jsdelivr.net/pyodide/")


def test_answers_may_be_on_separate_lines(make_site: MakeSite) -> None:
    assert built(make_site, ":stdin: Ada", "   42").cell()["data-stdin"] == "Ada\n42"


def test_a_hidden_example_is_a_hidden_cell_without_a_block(make_site: MakeSite) -> None:
    site = built(make_site, ":hidden:", ":caption: Nobody sees this")
    cell = site.cell()
    assert cell.has_attr("hidden")
    assert cell.has_attr("data-setup")
    assert not cell.contents
    assert not site.page().select(".highlight, .code-block-caption")


def test_doctest_flags_are_removed_from_the_block_but_not_from_the_source(make_site: MakeSite) -> None:
    source = ">>> f()  # doctest: +SKIP\n1\n<BLANKLINE>"
    site = make_site({"index.md": f"```{{pyrun}}\n:raises: SyntaxError\n\n{source}\n```\n"})
    site.build()
    assert site.cell()["data-source"] == source
    assert "doctest" not in site.cell().text


def test_a_translated_example_runs_as_its_readers_see_it(make_site: MakeSite) -> None:
    site = make_site(
        {"index.rst": ".. pyrun::\n\n   print('one')\n", "locale/de/LC_MESSAGES/index.po": CATALOGUE},
        language="de",
        locale_dirs=["locale"],
        gettext_additional_targets=["literal-block"],
    )
    site.build()
    assert site.cell()["data-source"] == "print('eins')"


def test_examples_in_docstrings_are_live(make_site: MakeSite) -> None:
    conf = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n"
    module = 'def f():\n    """Do it.\n\n    .. pyrun::\n\n       f()\n    """\n'
    site = make_site(
        {
            "index.rst": ".. automodule:: pyrun_documented\n   :members:\n",
            "pyrun_documented.py": module,
            "conf.py": conf,
        },
        extensions=["sphinx_pyrun", "sphinx.ext.autodoc"],
    )
    site.build()
    assert site.cell()["data-source"] == "f()"
