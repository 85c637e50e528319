"""Fences that stay in the text, between marks by which the HTML that Markdown makes of them is found."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE, STX

from markdown_pyrun.existing_blocks import FoundBlock
from markdown_pyrun.tokens import HAS_MARK, MARK, make_marks, token_number

__all__ = ["MarkedFences"]

_COMMENT_START = "<!--"
_REFERENCES = re.compile(rf"(?:{HTML_PLACEHOLDER_RE.pattern}\s*)+")


@dataclass
class MarkedFences:
    """The fences of a document that may go live."""

    md: Markdown
    _blocks: dict[int, FoundBlock] = field(default_factory=dict)
    """The blocks by the numbers of their marks."""
    _in_stash: dict[int, FoundBlock] = field(default_factory=dict)
    """The blocks by the index of their HTML in the stash."""

    def mark(self, number: int, block: FoundBlock, lines: Sequence[str]) -> Sequence[str]:
        """The lines of a block between its marks."""
        self._blocks[number] = block
        before, after = make_marks(number)
        return [before, *lines, after]

    def without_marks(self, lines: Sequence[str]) -> list[str]:
        """The lines, in which Markdown has replaced the fences by references to its stash."""
        if not self._blocks:
            return list(lines)
        kept: list[str] = []
        opened = 0  # where the last fence begins
        for line in lines:
            mark = MARK.search(line) if HAS_MARK.search(line) else None
            if mark is None:
                kept.append(line)
            elif mark["before"]:
                opened = len(kept)
            else:
                self._note("\n".join(kept[opened:]), token_number(mark[0]))
        if len(self._in_stash) < len(self._blocks):
            self._clean_stash()
        return kept

    def _note(self, text: str, number: int) -> None:
        """Note what is the HTML of a fence. Markdown may have left the fence in the text."""
        if reference := HTML_PLACEHOLDER_RE.fullmatch(text.strip("> \t\n")):
            self._in_stash[int(reference[1])] = self._blocks[number]

    def _clean_stash(self) -> None:
        """Remove marks that became part of other code: Markdown has found other fences than pyrun."""
        stash = self.md.htmlStash.rawHtmlBlocks
        for index, html in enumerate(stash):
            if isinstance(html, str) and HAS_MARK.search(html):
                stash[index] = MARK.sub("", html)

    def in_stash(self, index: int) -> FoundBlock | None:
        """The block whose HTML is there in the stash."""
        return self._in_stash.get(index)

    def index_of(self, block: FoundBlock) -> int | None:
        """Where the HTML of a fence is in the stash. ``None`` for other blocks."""
        return next((index for index, each in self._in_stash.items() if each.line == block.line), None)

    def runs_in_raw_html(self) -> Iterator[tuple[int, re.Match[str]]]:
        """References to blocks in other HTML of the stash, adjacent ones together, the last ones first."""
        if not self._in_stash:
            return
        for index, html in enumerate(self.md.htmlStash.rawHtmlBlocks):
            if isinstance(html, str) and STX in html and not html.startswith(_COMMENT_START):
                yield from ((index, run) for run in reversed(list(_REFERENCES.finditer(html))))
