"""One live example of a page, from fence to HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown import Markdown

from markdown_pyrun.context import Page
from markdown_pyrun.fences import Fence
from markdown_pyrun.highlight import highlight, shows_title
from pyrun_core.examples.checks import check_lines, check_source
from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.examples.render import END_TAG, caption, start_tag
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.packages.request.imports import find_imports
from pyrun_core.packages.request.page_requirements import DeclaredEntries, ExampleRequirements
from pyrun_core.problems import Location, Problem

__all__ = ["Cell", "Renderer"]


@dataclass(frozen=True)
class Cell:
    """A rendered example. ``name`` is the target for links, or empty."""

    html: str
    name: str


@dataclass
class Renderer:
    """Renders the examples of one page. Their names must be unique."""

    md: Markdown
    page: Page
    _examples: PageExamples = field(init=False)

    def __post_init__(self) -> None:
        self._examples = PageExamples(self.page.site.report)

    def render(self, fence: Fence, line: int | None) -> Cell | None:
        """The cell of an example, or ``None`` if it is empty. Its problems are reported."""
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
        if not check_source(example.source, report, location):
            return None
        check_lines(example.options.emphasize_lines, example.source, report, location)
        attributes = self._site_attributes(example)
        example = self._examples.add(example)
        return Cell(self._html(example, fence.header.classes, attributes), example.options.name)

    def check_needs(self) -> None:
        """Report problems between examples, once all of them have been rendered."""
        self._examples.check_needs()

    def _site_attributes(self, example: Example) -> dict[str, str]:
        """The attributes of the element for packages and files."""
        declared = DeclaredEntries(example.options.packages, example.location)
        requirements = ExampleRequirements(declared, find_imports(example.source))
        return {
            **self.page.package_attributes(requirements, is_first=self._examples.is_empty),
            "files": self.page.files_attribute(example.options.files, example.location),
        }

    def _html(self, example: Example, classes: tuple[str, ...], attributes: Mapping[str, str]) -> str:
        opening = start_tag(example, self.page.site.distribution, attributes)
        if example.options.hidden:
            return opening + END_TAG
        block = highlight(self.md, example.source, example.options, classes)
        title = example.options.caption
        above = caption(title) if title and not shows_title(block) else ""
        return f"{above}{opening}{block}{END_TAG}"
