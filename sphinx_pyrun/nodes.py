"""A live example in the doctree.

In the stored doctree it is an ordinary ``literal_block`` with one additional attribute. Only in the pages of
a live builder it becomes a `pyrun_cell` around that block.
"""

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from pyrun_core.examples.render import END_TAG, start_tag
from pyrun_core.options.declare import Values
from pyrun_core.problems import Location
from sphinx_pyrun.settings import Settings

__all__ = [
    "LIVE_BUILDERS",
    "find_examples",
    "location_of",
    "mark_example",
    "pyrun_cell",
    "settings_of",
    "setup_nodes",
    "unmark_example",
]

LIVE_BUILDERS = ("html", "dirhtml", "singlehtml")
"""The builders whose pages browsers open with scripts. The format of EPUB is HTML too."""

_ATTRIBUTE = "pyrun"


class pyrun_cell(nodes.General, nodes.Element):  # noqa: N801 - node classes are named like tags
    """A live example in a page. If it is shown, its children show it: the block, or what replaces that block.

    It has one attribute, ``example`` (`pyrun_core.examples.example.Example`).
    """


def setup_nodes(app: Sphinx) -> None:
    """Register the node with the HTML translator."""
    app.add_node(pyrun_cell, html=(_visit_cell, _depart_cell))


def mark_example(block: nodes.literal_block, values: Values) -> None:
    """Make a block an example, with the values set at the block."""
    block[_ATTRIBUTE] = Settings(file="", block=values, page=(), imports=(), conditions=())


def unmark_example(block: nodes.literal_block) -> None:
    """Make an example an ordinary block."""
    del block[_ATTRIBUTE]


def settings_of(block: nodes.literal_block) -> Settings:
    """The settings of an example."""
    settings: Settings = block[_ATTRIBUTE]
    return settings


def location_of(block: nodes.literal_block) -> Location:
    """The location of an example."""
    return Location(block.source or "", block.line)


def find_examples(doctree: nodes.Element) -> Iterator[nodes.literal_block]:
    """The examples of a page, in order."""
    return (block for block in doctree.findall(nodes.literal_block) if _ATTRIBUTE in block)


def _visit_cell(translator: HTML5Translator, node: pyrun_cell) -> None:
    translator.body.append(start_tag(node["example"]))


def _depart_cell(translator: HTML5Translator, node: pyrun_cell) -> None:  # noqa: ARG001 - Sphinx passes it
    translator.body.append(END_TAG + "\n")
