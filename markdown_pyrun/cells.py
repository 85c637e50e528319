"""One live example of a page, from fence to HTML."""

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from markdown import Markdown

from markdown_pyrun.context import Page
from markdown_pyrun.fence_options import FenceOptions, sort_options
from markdown_pyrun.fences import Fence
from markdown_pyrun.highlight import highlight, shows_title
from pyrun_core.examples.checks import check_lines, check_source
from pyrun_core.examples.code_file import take_code, without_excerpt
from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.examples.render import END_TAG, caption, start_tag
from pyrun_core.examples.syntax import check_syntax
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.problems import Location, Problem

__all__ = ["Cell", "Renderer"]

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


@dataclass
class Renderer:
    """Renders the examples of one page. Their names must be unique."""

    md: Markdown
    page: Page
    _examples: PageExamples = field(init=False)

    def __post_init__(self) -> None:
        self._examples = PageExamples(self.page.report)

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
        example = make_example(
            code.source,
            site=self.page.site,
            page=self.page.values,
            block=read_options(without_excerpt(options.block), Scope.BLOCK, location, report),
            file=self.page.file,
            location=location,
        )
        if not check_source(example.source, report, location):
            return None
        check_syntax(code, example.options.raises, report, location)
        check_lines(example.options.emphasize_lines, example.source, report, location)
        assets = self.page.assets if self._examples.is_empty else ""
        example = self._examples.add(example)
        options = replace(options, classes=(*fence.header.classes, *options.classes))
        annotates = self.page.annotates or _ANNOTATE in options.classes
        return Cell(
            self._html(example, options) + assets,
            example.options.name,
            is_annotated=annotates and _MARKER.search(example.source) is not None,
        )

    def check_needs(self) -> None:
        """Report problems between examples, once all of them have been rendered."""
        self._examples.check_needs()

    def _html(self, example: Example, fence: FenceOptions) -> str:
        opening = start_tag(example)
        if example.options.hidden:
            return opening + END_TAG
        block = highlight(self.md, example.source, example.options, fence)
        title = example.options.caption
        above = caption(title) if title and not shows_title(block) else ""
        return f"{above}{opening}{block}{END_TAG}"
