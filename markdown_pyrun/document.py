"""The live examples of one document, from fences in its text to cells in its HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown

from markdown_pyrun.cells import Cell, Renderer
from markdown_pyrun.context import Page
from markdown_pyrun.fences import Fence, Unclosed
from markdown_pyrun.lines import insertion_line, line_numbering
from markdown_pyrun.placement import Placement
from markdown_pyrun.tokens import TOKEN, make_token, token_number
from pyrun_core.examples.render import ELEMENT
from pyrun_core.problems import Location, Problem

__all__ = ["Document"]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass
class Document:
    """Replaces the fences in the text by tokens, and the tokens in the result by cells."""

    md: Markdown
    page: Page
    found: Sequence[Fence | Unclosed]
    lines: Sequence[str]
    _renderer: Renderer = field(init=False)

    def __post_init__(self) -> None:
        self._renderer = Renderer(self.md, self.page)
        self._line_of = line_numbering(self.page.lines, self.lines)

    def with_tokens(self) -> list[str]:
        """The lines with a token in place of each fence, and a token after each fence that is not closed."""
        lines: list[str] = []
        done = 0
        for number, found in enumerate(self.found):
            lines.extend(self.lines[done : found.first])
            token = make_token(number)
            if isinstance(found, Unclosed):
                lines.append(self.lines[found.first].rstrip("\r") + token)
                done = found.first + 1
                continue
            # As Python-Markdown does with fences. Around an indented fence, blank lines could end the list.
            blank = [""] if not found.prefix else []
            lines.extend([*blank, found.prefix + token, *blank])
            done = found.last + 1
        return [*lines, *self.lines[done:]]

    def place_cells(self, root: Element) -> None:
        """Replace the tokens in the tree."""
        Placement(self.md, self._cell, self._text).place(root)

    def place_in_raw_html(self, html: str) -> str:
        """Replace the tokens inside raw HTML, which is not part of the tree.

        Tokens in comments are removed, because readers cannot run an example there.
        """
        if TOKEN.search(html):
            html = _COMMENT.sub(lambda comment: TOKEN.sub("", comment[0]), html)
            html = TOKEN.sub(lambda token: self._raw_cell(token_number(token[0])), html)
        # Python-Markdown's toc postprocesses headings one by one, before the page as a whole.
        if f"<{ELEMENT} " in html:
            self._renderer.check_needs()
        return html

    def _raw_cell(self, number: int) -> str:
        cell = self._cell(number)
        if cell is None:
            return ""
        anchor = self.md.serializer(Element("div", {"id": cell.name})) if cell.name else ""
        return anchor + cell.html

    def _cell(self, number: int) -> Cell | None:
        found = self.found[number]
        location = self._location(found.first)
        if isinstance(found, Fence):
            return self._renderer.render(found, location)
        self.page.report(Problem.FENCE, found.reason, location)
        return None

    def _location(self, index: int) -> Location:
        """Where a line of the text is in the page's file, or else where that inserts it."""
        line = self._line_of(index)
        if line is not None:
            return self.page.location(line)
        line = insertion_line(index, self._line_of, self.page.lines)
        return self.page.location(line, is_inserted=line is not None)

    def _text(self, number: int) -> str:
        found = self.found[number]
        return found.text.expandtabs(self.md.tab_length) if isinstance(found, Fence) else ""
