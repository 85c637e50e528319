"""The language of the theme is the language of the examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mkdocs.conftest import Log, Site

EXAMPLE = "```pyrun\nprint(1)\n```\n"


@pytest.mark.parametrize(
    ("theme", "language"),
    [
        ({"name": "material", "language": "pt"}, "pt-BR"),
        ({"name": "material", "language": "zh-Hant"}, "zh-TW"),
        ({"name": "mkdocs", "locale": "uk"}, "uk"),
        ({"name": "readthedocs", "locale": "zh_CN"}, "zh-CN"),
        ({"name": "material"}, None),
    ],
)
def test_examples_speak_the_language_of_the_theme(
    site: Site, theme: dict[str, str], language: str | None
) -> None:
    site.configure(theme=theme, plugins=[{"pyrun": {"pyodide": "cdn"}}])
    site.page(EXAMPLE)
    site.build(strict=True)
    (cell,) = site.cells()
    assert cell.get("data-language") == language
    assert ("data-words" in cell.attrs) == (language is not None)


def test_an_author_chooses_another_language_for_the_site_or_a_page(site: Site) -> None:
    site.configure(
        theme={"name": "material", "language": "ja"},
        plugins=[{"pyrun": {"pyodide": "cdn", "language": "it"}}],
    )
    site.page(EXAMPLE)
    site.page(f"---\npyrun: {{language: ko}}\n---\n{EXAMPLE}", "page.md")
    site.build(strict=True)
    (cell,) = site.cells()
    assert json.loads(cell["data-words"])["toolbar.run"] == "Esegui"
    (other,) = site.cells("page/index.html")
    assert other["data-language"] == "ko"
    texts = [name.rpartition("/language_")[2] for name in site.served() if "/language_" in name]
    assert [name.partition("-")[0] for name in texts] == ["it", "ko"]


BUILD_LANGUAGES = """
from mkdocs.commands.build import build

is_inner = False


def on_config(config):
    if is_inner:
        config.theme["language"] = "fr"


def on_post_build(config):
    global is_inner
    if not is_inner:
        is_inner = True
        config.site_dir += "/fr"
        build(config, dirty=True)
"""


def test_each_language_of_a_build_in_a_build_is_spoken(site: Site, log: Log) -> None:
    """As of mkdocs-static-i18n, which changes the theme after pyrun has read its options."""
    site.write("hook.py", BUILD_LANGUAGES)
    site.configure(
        hooks=[str(site.folder / "hook.py")],
        theme={"name": "material", "language": "en"},
        plugins=[{"pyrun": {"pyodide": "cdn"}}],
    )
    site.page(EXAMPLE)
    site.build()
    assert all("dirty" in message for message in log.take())
    assert [cell.get("data-language") for cell in site.cells()] == [None]
    assert [cell.get("data-language") for cell in site.cells("fr/index.html")] == ["fr"]
