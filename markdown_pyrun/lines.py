"""From lines of the text that Markdown gets to lines of the author's file."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

__all__ = ["insertion_line", "line_numbering"]

_LEAST_SHARE = 1 / 3
"""The share of a file that a text must contain to count as made from it."""


def line_numbering(file: Sequence[str], text: Sequence[str]) -> Callable[[int], int | None]:
    """A function from an index into the text to a line of the file, counted from 1.

    The host has removed front matter. Snippets and other plugins may have inserted lines that are in no file;
    for these the function returns ``None``. Without a file, the text counts as the file.
    """
    if not file:
        return lambda index: index + 1
    missing = len(file) - len(text)
    if missing >= 0 and list(file[missing:]) == list(text):
        return lambda index: index + missing + 1
    # Blank lines are all alike, so they would match across inserted lines.
    file_lines = _not_blank(file)
    text_lines = _not_blank(text)
    matcher = SequenceMatcher(None, [file[i] for i in file_lines], [text[i] for i in text_lines])
    same = {
        text_lines[block.b + offset]: file_lines[block.a + offset] + 1
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    }
    # A docstring on an API page may by chance have some lines in common with the page.
    return same.get if len(same) >= _LEAST_SHARE * len(file_lines) else lambda _: None


def insertion_line(index: int, line_of: Callable[[int], int | None], file: Sequence[str]) -> int | None:
    """The line of the file that has inserted a line of the text, which `line_numbering` knows as ``line_of``.

    It is the first one, blank lines aside, after the part of the file that precedes the insertion.
    """
    before = next((line for each in range(index, -1, -1) if (line := line_of(each))), None)
    if before is None:
        return None
    return next((number for number, line in enumerate(file[before:], before + 1) if line.strip()), before)


def _not_blank(lines: Sequence[str]) -> list[int]:
    return [index for index, line in enumerate(lines) if line.strip()]
