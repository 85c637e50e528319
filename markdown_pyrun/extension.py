"""The Python-Markdown extension: fences become live examples.

It needs no plugin, and whatever highlights the site's other blocks highlights its own. An example
passes four places: a preprocessor takes its fence out of the text before anything else can change
the source, and leaves a token; the block parser finds out whether that stands in a list, a tab or
a quote; a tree processor puts the rendered example there; a postprocessor does the same in raw HTML.
"""

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from markdown_pyrun.context import Page
from markdown_pyrun.document import Document
from markdown_pyrun.fences import find_fences
from markdown_pyrun.stand_alone import stand_alone_page
from pyrun_core.examples.render import ELEMENT

__all__ = ["PyrunExtension", "makeExtension"]

# After pymdownx.snippets (32), which may bring in fences and their code; before pymdownx.critic
# (31.1), superfences (31.05), normalize_whitespace (30), and all else that looks at fences.
_TAKE_OUT = 31.5
# After footnotes (50) have entered the tree; before highlighters (30) and inline patterns (20).
_PLACE = 40
# After raw_html (30) has put back what was stashed.
_PLACE_IN_RAW_HTML = 25


class PyrunExtension(Extension):
    """Live examples in Markdown.

    Takes the options of a site, such as ``packages``. A host that knows more passes ``page``.
    """

    def __init__(self, *, page: Page | None = None, **options: object) -> None:
        super().__init__()
        self._page = page
        self._options = options
        self._document: Document | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name for it
        """Register the processors."""
        md.block_level_elements.append(ELEMENT)
        md.preprocessors.register(_TakeOut(md, self), "pyrun", _TAKE_OUT)
        md.treeprocessors.register(_Place(md, self), "pyrun", _PLACE)
        md.postprocessors.register(_PlaceInRawHtml(md, self), "pyrun", _PLACE_IN_RAW_HTML)

    def begin(self, md: Markdown, lines: list[str]) -> list[str]:
        """Begin with a document; the lines that the rest of Markdown is to see."""
        self._document = None
        found = list(find_fences(lines, md.tab_length))
        if not found:
            return lines
        if self._page is None:
            self._page = stand_alone_page(self._options)
        self._document = Document(md, self._page, found, lines)
        return self._document.with_tokens()

    def place(self, root: Element) -> None:
        """Put the examples into the tree of the document."""
        if self._document is not None:
            self._document.place_cells(root)

    def place_in_raw_html(self, html: str) -> str:
        """Put into the finished document the examples that were in raw HTML."""
        return html if self._document is None else self._document.place_in_raw_html(html)


class _TakeOut(Preprocessor):
    def __init__(self, md: Markdown, extension: PyrunExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        return self.extension.begin(self.md, lines)


class _Place(Treeprocessor):
    def __init__(self, md: Markdown, extension: PyrunExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        self.extension.place(root)


class _PlaceInRawHtml(Postprocessor):
    def __init__(self, md: Markdown, extension: PyrunExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, text: str) -> str:
        return self.extension.place_in_raw_html(text)


def makeExtension(**options: object) -> PyrunExtension:  # noqa: N802 - Markdown looks for this name
    """What Markdown calls where the extension is named by its module."""
    return PyrunExtension(**options)  # type: ignore[arg-type]  # ``page`` comes from the plugin alone
