"""The blocks of code in built HTML, as generators and their highlighters write them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from pyrun_core.examples.render import ELEMENT
from pyrun_core.tags import Tag, find_tags

__all__ = ["Block", "find_blocks"]

_PREFIXES = ("language-", "lang-", "highlight-", "")
"""Of a language's name in a class. The empty one is pandoc's."""

_LANGUAGE_ATTRIBUTES = ("data-lang", "data-language")
_WRAPPERS = ("div", "figure")
_WRAPPER_CLASSES = frozenset({"chroma", "codehilite", "highlight", "highlighter-rouge", "sourceCode"})
_WRAPPER_END = re.compile(rf"\s*</(?:{'|'.join(_WRAPPERS)})\s*>", re.IGNORECASE)

_TAG = r"<(?!/?(?:pre|table)\b)[^>]*+>"
_NUMBERED = re.compile(
    rf"""
    (?:<pre\b[^>]*+>\s*+(?:<code\b[^>]*+>\s*+)?)?     # rouge puts the table into the block
    <table\b[^>]*+> (?:\s|{_TAG})*+
    <pre\b[^>]*+> (?:\s|\d|{_TAG})*+ </pre\s*+>   # the column of the numbers
    (?:\s|{_TAG})*+
    (?P<pre> (?P<start> <pre\b[^>]*+>) (?:(?!</pre).)*+ </pre\s*+>)
    (?:\s|{_TAG})*+
    </table\s*+> (?:\s*(?:</code\s*+>\s*)?</pre\s*+>)?
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""A table of two columns: the numbers of the lines and the code."""


@dataclass(frozen=True)
class Block:
    """A block of code in a page: ``html[start:end]``, with its wrappers outside of ``pre``.

    ``outer`` is what the ``pre`` replaces in the wrappers: itself, or a table whose other column has the
    line numbers, because these change when a reader edits the code.
    """

    start: int
    end: int
    outer: tuple[int, int]
    pre: tuple[int, int]
    code_start: int
    code_end: int
    tags: tuple[Tag, ...]

    @property
    def languages(self) -> set[str]:
        """What its classes and attributes call it, without the names that all blocks have."""
        words = {word.lower() for tag in self.tags for word in tag.classes}
        named = {
            word.removeprefix(prefix) for word in words for prefix in _PREFIXES if word.startswith(prefix)
        }
        named |= {tag.attributes.get(name, "") for tag in self.tags for name in _LANGUAGE_ATTRIBUTES}
        return named - {name.lower() for name in _WRAPPER_CLASSES} - {""}

    def around(self, html: str, code: str) -> str:
        """The markup of the block around other code."""
        before = html[self.start : self.outer[0]] + html[self.pre[0] : self.code_start]
        return before + code + html[self.code_end : self.pre[1]] + html[self.outer[1] : self.end]


def find_blocks(html: str) -> Iterator[Block]:
    """The blocks of code outside of cells."""
    wrappers: list[Tag] = []  # start tags with nothing between them, just before the current tag
    inside_cell = False
    done = 0
    tags = find_tags(html, ELEMENT, "pre", "table", *_WRAPPERS)
    for tag in tags:
        if tag.start < done:
            continue
        if tag.name == ELEMENT:
            inside_cell = not tag.is_end
        if wrappers and html[wrappers[-1].end : tag.start].strip():
            wrappers = []
        if tag.is_end or inside_cell or tag.name == ELEMENT:
            wrappers = []
        elif tag.name in _WRAPPERS:
            wrappers.append(tag)
        else:
            if numbered := _NUMBERED.match(html, tag.start):
                pre = next(find_tags(numbered["start"], "pre"))
                block = _block(html, wrappers, numbered.span(), numbered.span("pre"), [pre, tag])
            elif tag.name == "pre":
                end = next((each for each in tags if each.name == "pre" and each.is_end), None)
                if end is None:
                    return
                block = _block(html, wrappers, (tag.start, end.end), (tag.start, end.end), [tag])
            else:
                wrappers = []
                continue
            yield block
            wrappers = []
            done = block.outer[1]


def _block(
    html: str, wrappers: Sequence[Tag], outer: tuple[int, int], pre: tuple[int, int], about: list[Tag]
) -> Block:
    """``about`` are the start tags of the elements ``pre`` at the two places; they may be one."""
    code_start, code_end = pre[0] + len(about[0].text), html.rindex("<", *pre)
    codes = list(find_tags(html[code_start:code_end], "code"))
    if outer != pre and (outer_code := next(find_tags(html[outer[0] : pre[0]], "code"), None)):
        about.append(outer_code)
    about += codes[:1]
    if len(codes) == 2:  # noqa: PLR2004 - a start tag and an end tag
        code_start, code_end = code_start + codes[0].end, code_start + codes[1].start
    start, end = outer
    within = start
    for wrapper in reversed(list(dropwhile(lambda tag: not _is_wrapper(tag), wrappers))):
        about.append(wrapper)
        closing = _WRAPPER_END.match(html, end)
        if start == within and closing:  # nothing else is in the wrapper
            start, end = wrapper.start, closing.end()
        within = wrapper.start
    return Block(start, end, outer, pre, code_start, code_end, tuple(about))


def _is_wrapper(tag: Tag) -> bool:
    """Whether the element belongs to a block of code, by its classes."""
    return any(word in _WRAPPER_CLASSES or word.startswith(_PREFIXES[:-1]) for word in tag.classes)
