"""The tags in the head of a page that load pyrun's script and style sheet."""

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyrun_core.examples.render import PageAsset, page_assets
from pyrun_core.tags import Tag, find_tags

__all__ = [
    "FOLDER",
    "ROOT",
    "HeadTags",
    "PageNavigation",
    "TagsOfPage",
    "find_tags_of_page",
    "read_navigation",
    "without_tags",
]

FOLDER = "assets/pyrun/"
"""The folder of pyrun's files, below the root of the site."""

ROOT = "../" * FOLDER.count("/")
"""The URL of the site's root, relative to that folder."""

_NOT_FOUND_PAGE = "404.html"

# The script in which Material and Zensical have the theme's configuration.
_CONFIGURATION_ID = "__config"

# The hash in the name is any hash, because another version of pyrun may have written the tag.
_OUR_FILE = re.compile(rf"{FOLDER}pyrun-[A-Za-z0-9]+\.(?:js|css)\b")

_REST_OF_TAG = re.compile(r"(?:</script\s*+>)?\n?")


@dataclass(frozen=True)
class PageNavigation:
    """How the theme's script goes from a page to the next.

    ``is_instant``: pages replace each other without running scripts in their heads, so that each page has to
    load what any page needs. ``base`` is the URL of the site's root, relative to the page. ``base_element``
    is what the page's own URLs are relative to, if it has that element.
    """

    is_instant: bool = False
    base: str = ""
    base_element: str = ""


def read_navigation(html: str) -> PageNavigation:
    """What the configuration of the theme says. Themes without one do nothing instantly."""
    base_element = configuration = ""
    names = [name for name, mark in (("base", "<base"), ("script", _CONFIGURATION_ID)) if mark in html]
    opened: Tag | None = None
    for tag in find_tags(html, *names) if names else ():
        if opened:
            configuration = html[opened.end : tag.start]
        is_configuration = tag.name == "script" and tag.attributes.get("id") == _CONFIGURATION_ID
        opened = tag if is_configuration and not configuration else None
        if tag.name == "base":
            base_element = base_element or tag.attributes.get("href", "")
    try:
        config = json.loads(configuration or "{}")
        is_instant = "navigation.instant" in config["features"]
        return PageNavigation(is_instant, str(config["base"]), base_element)
    except (ValueError, KeyError, TypeError, RecursionError):
        return PageNavigation(base_element=base_element)


@dataclass(frozen=True)
class TagsOfPage:
    """The files of pyrun that a page has tags for. Their URLs are relative to the page.

    ``are_in_content``: the page has them in its content, where instant navigation runs scripts, too.
    """

    assets: tuple[PageAsset, ...] = ()
    are_in_content: bool = False


def find_tags_of_page(html: str) -> TagsOfPage:
    """The tags that an earlier build, or the generator, has written."""
    found = list(_find_ours(html))
    body = html.find("<body")
    are_in_content = bool(found) and 0 <= body < found[-1].start
    assets = (PageAsset(each.url, each.tag.attributes.get("integrity", "")) for each in found)
    return TagsOfPage(tuple(assets), are_in_content)


@dataclass(frozen=True)
class _OurTag:
    """A tag of pyrun, which loads ``url``, and its place in the page with its end tag and line break."""

    tag: Tag
    url: str
    start: int
    end: int


def _find_ours(html: str) -> Iterator[_OurTag]:
    if FOLDER not in html:
        return
    for tag in find_tags(html, "link", "script"):
        url = tag.attributes.get("href" if tag.name == "link" else "src", "")
        if file := _OUR_FILE.search(url):
            rest = _REST_OF_TAG.match(html, tag.end)
            yield _OurTag(tag, url[: file.end()], tag.start, rest.end() if rest else tag.end)


@dataclass(frozen=True)
class HeadTags:
    """Writes the tags for a script and a style sheet. Their URLs are relative to pyrun's folder."""

    loader: PageAsset
    style: PageAsset

    def assets(self, name: str, navigation: PageNavigation) -> tuple[PageAsset, PageAsset]:
        """What the tags of the file ``name`` load."""
        folder_url = self.folder_url(name, navigation)
        return self.loader.below(folder_url), self.style.below(folder_url)

    @staticmethod
    def folder_url(name: str, navigation: PageNavigation) -> str:
        """Pyrun's folder, as the file ``name`` names it. A page for missing pages is shown at any address."""
        root = "../" * name.count("/")
        if navigation.base_element:
            root = _root_from(navigation.base_element, name)
        elif name == _NOT_FOUND_PAGE and navigation.base:
            root = navigation.base.rstrip("/") + "/"
        return root + FOLDER

    def apply(self, html: str, assets: tuple[PageAsset, PageAsset] | None) -> str:
        """The HTML with tags for these files and without those of older builds."""
        html = without_tags(html)
        if assets is None:
            return html
        place = _head_end(html)
        return f"{html[:place]}{page_assets(*assets)}{html[place:]}"


def without_tags(html: str) -> str:
    """The HTML as it was before the tags were written."""
    kept, position = [], 0
    for each in _find_ours(html):
        kept.append(html[position : each.start])
        position = each.end
    return "".join([*kept, html[position:]])


def _root_from(base_element: str, name: str) -> str:
    """The URL of the site's root, relative to what the element ``base`` of a page says."""
    if "//" in base_element or base_element.startswith("/"):
        return ""  # what generators write there is the root of the site
    folder = posixpath.join(posixpath.dirname(name), posixpath.dirname(base_element))
    root = posixpath.relpath(".", posixpath.normpath(folder) if folder else ".")
    return "" if root == "." else f"{root}/"


def _head_end(html: str) -> int:
    """Where the head ends. Minifiers may leave out its tags, and a fragment has no head."""
    for tag in find_tags(html, "head", "body"):
        if tag.name == "body" or tag.is_end:
            return tag.start
    return len(html)
