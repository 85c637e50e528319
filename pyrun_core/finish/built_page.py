"""What a page of a built site has to do with pyrun."""

import re
from dataclasses import dataclass, replace

from pyrun_core.examples.render import PageAsset
from pyrun_core.finish.cells import BuiltCell, read_cells
from pyrun_core.finish.head_tags import PageNavigation, TagsOfPage, find_tags_of_page, read_navigation
from pyrun_core.problems import Location, Problem

__all__ = ["BuiltPage", "Problems", "read_page"]

# Loads what the extension for Sphinx has written. Such a page can be in the folder of another site.
_OF_SPHINX = re.compile(r"<script\b[^<>]*_static/pyrun/pyrun-")


@dataclass(frozen=True)
class BuiltPage:
    """A page: its cells, the tags that load pyrun's files, and how its theme goes to the next page.

    ``problems`` are those of blocks that became cells, for later builds. ``is_ours`` is false for a page that
    is left as it is.
    """

    cells: tuple[BuiltCell, ...] = ()
    tags: TagsOfPage = TagsOfPage()  # noqa: RUF009 - it is frozen
    navigation: PageNavigation = PageNavigation()  # noqa: RUF009 - it is frozen
    problems: tuple[tuple[Problem, str, Location], ...] = ()
    is_ours: bool = True

    def with_tags(self, assets: tuple[PageAsset, ...]) -> "BuiltPage":
        """The page with tags for these files in its head, and no other of pyrun's."""
        return replace(self, tags=TagsOfPage(assets))


class Problems(list[tuple[Problem, str, Location]]):
    """A report that keeps what it is told."""

    def __call__(self, problem: Problem, message: str, location: Location) -> None:
        """Take a report."""
        self.append((problem, message, location))


def read_page(html: str, name: str) -> BuiltPage:
    """Read the HTML file ``name``.

    Raises:
        FormerBuildError: an older pyrun built the page, or its attributes have been changed since.
    """
    if _OF_SPHINX.search(html):
        return BuiltPage(is_ours=False)
    return BuiltPage(read_cells(html, name), find_tags_of_page(html), read_navigation(html))
