"""The markup of a highlighted block: which of its text is code, and the block without some lines."""

import re
from collections.abc import Collection, Iterator

from pyrun_core.tags import Tag, split_markup

__all__ = ["code_pieces", "renumbered", "without_comments"]

_NUMBER = re.compile(r"\d+")

# Line numbers of Hugo's chroma, Pygments, rouge and react-syntax-highlighter.
_NOT_CODE_CLASSES = frozenset(
    {"lineno", "linenos", "ln", "lnt", "gutter", "rouge-gutter", "react-syntax-highlighter-line-number"}
)
_NOT_CODE_ELEMENTS = frozenset({"button", "script", "style", "svg"})


def without_comments(markup: str, lines: Collection[int]) -> str:
    """The markup without the text of some lines, from 1. Their elements stay, and show nothing."""
    if not lines:
        return markup
    kept: list[str] = []
    line = 1
    removed = 0
    for piece, is_code in code_pieces(markup):
        if isinstance(piece, Tag):
            kept.append(piece.text)
        elif not is_code:
            kept.append("" if line in lines else renumbered(piece, removed))
        else:
            for text in re.findall(r"[^\n]*\n|[^\n]+", piece):
                is_kept = line not in lines
                kept.append(text if is_kept else "")
                line += text.endswith("\n")
                removed += text.endswith("\n") and not is_kept
    return "".join(kept)


def renumbered(text: str, count: int) -> str:
    """The number of a line after the removal of this number of lines, as wide as before."""
    return _NUMBER.sub(lambda match: str(int(match[0]) - count).rjust(len(match[0])), text, count=1)


def code_pieces(markup: str) -> Iterator[tuple[Tag | str, bool]]:
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
