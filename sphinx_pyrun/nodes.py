"""A live example in the doctree.

In the stored doctree it is an ordinary block with two additional attributes. One has its settings. The other
one says where its lines come from or, if its code is not the text of the block, has that code. Only in the
pages of a live builder it becomes a `pyrun_cell` around that block. Code that no page shows is in a
`hidden_example`, which other builders remove.
"""

from collections.abc import Iterator
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from pyrun_core.cache import digest_of
from pyrun_core.examples.provenance import Provenance
from pyrun_core.examples.render import END_TAG, start_tag
from pyrun_core.options.declare import Values
from pyrun_core.problems import Location
from sphinx_pyrun.settings import BlockCode, Settings

__all__ = [
    "LIVE_BUILDERS",
    "blocks_of",
    "code_of",
    "find_examples",
    "hidden_example",
    "is_marked",
    "join_block",
    "key_of",
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
_CODE = "pyrun-code"
_PROVENANCE = "pyrun-provenance"
_JOINED = "pyrun-joined"


class hidden_example(nodes.Invisible, nodes.Element):  # noqa: N801 - node classes are named like tags
    """An example that is not in the page. It is marked as the blocks are."""


_BLOCKS = (nodes.literal_block, nodes.doctest_block, hidden_example)


class pyrun_cell(nodes.General, nodes.Element):  # noqa: N801 - node classes are named like tags
    """A live example in a page. If it is shown, its children show it: the block, or what replaces that block.

    It has one attribute, ``example`` (`pyrun_core.examples.example.Example`).
    """


def setup_nodes(app: Sphinx) -> None:
    """Register the node with the HTML translator."""
    app.add_node(pyrun_cell, html=(_visit_cell, _depart_cell))


def mark_example(
    block: nodes.Element, values: Values, code: BlockCode | Provenance, preamble: str = ""
) -> None:
    """Make a block an example, with the values set at the block.

    ``code`` is that of the example or, if that is the text of the block, its provenance. ``preamble`` is what
    runs before it besides the preambles that authors set.
    """
    block[_ATTRIBUTE] = Settings(file="", block=values, page=(), imports=(), conditions=(), preamble=preamble)
    if isinstance(code, BlockCode) and code == _shown_code(block, code.provenance):
        code = code.provenance  # what a doctree holds makes garbage collections of the whole build longer
    block[_CODE if isinstance(code, BlockCode) else _PROVENANCE] = code


def join_block(block: nodes.Element) -> None:
    """Make a block a part of the example before it."""
    block[_JOINED] = True


def unmark_example(block: nodes.Element) -> None:
    """Make an example ordinary blocks."""
    for each in blocks_of(block):
        for name in (_ATTRIBUTE, _CODE, _PROVENANCE, _JOINED):
            each.attributes.pop(name, None)


def is_marked(block: nodes.Element) -> bool:
    """Whether a block is an example."""
    return _ATTRIBUTE in block


def settings_of(block: nodes.Element) -> Settings:
    """The settings of an example."""
    settings: Settings = block[_ATTRIBUTE]
    return settings


def code_of(block: nodes.Element) -> BlockCode:
    """The code of an example."""
    code: BlockCode | None = block.get(_CODE)
    return code or _shown_code(block, block.get(_PROVENANCE, Provenance()))


def _shown_code(block: nodes.Element, provenance: Provenance) -> BlockCode:
    """The code of an example that is the text of its block."""
    return BlockCode(block.astext(), Location(block.source or "", block.line), (), provenance)


def key_of(block: nodes.Element) -> str:
    """What tells an example from all others of the site, in every builder."""
    code, settings = code_of(block), settings_of(block)
    return digest_of(settings["file"], str(settings["block"].get("session")), str(code.location), code.source)


def blocks_of(block: nodes.Element) -> list[nodes.Element]:
    """What shows an example in the page: the block, and what follows it up to the last one that is joined."""
    siblings = block.parent.children
    start = last = siblings.index(block)
    for index in range(start + 1, len(siblings)):
        sibling = siblings[index]
        if isinstance(sibling, nodes.Element) and sibling.get(_JOINED):
            last = index
        elif not isinstance(sibling, nodes.comment):
            break
    return [each for each in siblings[start : last + 1] if isinstance(each, nodes.Element)]


def location_of(block: nodes.Element) -> Location:
    """The location of an example."""
    return code_of(block).location


def find_examples(doctree: nodes.Element) -> Iterator[nodes.Element]:
    """The examples of a page, in order."""
    return cast("Iterator[nodes.Element]", doctree.findall(_is_example))


def _is_example(node: nodes.Node) -> bool:
    return isinstance(node, _BLOCKS) and _ATTRIBUTE in node


def _visit_cell(translator: HTML5Translator, node: pyrun_cell) -> None:
    translator.body.append(start_tag(node["example"]))


def _depart_cell(translator: HTML5Translator, node: pyrun_cell) -> None:  # noqa: ARG001 - Sphinx passes it
    translator.body.append(END_TAG + "\n")
