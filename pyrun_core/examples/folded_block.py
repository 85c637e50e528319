"""A highlighted block with lines folded away, as it stands in a page before the editor replaces it.

A ``details`` element holds the lines, so readers can open it without JavaScript. Its summary has its words in
an attribute, which the style sheet shows: the text of the block stays the code. The editor draws the same
(``assets/page/editor/folds.js``).
"""

import re
from collections.abc import Iterator, Sequence

from pyrun_core.examples.block_markup import without_comments
from pyrun_core.examples.hidden_lines import hide_lines, read_comments, regions
from pyrun_core.examples.render import (
    FOLD_END,
    FOLDED_NUMBERS,
    FOLDED_NUMBERS_END,
    LEFT_TO_THE_EDITOR,
    fold_start,
)
from pyrun_core.options.declare import Options
from pyrun_core.options.languages import spoken_language
from pyrun_core.options.reader_interface import TEXT_OUTPUT
from pyrun_core.reader_texts import counted_text
from pyrun_core.tags import Tag, split_markup
from pyrun_syntax.prompts import find_prompt

__all__ = ["fold_block", "fold_existing", "lines_of_markup"]

_SHOW = {"one": "Show {count} line", "other": "Show {count} lines"}

_CODE = re.compile(r"""<code\b[^>]*+>\Z""")

_VOID = frozenset({"", "br", "img", "input", "wbr"})
_NUMBER = re.compile(r"""<span\ class="linenos\b[^>]*+>[^<]*+</span\s*+>""")


def fold_block(block: str, hidden: Sequence[int], options: Options) -> str:
    """The HTML of a block in which these lines of the code are folded away.

    The block stays as it is if its lines cannot be told apart.
    """
    found = _code_in(block)
    if not hidden or found is None:
        return block
    start, end = found
    markup = block[start:end]
    if lines_of_markup(markup) < max(hidden):
        return block
    is_searchable = TEXT_OUTPUT in options.hidden_lines_in
    number = _NUMBER.search(markup)
    blank = re.sub(r"\d", " ", number[0]) if number else ""
    folds = [
        (first, last, fold_start(_label(last - first + 1, options), blank, is_searchable=is_searchable))
        for first, last in regions(hidden)
    ]
    code = _around_lines(markup, folds, FOLD_END)
    before = _with_numbers(block[:start], hidden)
    if "<" not in markup:  # highlight.js or another script colours it
        before = _CODE.sub(LEFT_TO_THE_EDITOR, before)
    return before + code + block[end:]


def fold_existing(block: str, text: str, options: Options) -> str:
    """The HTML of an existing block with this text, without the comments that hide lines of it.

    These lines are folded away.
    """
    is_session = find_prompt(text) is not None
    hiding = hide_lines(text, is_session=is_session)
    found = _code_in(block)
    if hiding is None or found is None:
        return block
    start, end = found
    code = without_comments(block[start:end], read_comments(text, is_session=is_session))
    return fold_block(block[:start] + code + block[end:], hiding.hidden, options)


def _label(count: int, options: Options) -> str:
    return counted_text("folds.show", _SHOW, count, spoken_language(options.language))


def lines_of_markup(markup: str) -> int:
    """The number of lines of code. A line feed at the end begins none."""
    text = "".join(_text(piece) for piece in split_markup(markup))
    return text.removesuffix("\n").count("\n") + 1


def _code_in(block: str) -> tuple[int, int] | None:
    """Where the markup of the code begins and ends: in the last ``pre``, or in the ``code`` in it."""
    tags = [piece for piece in split_markup(block) if isinstance(piece, Tag)]
    starts = [index for index, tag in enumerate(tags) if tag.name == "pre" and not tag.is_end]
    ends = [index for index, tag in enumerate(tags) if tag.name == "pre" and tag.is_end]
    if not starts or not ends or ends[-1] < starts[-1]:
        return None
    inside = tags[starts[-1] + 1 : ends[-1]]
    codes = [tag for tag in inside if tag.name == "code"]
    if len(codes) == 2:  # noqa: PLR2004 - a start tag and an end tag
        return codes[0].end, codes[1].start
    return tags[starts[-1]].end, tags[ends[-1]].start


def _with_numbers(before: str, hidden: Sequence[int]) -> str:
    """What comes before the code, where a column can have the numbers of all lines."""
    found = _code_in(before[: before.rindex("<pre")]) if 'class="linenos"' in before else None
    if found is None:
        return before
    start, end = found
    folds = [(first, last, FOLDED_NUMBERS) for first, last in regions(hidden)]
    return before[:start] + _around_lines(before[start:end], folds, FOLDED_NUMBERS_END) + before[end:]


def _around_lines(markup: str, folds: Sequence[tuple[int, int, str]], closing: str) -> str:
    """The markup with an element around each of these stretches of lines, which no element crosses."""
    opening = {first: start for first, _, start in folds}
    behind = {last + 1 for _, last, _ in folds}
    parts: list[str] = []
    opened: list[Tag] = []
    line, cut_at = 1, 0
    for piece in _lines(markup):
        is_end = isinstance(piece, Tag) and piece.is_end
        if line != cut_at and not is_end:
            cut_at = line
            cut = (closing if line in behind else "") + opening.get(line, "")
            if cut:
                parts += [f"</{tag.name}>" for tag in reversed(opened)]
                parts += [cut, *(tag.text for tag in opened)]
        parts.append(piece.text if isinstance(piece, Tag) else piece)
        if isinstance(piece, Tag) and piece.name not in _VOID:
            opened = opened[:-1] if piece.is_end else [*opened, piece]
        line += _text(piece).count("\n")
    if (line in behind and line != cut_at) or (line + 1 in behind and line == cut_at):
        parts.append(closing)
    return "".join(parts)


def _lines(markup: str) -> Iterator[Tag | str]:
    """Tags and text, which ends where a line does."""
    for piece in split_markup(markup):
        if isinstance(piece, Tag):
            yield piece
        else:
            yield from re.findall(r"[^\n]*\n|[^\n]+", piece)


def _text(piece: Tag | str) -> str:
    if isinstance(piece, Tag):
        return "\n" if piece.name == "br" else ""
    return piece
