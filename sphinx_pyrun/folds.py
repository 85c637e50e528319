"""Lines of examples that pages fold away, in the doctree.

The text of a block has all lines of the example, and an attribute says which ones are hidden. Live pages fold
them. In all other pages they are there only if the option ``hidden-lines-in`` says so.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from pyrun_core.examples.folded_block import fold_block
from pyrun_core.examples.hidden_lines import hide_lines
from pyrun_core.options.declare import Options
from pyrun_core.options.reader_interface import TEXT_OUTPUT

__all__ = [
    "close_folds",
    "enclose_folds",
    "folded_block",
    "hidden_lines_of",
    "remove_hidden_lines",
    "set_hidden_lines",
    "setup_folds",
    "take_comments",
]

_HIDDEN = "pyrun-hidden-lines"
_HIGHLIGHTED = "hl_lines"


class folded_block(nodes.General, nodes.Element):  # noqa: N801 - node classes are named like tags
    """A block of a live page with lines folded away. It has one child, and two attributes.

    ``hidden`` are the lines, ``options`` those of the example.
    """


def setup_folds(app: Sphinx) -> None:
    """Register the node with the HTML translator."""
    app.add_node(folded_block, html=(_visit_fold, _depart_fold))


def set_hidden_lines(block: nodes.Element, lines: tuple[int, ...]) -> None:
    """Note the lines of a block that are folded away."""
    if lines:
        block[_HIDDEN] = lines


def hidden_lines_of(block: nodes.Element) -> tuple[int, ...]:
    """The lines of a block that are folded away."""
    lines: tuple[int, ...] = block.get(_HIDDEN, ())
    return lines


def take_comments(block: nodes.Element, *, is_session: bool) -> None:
    """Take the comments that hide lines out of a block, and note the lines."""
    found = hide_lines(block.astext(), is_session=is_session)
    if found is not None:
        _set_text(block, found.pick(block.astext()), found.kept)
        set_hidden_lines(block, found.hidden)


def remove_hidden_lines(block: nodes.Element, where: tuple[str, ...]) -> None:
    """Take hidden lines out of a block that cannot fold them, unless the option says that they stay."""
    hidden = set(hidden_lines_of(block))
    block.attributes.pop(_HIDDEN, None)
    if not hidden or TEXT_OUTPUT in where:
        return
    text = block.astext()
    kept = tuple(number for number in range(1, text.count("\n") + 2) if number not in hidden)
    lines = text.split("\n")
    _set_text(block, "\n".join(lines[number - 1] for number in kept), kept)


def _set_text(block: nodes.Element, text: str, kept: tuple[int, ...]) -> None:
    """Replace the text of a block by some of its lines. Highlighted lines stay highlighted."""
    block.rawsource = text
    block.children = []
    block += nodes.Text(text)
    arguments = block.get("highlight_args") or {}
    if _HIGHLIGHTED in arguments:
        numbers = {number: index for index, number in enumerate(kept, 1)}
        wanted = [numbers[line] for line in arguments[_HIGHLIGHTED] if line in numbers]
        block["highlight_args"] = {**arguments, _HIGHLIGHTED: wanted}


def enclose_folds(blocks: list[nodes.Element], options: Options) -> list[nodes.Element]:
    """The blocks of a cell, each with hidden lines in a `folded_block`."""
    return [_enclosed(block, options) if hidden_lines_of(block) else block for block in blocks]


def _enclosed(block: nodes.Element, options: Options) -> folded_block:
    fold = folded_block("", hidden=hidden_lines_of(block), options=options)
    block.attributes.pop(_HIDDEN, None)
    fold += block
    return fold


def close_folds(doctree: nodes.Node) -> None:
    """Let search find only what is not folded away, once all transforms have seen the blocks.

    Search reads the doctree. It gets the visible lines, and the page what `_visit_fold` writes.
    """
    for fold in list(doctree.findall(folded_block)):
        if TEXT_OUTPUT in fold["options"].hidden_lines_in or "block" in fold:
            continue
        (block,) = fold.children
        lines = block.astext().split("\n")
        visible = [line for number, line in enumerate(lines, 1) if number not in set(fold["hidden"])]
        fold["block"] = block
        fold.children = []
        fold.append(nodes.inline("", "\n".join(visible)))


def _visit_fold(translator: HTML5Translator, node: folded_block) -> None:
    node["begin"] = len(translator.body)
    if "block" in node:
        node["block"].walkabout(translator)
        _depart_fold(translator, node)
        raise nodes.SkipNode


def _depart_fold(translator: HTML5Translator, node: folded_block) -> None:
    written = translator.body[node["begin"] :]
    del translator.body[node["begin"] :]
    folded = fold_block("".join(written), node["hidden"], node["options"])
    translator.body.append(folded)
