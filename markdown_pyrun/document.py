"""The live examples of one document, from fences in its text to cells in its HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from markdown_pyrun.cells import Cell, CellAround, Renderer
from markdown_pyrun.context import Page
from markdown_pyrun.docstrings import Docstrings, directives
from markdown_pyrun.documented_html import OBJECT, Session, adjacent_sessions, with_one_preamble
from markdown_pyrun.executed_blocks import find_source
from markdown_pyrun.existing_blocks import FoundBlock, has_comment, read_fence, read_indented
from markdown_pyrun.fences import Fence, OtherFence, Unclosed
from markdown_pyrun.lines import insertion_line, line_numbering
from markdown_pyrun.marked_fences import MarkedFences
from markdown_pyrun.placement import Placement
from markdown_pyrun.tokens import TOKEN, make_token, token_number
from pyrun_core.examples.folded_block import fold_existing
from pyrun_core.examples.hidden_lines import read_comments
from pyrun_core.examples.render import ELEMENT
from pyrun_core.live.existing_blocks import ExistingBlock
from pyrun_core.live.kinds import DOCTEST, kinds_of
from pyrun_core.options.declare import Options
from pyrun_core.problems import Location, Problem

__all__ = ["Document"]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass
class Document:
    """Replaces pyrun's fences in the text by tokens, and the tokens in the result by cells.

    Other fences that go live stay in the text, and get a cell around their HTML. ``docstrings`` are those of
    the page; the document may be one of them, or a part of it.
    """

    md: Markdown
    page: Page
    found: Sequence[Fence | OtherFence | Unclosed]
    lines: Sequence[str]
    docstrings: Docstrings
    _renderer: Renderer = field(init=False)
    _marked: MarkedFences = field(init=False)

    def __post_init__(self) -> None:
        self._object = self.docstrings.around(self.md)
        self._renderer = Renderer(self.md, self.page)
        self._marked = MarkedFences(self.md)
        self._line_of = line_numbering(self.page.lines, self.lines)

    @property
    def is_needed(self) -> bool:
        """Whether there may be anything to do."""
        has_ours = any(not isinstance(found, OtherFence) for found in self.found)
        return has_ours or not self._renderer.selection.is_empty or has_comment(self.lines)

    def with_tokens(self) -> list[str]:
        """The lines with a token in place of each fence, and a token after each fence that is not closed."""
        lines: list[str] = []
        done = 0
        for number, found in enumerate(self.found):
            lines.extend(self.lines[done : found.first])
            done = found.first + 1 if isinstance(found, Unclosed) else found.last + 1
            token = make_token(number)
            if isinstance(found, Unclosed):
                lines.append(self.lines[found.first].rstrip("\r") + token)
            elif isinstance(found, OtherFence):
                lines.extend(self._other(number, found))
            else:
                # As Python-Markdown does with fences. Around an indented fence, blank lines could end the
                # list.
                blank = [""] if not found.prefix else []
                lines.extend([*blank, found.prefix + token, *blank])
        return [*lines, *self.lines[done:]]

    def _other(self, number: int, fence: OtherFence) -> Sequence[str]:
        """The lines of a fence that is not pyrun's, with marks if it may go live."""
        lines = self.lines[fence.first : fence.last + 1]
        block = read_fence(fence, self.lines)
        existing = self._existing(block)
        if self._renderer.may_select(existing):
            return self._marked.mark(number, block, lines)
        if block.problem and self._renderer.may_select(replace(existing, words=(DOCTEST,))):
            self.page.report(Problem.LIVE, block.problem, existing.location)
        return lines

    def without_marks(self, lines: Sequence[str]) -> list[str]:
        """The lines once Markdown has replaced all other fences by their HTML."""
        return self._marked.without_marks(lines)

    def place_cells(self, root: Element) -> None:
        """Replace the tokens in the tree, and put cells around existing blocks."""
        Placement(
            self.md,
            cell_for=self._cell,
            is_place=lambda number: isinstance(self.found[number], Fence),
            text_for=self._text,
            cells_around=self._around,
            in_stash=self._marked.in_stash,
            in_code=self._indented,
        ).place(root)
        stash = self.md.htmlStash.rawHtmlBlocks
        for index, run in self._marked.runs_in_raw_html():
            html = str(stash[index])
            stash[index] = html[: run.start()] + self._around_raw(run[0]) + html[run.end() :]

    def place_in_raw_html(self, html: str) -> str:
        """Replace the tokens inside raw HTML, which is not part of the tree.

        Tokens in comments are removed, because readers cannot run an example there.
        """
        if TOKEN.search(html):
            html = _COMMENT.sub(lambda comment: TOKEN.sub("", comment[0]), html)
            html = TOKEN.sub(lambda token: self._raw_cell(token_number(token[0])), html)
        if OBJECT in html and not self._renderer.selection.is_empty:
            html = with_one_preamble(self._with_sessions(html))
        # Python-Markdown's toc postprocesses headings one by one, before the page as a whole.
        if f"<{ELEMENT} " in html:
            self._renderer.check_needs()
        return html

    def _raw_cell(self, number: int) -> str:
        cell = self._cell(number)
        if cell is None:
            return ""
        return self._renderer.anchor(cell.name) + cell.html

    def _around_raw(self, references: str) -> str:
        """References to the HTML of adjacent blocks, with cells around them."""
        each = [match[0] for match in HTML_PLACEHOLDER_RE.finditer(references)]
        blocks = [self._marked.in_stash(int(match[1])) for match in HTML_PLACEHOLDER_RE.finditer(references)]
        if None in blocks:
            return references
        for cell in self._around([block for block in blocks if block]):
            each[cell.first] = self._renderer.anchor(cell.name) + cell.opening + each[cell.first]
            each[cell.last] += cell.closing
        return "\n".join(each)

    def _cell(self, number: int) -> Cell | None:
        found = self.found[number]
        location = self._location(found.first)
        if isinstance(found, Fence):
            return self._renderer.render(found, location)
        if isinstance(found, Unclosed):
            self.page.report(Problem.FENCE, found.reason, location)
        return None

    def _around(self, adjacent: Sequence[FoundBlock]) -> Sequence[CellAround]:
        """The cells around adjacent blocks. The HTML of a block that the build has executed has its own."""
        cells: list[CellAround] = []
        first = 0
        for index, block in enumerate(adjacent):
            if block.is_executed:
                cells += self._around_ordinary(adjacent, first, index)
                self._place_executed(block)
                first = index + 1
        return [*cells, *self._around_ordinary(adjacent, first, len(adjacent))]

    def _around_ordinary(self, adjacent: Sequence[FoundBlock], first: int, end: int) -> Iterator[CellAround]:
        for cell in self._renderer.around([self._existing(block) for block in adjacent[first:end]]):
            for block in adjacent[first + cell.first : first + cell.last + 1]:
                self._fold(block, cell.options)
            yield replace(cell, first=cell.first + first, last=cell.last + first)

    def _fold(self, block: FoundBlock, options: Options) -> None:
        """Fold lines of a fence away, as comments in it say."""
        if read_comments(block.text, is_session=True) and (index := self._marked.index_of(block)) is not None:
            stash = self.md.htmlStash.rawHtmlBlocks
            stash[index] = fold_existing(str(stash[index]), block.text, options)

    def _place_executed(self, block: FoundBlock) -> None:
        """Put a cell around the code in the HTML of an executed block, if its author shows that."""
        stash = self.md.htmlStash.rawHtmlBlocks
        index = self._marked.index_of(block)
        if index is None:
            return
        html = str(stash[index])
        shown = find_source(html, block.text)
        if shown is None:
            return
        for cell in self._renderer.around([self._existing(block)]):
            start, end = shown.start, shown.end
            opening = self._renderer.anchor(cell.name) + cell.opening
            stash[index] = html[:start] + opening + html[start:end] + cell.closing + html[end:]

    def _with_sessions(self, html: str) -> str:
        """The page with cells around sessions in docstrings."""
        parts: list[str] = []
        done = 0
        for sessions in adjacent_sessions(html, directives(self.lines)):
            for cell in self._renderer.around([self._documented(each) for each in sessions]):
                start, end = sessions[cell.first].start, sessions[cell.last].end
                opening = self._renderer.anchor(cell.name) + cell.opening
                parts += [html[done:start], opening, html[start:end], cell.closing]
                done = end
        return "".join([*parts, html[done:]])

    def _documented(self, session: Session) -> ExistingBlock:
        documented = self.docstrings.find(session.name, self.md)
        return ExistingBlock(
            session.text,
            kinds_of(None, session.text),
            documented.location(session.text),
            session.comment,
            classes=session.classes,
            documented=documented,
        )

    def _existing(self, block: FoundBlock) -> ExistingBlock:
        documented = self._object
        location = documented.location(block.text) if documented else self._location(block.line)
        is_inserted = location.is_inserted and not documented
        return ExistingBlock(
            block.text,
            block.words,
            location,
            block.comment,
            block.options,
            block.classes,
            documented,
            self._renderer.inserted_from(block.text) if is_inserted else None,
        )

    def _indented(self, code: str) -> FoundBlock | None:
        return read_indented(code, self.lines, self._line_of_text)

    @cached_property
    def _line_of_text(self) -> dict[str, int]:
        """The index of the first line outside of fences with each text, without the white space around it."""
        lines = dict(enumerate(self.lines))
        for found in self.found:
            if not isinstance(found, Unclosed):
                for index in range(found.first, found.last + 1):
                    del lines[index]
        return {line.strip(): index for index, line in reversed(lines.items())}

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
