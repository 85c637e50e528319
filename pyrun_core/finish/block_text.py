"""The code in a highlighted block, and the block without the lines at its top."""

import html
import re

from pyrun_core.examples.block_markup import code_pieces, renumbered
from pyrun_core.tags import Tag

__all__ = ["block_source", "without_lines"]

_LINE_BREAK = re.compile(r"\r?\n|&#10;|&#x0*a;", re.IGNORECASE)


def block_source(markup: str) -> str:
    """The code that the markup of a block shows."""
    texts = (piece for piece, is_code in code_pieces(markup) if is_code and isinstance(piece, str))
    source = "".join(map(html.unescape, texts))
    return source.replace("\r\n", "\n")


def without_lines(markup: str, count: int) -> str:
    """The markup without its first lines and their elements. Line numbers begin as before."""
    if not count:
        return markup
    kept: list[str] = []
    opened: list[Tag] = []  # elements of the removed lines that have no end yet
    is_behind = False  # whether only ends of such elements have followed the removed lines
    to_remove = count
    for piece, is_code in code_pieces(markup):
        if to_remove or (is_behind and isinstance(piece, Tag) and piece.is_end):
            if isinstance(piece, Tag):
                opened = opened[:-1] if piece.is_end else [*opened, piece]
            elif is_code:
                rest, to_remove = _without_breaks(piece, to_remove)
                is_behind = not rest
                if rest:
                    kept += [*(tag.text for tag in opened), rest]
            continue
        if is_behind:
            kept += [tag.text for tag in opened]
            is_behind = False
        text = piece.text if isinstance(piece, Tag) else piece
        kept.append(text if is_code or isinstance(piece, Tag) else renumbered(text, count))
    return "".join(kept)


def _without_breaks(text: str, count: int) -> tuple[str, int]:
    """The text after this number of line breaks, and how many of them it lacks."""
    while text and count:
        line_break = _LINE_BREAK.search(text)
        text = text[line_break.end() :] if line_break else ""
        count -= line_break is not None
    return text, count
