"""One live example of a page, from fence to HTML."""

from dataclasses import dataclass, field

from markdown import Markdown

from mkdocs_pyrun.context import Page
from mkdocs_pyrun.fences import Fence
from mkdocs_pyrun.highlight import highlight, shows_title
from pyrun_core.checks import check_example, check_lines
from pyrun_core.example import Example, make_example
from pyrun_core.options import Scope, read_options
from pyrun_core.page_examples import PageExamples
from pyrun_core.problems import Location, Problem
from pyrun_core.render import END_TAG, caption, start_tag

__all__ = ["Cell", "Renderer"]


@dataclass(frozen=True)
class Cell:
    """A rendered example. ``name`` is for links to it, or empty."""

    html: str
    name: str


@dataclass
class Renderer:
    """Renders the examples of one page, which share a context and must not share a name."""

    md: Markdown
    page: Page
    _examples: PageExamples = field(init=False)

    def __post_init__(self) -> None:
        self._examples = PageExamples(self.page.site.report)

    def render(self, fence: Fence, line: int | None) -> Cell | None:
        """The cell of an example, or ``None`` where it is empty. Reports what is wrong with it."""
        location = Location(self.page.file, line)
        report = self.page.site.report
        if fence.header.broken:
            report(Problem.FENCE, fence.header.broken, location)
        example = make_example(
            fence.source,
            site=self.page.site.values,
            page=self.page.values,
            block=read_options(fence.header.options, Scope.BLOCK, location, report),
            location=location,
        )
        check_example(example, self.page.site.distribution, report)
        if not example.source.strip():
            return None
        check_lines(example.options.emphasize_lines, example.source, report, location)
        example = self._examples.add(example)
        return Cell(self._html(example, fence.header.classes), example.options.name)

    def check_needs(self) -> None:
        """Report what is wrong between the examples, once all of them have been rendered."""
        self._examples.check_needs()

    def _html(self, example: Example, classes: tuple[str, ...]) -> str:
        opening = start_tag(example, self.page.site.distribution)
        if example.options.hidden:
            return opening + END_TAG
        block = highlight(self.md, example.source, example.options, classes)
        title = example.options.caption
        above = caption(title) if title and not shows_title(block) else ""
        return f"{above}{opening}{block}{END_TAG}"
