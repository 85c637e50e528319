"""The language of a Sphinx site is the language of its examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sphinx.conftest import MakeSite

EXAMPLES = """
.. pyrun::
   :caption: Load the data
   :name: load

   data = [1, 2]

.. pyrun::
   :caption: Show the data
   :needs: load

   print(data)
"""

CATALOGUE = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "Load the data"
msgstr "Daten laden"

msgid "Show the data"
msgstr "Daten zeigen"
"""


def test_examples_speak_the_language_of_the_site_and_messages_name_translated_captions(
    make_site: MakeSite,
) -> None:
    site = make_site(
        {"index.rst": EXAMPLES, "locale/de/LC_MESSAGES/index.po": CATALOGUE},
        language="de",
        locale_dirs=["locale"],
    )
    site.build()
    first, second = site.cells()
    assert [cell["data-language"] for cell in (first, second)] == ["de", "de"]
    assert [cell["data-caption"] for cell in (first, second)] == ["Daten laden", "Daten zeigen"]
    assert second["data-needs"] == first["data-name"] == "load"
    assert json.loads(first["data-words"])["toolbar.run"] == "Ausführen"
    assert site.languages() == ["de"]


def test_a_site_serves_the_texts_of_its_own_languages_alone(make_site: MakeSite) -> None:
    example = ".. pyrun::\n\n   print(1)\n"
    site = make_site({"index.rst": example})
    site.build()
    assert site.languages() == []
    for name, tag in {"one": "pt", "other": "zh_TW"}.items():
        text = f":orphan:\n:pyrun-language: {tag}\n\n{example}"
        (site.folder / f"{name}.rst").write_text(text, encoding="utf-8")
    site.build()
    assert site.languages() == ["pt_BR", "zh_TW"]
    (site.folder / "other.rst").write_text(f":orphan:\n\n{example}", encoding="utf-8")
    site.build()
    assert site.languages() == ["pt_BR"]


def test_english_and_unknown_languages_add_nothing_to_a_page(make_site: MakeSite) -> None:
    for language in ("en", "sv"):
        site = make_site({"index.rst": EXAMPLES}, folder=language, language=language)
        site.build()
        written = {name for cell in site.cells() for name in cell.attrs}
        assert written.isdisjoint({"data-language", "data-words"})


def test_an_author_chooses_another_language_for_the_site_or_a_page(make_site: MakeSite) -> None:
    page = ":orphan:\n\n.. pyrun-page::\n   :language: zh-HK\n\n.. pyrun::\n\n   print(1)\n"
    site = make_site(
        {"index.rst": EXAMPLES, "page.rst": page},
        language="ja",
        pyrun_language="fr-CA",
    )
    site.build()
    assert [cell["data-language"] for cell in site.cells()] == ["fr", "fr"]
    assert site.cell("page.html")["data-language"] == "zh-TW"
    english = make_site({"index.rst": EXAMPLES}, folder="english", language="de", pyrun_language="en")
    english.build()
    assert not any("data-language" in cell.attrs for cell in english.cells())


def test_a_language_without_a_translation_is_a_warning(make_site: MakeSite) -> None:
    site = make_site({"index.rst": EXAMPLES}, pyrun_language="sv")
    (warning,) = site.warnings()
    assert "pyrun has no translation into 'sv' yet. Valid values: `ar`, `de`, `en`" in warning


def test_every_file_of_a_language_is_in_the_site(make_site: MakeSite) -> None:
    site = make_site({"index.rst": EXAMPLES}, language="uk")
    site.build()
    (file,) = (site.outdir / "_static" / "pyrun").glob("language_uk-*.json")
    assert json.loads(file.read_text("utf-8"))["toolbar.run"] == "Виконати"
