"""What a live example is in the doctree.

From the directive to the post-transform it is an ordinary ``literal_block`` with one attribute
more; only in a live builder's pages it becomes a `pyrun_cell` around that block.
"""

from collections.abc import Iterator
from typing import TypedDict

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from pyrun_core.examples.render import END_TAG, start_tag
from pyrun_core.options.declare import Values
from pyrun_core.problems import Location

__all__ = [
    "LIVE_BUILDERS",
    "Settings",
    "find_examples",
    "location_of",
    "mark_example",
    "pyrun_cell",
    "settings_of",
    "setup_nodes",
    "unmark_example",
]

LIVE_BUILDERS = ("html", "dirhtml", "singlehtml")
"""The builders whose pages are served to browsers with scripts. EPUB's format is HTML as well."""

_ATTRIBUTE = "pyrun"


class Settings(TypedDict):
    """What the doctree keeps of an example beside its source. Plain values: it is pickled.

    ``docname`` is the page it is from: `singlehtml` puts many into one doctree.
    """

    docname: str
    block: Values
    page: Values


class pyrun_cell(nodes.General, nodes.Element):  # noqa: N801 - node classes are named like tags
    """A live example in a page. Its only child, if it is shown, is the highlighted block.

    Attributes: ``example`` (`pyrun_core.examples.example.Example`), ``distribution``, and ``more``, the
    values for its packages and files.
    """


def setup_nodes(app: Sphinx) -> None:
    """Teach the HTML translator the one node that it does not know."""
    app.add_node(pyrun_cell, html=(_visit_cell, _depart_cell))


def mark_example(block: nodes.literal_block, values: Values) -> None:
    """Make a block an example, with the values that were set at the block itself."""
    block[_ATTRIBUTE] = Settings(docname="", block=values, page={})


def unmark_example(block: nodes.literal_block) -> None:
    """Make an example an ordinary block."""
    del block[_ATTRIBUTE]


def settings_of(block: nodes.literal_block) -> Settings:
    """What was set for an example."""
    settings: Settings = block[_ATTRIBUTE]
    return settings


def location_of(block: nodes.literal_block) -> Location:
    """Where an example stands."""
    return Location(block.source or "", block.line)


def find_examples(doctree: nodes.Element) -> Iterator[nodes.literal_block]:
    """The examples of a page, in its order."""
    return (block for block in doctree.findall(nodes.literal_block) if _ATTRIBUTE in block)


def _visit_cell(translator: HTML5Translator, node: pyrun_cell) -> None:
    translator.body.append(start_tag(node["example"], node["distribution"], node["more"]))


def _depart_cell(translator: HTML5Translator, node: pyrun_cell) -> None:  # noqa: ARG001 - Sphinx passes it
    translator.body.append(END_TAG + "\n")
