"""The existing blocks of Markdown that can go live: other fences, and indented sessions."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_pyrun.fence_options import sort_options
from markdown_pyrun.fences import OtherFence
from markdown_pyrun.header import read_info
from pyrun_core.live.kinds import foreign_prompts, kinds_of
from pyrun_core.options.declare import ISOLATED_SESSION

__all__ = ["FoundBlock", "has_comment", "read_fence", "read_indented"]

_OFF = frozenset({"0", "false", "no", "none", "off"})

_EXEC = "exec"
"""The attribute of a fence that markdown-exec runs while it builds the site."""

_OF_HIGHLIGHTERS = frozenset({"caption", "emphasize_lines", "emphasize-lines", "linenos"})
"""Options that a fence gives to its highlighter. Their names are those of pyrun's options."""

_COMMENT = re.compile(r"[> \t]*<!--(?P<text>.*?)-->\s*")


@dataclass(frozen=True)
class FoundBlock:
    """An existing block in the text of a page.

    ``words`` are those of the option ``live`` that mean it. ``line`` is the index of the line with its first
    line of code. ``comment`` is the text of the comment before it. ``problem`` says why the block cannot go
    live. ``is_executed``: markdown-exec runs it and writes its block.
    """

    text: str
    words: Sequence[str]
    line: int
    comment: str = ""
    classes: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""
    is_executed: bool = False


def read_fence(fence: OtherFence, lines: Sequence[str]) -> FoundBlock:
    """The block of a fence in these lines."""
    info = read_info(fence.info)
    attributes = [name for name, value in info.attributes.items() if (value or "").lower() not in _OFF]
    if is_executed := _EXEC in attributes:
        kinds: Sequence[str] = ()
        options: dict[str, object] = {"session": info.attributes.get("session") or ISOLATED_SESSION}
    else:
        kinds = kinds_of(info.language, fence.source)
        given = sort_options(info.attributes).block
        options = {name: value for name, value in given.items() if name in _OF_HIGHLIGHTERS}
    return FoundBlock(
        fence.source,
        (*kinds, *attributes),
        fence.first + 1,
        _comment_before(fence.first, lines),
        info.classes,
        options,
        foreign_prompts(info.language, fence.source),
        is_executed,
    )


def read_indented(code: str, lines: Sequence[str], line_of: Mapping[str, int]) -> FoundBlock | None:
    """The session in indented code in these lines. The code has references to characters, as HTML.

    ``line_of`` is the index of the first line with a text, without the white space around it.
    """
    text = html.unescape(code)
    if not text.lstrip().startswith(">>>"):
        return None
    line = line_of.get(text.strip().split("\n", 1)[0].strip(), 0)
    return FoundBlock(text, kinds_of(None, text), line, _comment_before(line, lines))


def has_comment(lines: Sequence[str]) -> bool:
    """Whether the lines may have a comment that makes a block live."""
    return any("<!--" in line and "pyrun:" in line for line in lines)


def _comment_before(index: int, lines: Sequence[str]) -> str:
    """The text of the comment before a line, blank lines aside."""
    before = next(_not_blank(lines, index - 1), "")
    comment = _COMMENT.fullmatch(before)
    return comment["text"] if comment else ""


def _not_blank(lines: Sequence[str], index: int) -> Iterator[str]:
    return (lines[each] for each in range(index, -1, -1) if lines[each].strip("> \t\r"))
