"""The tags in the heads of built pages."""

from __future__ import annotations

import pytest

from pyrun_core.examples.render import PageAsset
from pyrun_core.finish.head_tags import (
    HeadTags,
    PageNavigation,
    find_tags_of_page,
    read_navigation,
    without_tags,
)

TAGS = HeadTags(PageAsset("pyrun-NEW00000.js"), PageAsset("pyrun-NEW11111.css"))
WRITTEN = (
    '<link rel="stylesheet" href="{0}assets/pyrun/pyrun-NEW11111.css">\n'
    '<script src="{0}assets/pyrun/pyrun-NEW00000.js" defer></script>\n'
)
BASE = '<script id="__config" type="application/json">{"base": "%s", "features": ["%s"]}</script>'


def finished(html: str, name: str = "index.html") -> str:
    """The HTML of a page with the tags that it needs."""
    return TAGS.apply(html, TAGS.assets(name, read_navigation(html)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<html><head><title>x</title>\n", "</head><body></body></html>"),
        ("<html><HEAD>", "</HEAD ><body></body></html>"),
        ("<head><script>'</head>'</script><!-- </head> -->", "</head><body></body>"),
        ("<!doctype html><title>x</title>", "<body class=a><p>text</p>"),
        ("<p>no head, no body</p>", ""),
    ],
)
def test_they_are_at_the_end_of_the_head(before: str, after: str) -> None:
    html = finished(before + after)
    assert html == before + WRITTEN.format("") + after
    assert finished(html) == html
    assert TAGS.apply(html, None) == without_tags(html) == before + after


@pytest.mark.parametrize(
    ("name", "root"), [("a.html", ""), ("a/index.html", "../"), ("a/b/c.html", "../../")]
)
def test_their_urls_are_relative_to_the_page(name: str, root: str) -> None:
    assert finished("<head></head>", name) == f"<head>{WRITTEN.format(root)}</head>"


def test_those_of_another_pyrun_are_replaced() -> None:
    old = WRITTEN.replace("NEW", "OLD").format("../")
    page = f"<head>{old}<link href='../assets/pyrun/extra.css'></head>"
    html = finished(page, "a/index.html")
    assert "OLD" not in html
    assert html.count("pyrun-NEW") == 2
    assert "extra.css" in html


def test_hashes_are_written_found_and_removed() -> None:
    tags = HeadTags(PageAsset("pyrun-NEW00000.js", "sha256-L="), PageAsset("pyrun-NEW11111.css", "sha256-S="))
    assets = tags.assets("a/index.html", PageNavigation())
    html = tags.apply("<head></head>", assets)
    assert 'integrity="sha256-L="' in html
    assert sorted(find_tags_of_page(html).assets) == sorted(assets)
    assert find_tags_of_page(finished(html, "a/index.html")).assets != find_tags_of_page(html).assets
    assert without_tags(html) == "<head></head>"


def test_minified_ones_are_found_in_any_order() -> None:
    page = (
        "<head><script defer src=assets/pyrun/pyrun-NEW00000.js></script>"
        "<link href=assets/pyrun/pyrun-NEW11111.css rel=stylesheet></head>"
    )
    assert sorted(find_tags_of_page(page).assets) == sorted(TAGS.assets("index.html", PageNavigation()))
    assert not find_tags_of_page(page).are_in_content


def test_a_page_for_missing_pages_has_the_root_of_its_theme() -> None:
    page = f"<head></head>{BASE % ('/project/latest/', 'navigation.instant')}"
    assert WRITTEN.format("/project/latest/") in finished(page, "404.html")


@pytest.mark.parametrize(
    ("html", "navigation"),
    [
        (BASE % (".", "navigation.instant"), PageNavigation(is_instant=True, base=".")),
        (BASE % ("..", "search.suggest"), PageNavigation(base="..")),
        (
            '<script id=__config>{"base":"/","features":["navigation.instant"]}</script>',
            PageNavigation(is_instant=True, base="/"),
        ),
        ('<script id="__config">not json</script>', PageNavigation()),
        ('<script id="__config">[]</script>', PageNavigation()),
        ("<p>navigation.instant</p>", PageNavigation()),
    ],
)
def test_the_configuration_of_a_theme_is_read(html: str, navigation: PageNavigation) -> None:
    assert read_navigation(html) == navigation
