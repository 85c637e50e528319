"""The examples of built HTML for a check, with what was noted of them while the pages were made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pyrun_core.examples.example import Example
from pyrun_core.examples.render import ELEMENT, cell_attributes, written_source
from pyrun_core.live.left_alone import LeftAlone
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.tags import find_tags

__all__ = ["BuiltExamples", "key_of_cell", "read_built_pages"]

_Cell = Mapping[str, str]

_SAYS_WHICH = ("data-page", "data-line", "data-session", "data-preamble", "data-expected")
"""Attributes that tell an example from others with the same code."""


class BuiltExamples(NamedTuple):
    """A page, with the keys of its cells (`key_of_cell`)."""

    page: CheckedPage
    keys: tuple[object, ...]


def read_built_pages(
    files: Iterable[tuple[str, str]], noted: Sequence[Example | LeftAlone], maker: PageMaker
) -> list[BuiltExamples]:
    """The pages whose cells are in HTML files, sorted by the names of their source files.

    ``files`` are the names and the HTML, ``noted`` are examples that may be in it. Several files can show a
    page, or an excerpt of it: the one with the most cells counts.
    """
    known: dict[object, list[Example]] = defaultdict(list)
    for example in noted:
        if isinstance(example, LeftAlone):
            continue
        known[key_of_cell(cell_attributes(example))].append(example)
    pages: dict[str, list[_Cell]] = {}
    for name, html in files:
        for page, cells in _cells(html, name).items():
            if len(cells) > len(pages.get(page, ())):
                pages[page] = cells
    return [
        BuiltExamples(
            maker.page_of_cells(page, cells, _examples(cells, known)), tuple(map(key_of_cell, cells))
        )
        for page, cells in sorted(pages.items())
    ]


def _cells(html: str, name: str) -> dict[str, list[_Cell]]:
    """The cells of an HTML file by the source files of their pages."""
    cells: dict[str, list[_Cell]] = defaultdict(list)
    for tag in find_tags(html, ELEMENT):
        if not tag.is_end:
            cells[tag.attributes.get("data-page") or name].append(tag.attributes)
    return cells


def _examples(cells: Iterable[_Cell], known: Mapping[object, Sequence[Example]]) -> list[Example | None]:
    """What was noted of each cell: of the same code for the second time, what was noted second."""
    found: list[Example | None] = []
    counts: Counter[object] = Counter()
    for cell in cells:
        key = key_of_cell(cell)
        same = known.get(key, ())
        found.append(same[min(counts[key], len(same) - 1)] if same else None)
        counts[key] += 1
    return found


def key_of_cell(cell: Mapping[str, str]) -> object:
    """What tells an example from others of the site, by the attributes of its element."""
    return (written_source(cell), *(cell.get(name, "") for name in _SAYS_WHICH))
