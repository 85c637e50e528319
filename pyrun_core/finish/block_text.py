"""The code in a highlighted block, and the block without the lines at its top."""

import html
import re
from collections.abc import Iterator

from pyrun_core.finish.tags import Tag, split_markup

__all__ = ["block_source", "without_lines"]

_LINE_BREAK = re.compile(r"\r?\n|&#10;|&#x0*a;", re.IGNORECASE)

_NUMBER = re.compile(r"\d+")

# Line numbers of Hugo's chroma, Pygments, rouge and react-syntax-highlighter.
_NOT_CODE_CLASSES = frozenset(
    {"lineno", "linenos", "ln", "lnt", "gutter", "rouge-gutter", "react-syntax-highlighter-line-number"}
)
_NOT_CODE_ELEMENTS = frozenset({"button", "script", "style", "svg"})


def block_source(markup: str) -> str:
    """The code that the markup of a block shows."""
    texts = (piece for piece, is_code in _pieces(markup) if is_code and isinstance(piece, str))
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
    for piece, is_code in _pieces(markup):
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
        kept.append(text if is_code or isinstance(piece, Tag) else _renumbered(text, count))
    return "".join(kept)


def _without_breaks(text: str, count: int) -> tuple[str, int]:
    """The text after this number of line breaks, and how many of them it lacks."""
    while text and count:
        line_break = _LINE_BREAK.search(text)
        text = text[line_break.end() :] if line_break else ""
        count -= line_break is not None
    return text, count


def _renumbered(text: str, count: int) -> str:
    """The number of a line after the removal of this number of lines, as wide as before."""
    return _NUMBER.sub(lambda match: str(int(match[0]) - count).rjust(len(match[0])), text, count=1)


def _pieces(markup: str) -> Iterator[tuple[Tag | str, bool]]:
    """The parts of the markup, and whether each is text of the code. A ``<br>`` is a line break."""
    number: list[str] = []  # the open elements of something that is not code
    for piece in split_markup(markup):
        if isinstance(piece, str):
            yield piece, not number
        elif piece.name == "br":
            yield "\n", not number
        else:
            if number and piece.name == number[0]:
                number = number[:-1] if piece.is_end else [*number, piece.name]
            elif not number and not piece.is_end and _is_not_code(piece):
                number = [piece.name]
            yield piece, False


def _is_not_code(tag: Tag) -> bool:
    style = tag.attributes.get("style", "").replace(" ", "")
    return (
        tag.name in _NOT_CODE_ELEMENTS
        or not _NOT_CODE_CLASSES.isdisjoint(tag.classes)
        or "user-select:none" in style
    )
