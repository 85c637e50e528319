"""The live examples of a page, from fences and existing blocks to HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from markdown import Markdown

from markdown_pyrun.context import Page
from markdown_pyrun.fence_options import FenceOptions, sort_options
from markdown_pyrun.fences import Fence
from markdown_pyrun.highlight import highlight, shows_title
from markdown_pyrun.inserted_files import InsertedFiles
from pyrun_core.examples.block_kinds import checked_block, may_be_empty, page_code
from pyrun_core.examples.checks import check_line_options
from pyrun_core.examples.code_file import Code, take_code, without_excerpt
from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.folded_block import fold_block
from pyrun_core.examples.hidden_lines import take_hidden_lines
from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.examples.provenance import FileLines, Provenance
from pyrun_core.examples.render import END_TAG, caption, start_tag
from pyrun_core.examples.syntax import check_syntax
from pyrun_core.live.existing_blocks import ExistingBlock, LiveBlocks
from pyrun_core.live.selection import Selection
from pyrun_core.options.declare import Options, Scope, read_options
from pyrun_core.problems import Location, Problem

__all__ = ["Cell", "CellAround", "Renderer"]

_ANNOTATE = "annotate"
"""The class of a block for which Material shows notes, on sites where it does not for all blocks."""

_MARKER = re.compile(r"#.*\(\d+\)")
"""A comment that refers to a note: ``# (1)!``."""


@dataclass(frozen=True)
class Cell:
    """A rendered example.

    ``name`` is the target for links, or empty. ``is_annotated``: a numbered list that follows has notes about
    the code.
    """

    html: str
    name: str
    is_annotated: bool = False

    def around_notes(self) -> tuple[str, str]:
        """The HTML before and after the notes. They follow the block, where themes look for them."""
        before, _, after = self.html.rpartition(END_TAG)
        return before, END_TAG + after


@dataclass(frozen=True)
class CellAround:
    """A cell around adjacent blocks: those from the index ``first`` to ``last``.

    ``opening`` is its start tag, ``closing`` its end tag and what follows that. ``name`` and ``is_annotated``
    are those of `Cell`. ``options`` are those of the example.
    """

    first: int
    last: int
    opening: str
    closing: str
    name: str
    options: Options
    is_annotated: bool = False


@dataclass
class Renderer:
    """Renders the examples of one page. Their names must be unique."""

    md: Markdown
    page: Page
    _examples: PageExamples = field(init=False)
    _existing: LiveBlocks = field(init=False)
    _inserted: InsertedFiles = field(init=False)

    def __post_init__(self) -> None:
        page = self.page
        folders = [page.code_files.root, (page.code_files.root / page.file).parent] if page.code_files else []
        self._inserted = InsertedFiles(self.md, page.lines, folders)
        self._examples = PageExamples(page.report, page.note)
        self._existing = LiveBlocks(page.site, page.values, page.file, page.report, self._examples)

    def render(self, fence: Fence, location: Location) -> Cell | None:
        """The cell of an example, or ``None`` if it is empty. Its problems are reported."""
        report = self.page.report
        if fence.header.broken:
            report(Problem.FENCE, fence.header.broken, location)
        options = sort_options(fence.header.options)
        folder = PurePosixPath(self.page.file).parent.as_posix()
        code = take_code(fence.source, options.block, self.page.code_files, folder, report, location)
        if code is None:
            return None
        values = read_options(without_excerpt(options.block), Scope.BLOCK, location, report)
        check_line_options(values, code.source, report, location)
        provenance = self._provenance(fence, code, location)
        if not may_be_empty(values):
            code, values, provenance = take_hidden_lines(code, values, provenance, report, location)
        checked = checked_block(code, values, report, location)
        if checked is None:
            return None
        code, values = checked
        example = make_example(
            code.source,
            site=self.page.site,
            page=self.page.values,
            block=values,
            file=self.page.file,
            location=location,
            provenance=provenance,
        )
        check_syntax(code, example.options.raises, report, location)
        assets = self.page.assets if self._examples.is_empty else ""
        example = self._examples.add(example)
        options = replace(options, classes=(*fence.header.classes, *options.classes))
        annotates = self.page.annotates or _ANNOTATE in options.classes
        return Cell(
            self._html(example, options) + assets,
            example.options.name,
            is_annotated=annotates and _MARKER.search(example.source) is not None,
        )

    def _provenance(self, fence: Fence, code: Code, location: Location) -> Provenance:
        """Where the lines of the code are: in a file, or below the first line of the fence."""
        files = self.page.code_files
        if code.file and files:
            return Provenance((FileLines((files.root / code.file).as_posix(), code.numbers),))
        if not location.is_inserted:
            return Provenance.of_lines(location.file, location.line and location.line + 1, fence.source)
        found = self._inserted.find(fence.source)
        return Provenance.of_lines(
            *(found.file, found.line) if found else (location.file, None), fence.source
        )

    def inserted_from(self, text: str) -> Location | None:
        """Where a text begins that the page inserts from another file."""
        return self._inserted.find(text)

    @property
    def selection(self) -> Selection:
        """What decides which existing blocks go live."""
        return self._existing.selection

    def may_select(self, block: ExistingBlock) -> bool:
        """Whether an existing block may go live."""
        return self._existing.may_select(block)

    def around(self, blocks: Sequence[ExistingBlock]) -> list[CellAround]:
        """The cells around blocks that follow each other without anything between them."""
        is_first = self._examples.is_empty
        cells: list[CellAround] = []
        for run in self._existing.runs(blocks):
            assets = self.page.assets if is_first and not cells else ""
            classes = {name for block in blocks[run.first : run.last + 1] for name in block.classes}
            annotates = self.page.annotates or _ANNOTATE in classes
            cells.append(
                CellAround(
                    run.first,
                    run.last,
                    start_tag(run.example),
                    END_TAG + assets,
                    run.example.options.name,
                    run.example.options,
                    is_annotated=annotates and _MARKER.search(run.example.source) is not None,
                )
            )
        return cells

    def anchor(self, name: str) -> str:
        """The target for links to an example in HTML."""
        return self.md.serializer(Element("div", {"id": name})) if name else ""

    def check_needs(self) -> None:
        """Report problems between examples, once all of them have been rendered."""
        self._examples.check_needs()

    def _html(self, example: Example, fence: FenceOptions) -> str:
        opening = start_tag(example)
        if example.options.hidden:
            return opening + END_TAG
        shown = page_code(example.source, vars(example.options))
        block = highlight(self.md, shown, example.options, fence)
        block = fold_block(block, example.options.hide_lines, example.options)
        title = example.options.caption
        above = caption(title) if title and not shows_title(block) else ""
        return f"{above}{opening}{block}{END_TAG}"
