"""Which blocks of a page go live: by kind, by pattern, and by what comments beside them say."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from docutils import nodes
from sphinx.environment import BuildEnvironment

from pyrun_core.live.comments import BlockComment, read_comment
from pyrun_core.live.left_alone import BY_COMMENT, BY_PATTERN
from pyrun_core.live.selection import Selection
from pyrun_core.options.declare import Values
from pyrun_core.problems import Location
from sphinx_pyrun.config import site_values
from sphinx_pyrun.live.blocks import Block, Comment, neighbour_of
from sphinx_pyrun.live.docstrings import Docstring, docstring_of, object_around
from sphinx_pyrun.live.try_examples import TRY_EXAMPLES, switched_off
from sphinx_pyrun.report import report

__all__ = ["Choice"]


class Choice:
    """Decides for the blocks of one page, whose options are ``page``.

    ``is_ignored``: the settings of jupyterlite-sphinx say that its examples stay as they are.
    """

    def __init__(self, env: BuildEnvironment, docname: str, page: Values, *, is_ignored: bool) -> None:
        file = PurePath(env.doc2path(docname, base=False)).as_posix()
        self._selection = Selection.of_page(site_values(env.config), page, file)
        self._switched_off = switched_off(env)
        self._is_ignored = is_ignored
        self._said: dict[nodes.Node, BlockComment] = {}
        self._said_in_docstring: dict[str, BlockComment] = {}

    @property
    def is_empty(self) -> bool:
        """Whether no block goes live, except by what the page says beside it."""
        return self._selection.is_empty

    def take_comment(self, comment: Comment) -> None:
        """Keep what a comment says, for the block below it or the docstring that it begins."""
        location = Location(comment.node.source or "", comment.node.line)
        said = read_comment(comment.text, location, report)
        if said is None:
            return
        if _begins_docstring(comment.node):
            self._said_in_docstring[comment.node.source or ""] = said
        elif below := neighbour_of(comment.node):
            self._said[_block_in(below)] = said

    def options(self, block: Block) -> Values:
        """The options that comments set for a block."""
        said = self._said_about(block)
        return said.options if said else {}

    def begins_example(self, block: Block) -> bool:
        """Whether a comment is about this block alone."""
        return block.node in self._said

    def is_chosen(self, block: Block) -> bool:
        """Whether a comment or a directive has made this block live, and not the option ``live``."""
        said = self._said_about(block)
        return bool(said and said.is_live) or TRY_EXAMPLES in block.words

    def why_not(self, block: Block) -> str:
        """Why a block of the chosen kinds is not live. Empty if it is of another kind."""
        if not self._selection.means(block.words):
            return ""
        said = self._said_about(block)
        return BY_COMMENT if said and said.is_live is False else BY_PATTERN

    def is_live(self, block: Block, docstring: Docstring | None) -> bool:
        """Whether a block goes live, if it can."""
        said = self._said_about(block)
        if said and said.is_live is not None:
            return said.is_live
        if TRY_EXAMPLES in block.words:
            return True
        return self.selects(block.node, block.words, docstring)

    def selects(self, node: nodes.Node, words: Iterable[str], docstring: Docstring | None = None) -> bool:
        """Whether the options select a node for which any of these words stands."""
        if self._is_ignored or (docstring and docstring.name in self._switched_off):
            return False
        name = object_around(node, docstring)
        return self._selection.selects(words, classes=tuple(_classes_around(node)), name=name)

    def _said_about(self, block: Block) -> BlockComment | None:
        return self._said.get(block.node) or self._said_in_docstring.get(block.source)


def _begins_docstring(node: nodes.Node) -> bool:
    """Whether a comment is the first in the docstring that it is in."""
    if docstring_of(node, node.source or "") is None:
        return False
    before = node.parent.children[: node.parent.index(node)]
    return not any(each.source == node.source for each in before if not isinstance(each, nodes.Invisible))


def _block_in(node: nodes.Node) -> nodes.Node:
    """The block in the container that a caption needs, or the node itself."""
    if isinstance(node, nodes.container) and node.get("literal_block"):
        return next(iter(node.findall(nodes.literal_block)), node)
    return node


def _classes_around(node: nodes.Node) -> Iterator[str]:
    around: nodes.Node | None = node
    while around is not None:
        if isinstance(around, nodes.Element):
            yield from around.get("classes", ())
        around = around.parent
