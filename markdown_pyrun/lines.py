"""Which line of the author's file a line of the text is that Markdown was given."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

__all__ = ["line_numbering"]

_LEAST_SHARE = 1 / 3
"""How much of a file a text must hold to have been made of it."""


def line_numbering(file: Sequence[str], text: Sequence[str]) -> Callable[[int], int | None]:
    """A function from an index into the text to a line of the file, counted from 1.

    The host took front matter away; snippets and other plugins may have put in lines that stand
    in no file, for which it returns ``None``. Without a file the text is taken for it.
    """
    if not file:
        return lambda index: index + 1
    missing = len(file) - len(text)
    if missing >= 0 and list(file[missing:]) == list(text):
        return lambda index: index + missing + 1
    # Blank lines are all alike, and would be matched across what was put in.
    file_lines = _not_blank(file)
    text_lines = _not_blank(text)
    matcher = SequenceMatcher(None, [file[i] for i in file_lines], [text[i] for i in text_lines])
    same = {
        text_lines[block.b + offset]: file_lines[block.a + offset] + 1
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    }
    # A docstring that an API page shows has a line like the page's own here and there.
    return same.get if len(same) >= _LEAST_SHARE * len(file_lines) else lambda _: None


def _not_blank(lines: Sequence[str]) -> list[int]:
    return [index for index, line in enumerate(lines) if line.strip()]
