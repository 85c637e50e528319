"""The blocks of a page as Sphinx has read it, with the words of the option ``live`` that mean them."""

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from docutils import nodes
from sphinx import addnodes

from pyrun_core.live.kinds import kinds_of
from sphinx_pyrun.live.regions import MADE, Made, region_mark

__all__ = ["Block", "Comment", "Unseen", "has_request", "neighbour_of", "read_blocks"]

_SAYS = "pyrun:"
_BLOCKS = (nodes.literal_block, nodes.doctest_block, nodes.comment, region_mark)

_HTML_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


class Block(NamedTuple):
    """A block that can go live, if the option ``live`` has one of its ``words``.

    ``test`` is the directive of `sphinx.ext.doctest` that it comes from, or empty. ``source`` and ``line``
    are those of the text, or of the directive that has made it.
    """

    node: nodes.Element
    words: frozenset[str]
    source: str
    line: int | None
    test: str = ""


class Comment(NamedTuple):
    """A comment in the page."""

    node: nodes.Node
    text: str


class Unseen(NamedTuple):
    """Code that a directive runs but does not show."""

    node: region_mark
    words: frozenset[str]
    code: str


def read_blocks(doctree: nodes.document) -> Iterator[Block | Comment | Unseen]:
    """All blocks and comments of a page, in order."""
    regions: list[Made] = []
    for node in cast("Iterator[nodes.Element]", doctree.findall(_is_of_interest)):
        if isinstance(node, region_mark):
            made = node["made"]
            if code := node.get("unseen"):
                yield Unseen(node, frozenset({made.directive}), code)
            elif made:
                regions.append(made)
            elif regions:
                regions.pop()
        elif isinstance(node, nodes.raw):
            yield from (Comment(node, text) for text in _HTML_COMMENT.findall(node.astext()))
        elif isinstance(node, nodes.comment) and "testnodetype" not in node:
            yield Comment(node, node.astext())
        else:
            made = [*regions, *filter(None, [node.attributes.pop(MADE, None)])]
            if not any(each.unseen for each in made):
                yield _block(node, made)


def has_request(doctree: nodes.document) -> bool:
    """Whether a page asks for live blocks by a comment or a directive, without the option ``live``."""
    found = cast("Iterator[nodes.Element]", doctree.findall(_is_request))
    return any(MADE in node or _SAYS in node.astext() for node in found)


def neighbour_of(node: nodes.Node) -> nodes.Node | None:
    """The next node that readers see, beside this one."""
    siblings = node.parent.children
    following = siblings[siblings.index(node) + 1 :]
    return next((each for each in following if not isinstance(each, nodes.Invisible)), None)


def _is_of_interest(node: nodes.Node) -> bool:
    return isinstance(node, _BLOCKS) or (isinstance(node, nodes.raw) and _SAYS in node.astext())


def _is_request(node: nodes.Node) -> bool:
    return isinstance(node, nodes.comment | nodes.raw) or (isinstance(node, _BLOCKS) and MADE in node)


def _block(node: nodes.Element, made: list[Made]) -> Block:
    source, line = (made[-1].source, made[-1].line) if made else (_source_of(node), node.line)
    test = node.get("testnodetype", "")
    return Block(
        node, frozenset({*(each.directive for each in made), *_words(node, test)}), source, line, test
    )


def _words(node: nodes.Element, test: str) -> tuple[str, ...]:
    if test:
        return (test,)
    if isinstance(node, nodes.doctest_block):
        return ("doctest",)
    return kinds_of(node.get("language"), node.astext())


def _source_of(node: nodes.Node) -> str:
    """Where the lines of a node come from. Those that docutils has dissolved around it don't tell."""
    around: nodes.Node | None = node
    while around is not None and not around.source:
        if isinstance(around.parent, addnodes.desc_content) and (source := _source_beside(around)):
            return source
        around = around.parent
    return (around.source if around is not None else None) or ""


def _source_beside(node: nodes.Node) -> str:
    """Where the text around a node comes from, in the description of an object.

    With a list, a table or a directive at the end of a docstring, docutils knows it only of paragraphs.
    """
    siblings = node.parent.children
    index = siblings.index(node)
    nearest = [*reversed(siblings[:index]), *siblings[index + 1 :]]
    others = (each for each in nearest if not isinstance(each, addnodes.desc))
    return next((inner.source for each in others for inner in each.findall() if inner.source), "")
