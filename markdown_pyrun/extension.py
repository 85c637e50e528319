"""The Python-Markdown extension that turns fences into live examples.

It works without a plugin, and the site's highlighter highlights its blocks. An example passes four steps. A
preprocessor replaces its fence by a token before anything else can change the source. The block parser finds
out whether the token is in a list, a tab or a quote. A tree processor replaces the token by the rendered
example. A postprocessor does the same in raw HTML.

An existing block that goes live stays in the text, so its HTML is the same as without pyrun. The tree
processor puts a cell around it.
"""

from dataclasses import replace
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from markdown_pyrun.context import Page
from markdown_pyrun.docstrings import Docstrings
from markdown_pyrun.document import Document
from markdown_pyrun.executed_blocks import is_output
from markdown_pyrun.fences import find_fences
from markdown_pyrun.page_source import find_page
from pyrun_core.examples.render import ELEMENT

__all__ = ["PyrunExtension", "makeExtension"]

# After pymdownx.snippets (32), which may insert fences and their code. Before pymdownx.critic (31.1),
# superfences (31.05), normalize_whitespace (30), and all others that read fences.
_TAKE_OUT = 31.5
# After fences (25) have become HTML; before html_block (20).
_REMOVE_MARKS = 24.5
# After footnotes (50) have entered the tree; before highlighters (30) and inline patterns (20).
_PLACE = 40
# After raw_html (30) has restored the stashed HTML.
_PLACE_IN_RAW_HTML = 25

_OTHER_BLOCKS = (">>>", ":::")
"""What is in a page with blocks that go live without a fence: indented sessions, and docstrings."""


class PyrunExtension(Extension):
    """Live examples in Markdown.

    It takes the options of a site, such as ``packages``. A host with a plugin passes ``page``;
    for others, `markdown_pyrun.page_source` finds it.
    """

    def __init__(self, *, page: Page | None = None, **options: object) -> None:
        super().__init__()
        self._page = page
        self._options = options
        self._document: Document | None = None
        self._docstrings = Docstrings()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name for it
        """Register the processors."""
        md.block_level_elements.append(ELEMENT)
        md.preprocessors.register(_TakeOut(md, self), "pyrun", _TAKE_OUT)
        md.preprocessors.register(_RemoveMarks(md, self), "pyrun-marks", _REMOVE_MARKS)
        md.treeprocessors.register(_Place(md, self), "pyrun", _PLACE)
        md.postprocessors.register(_PlaceInRawHtml(md, self), "pyrun", _PLACE_IN_RAW_HTML)

    def begin(self, md: Markdown, lines: list[str]) -> list[str]:
        """Begin a document. Returns the lines for the rest of Markdown."""
        self._document = None
        found = list(find_fences(lines, md.tab_length))
        if not found and not any(mark in line for line in lines for mark in _OTHER_BLOCKS):
            return lines
        page = self._page or find_page(md, self._options)
        if is_output(md):
            page = replace(page, values={**page.values, "live": ()})
        document = Document(md, page, found, lines, self._docstrings)
        if not document.is_needed:
            return lines
        self._document = document
        return document.with_tokens()

    def remove_marks(self, lines: list[str]) -> list[str]:
        """Remove the marks around fences that have become HTML."""
        return lines if self._document is None else self._document.without_marks(lines)

    def place(self, root: Element) -> None:
        """Put the examples into the tree of the document."""
        if self._document is not None:
            self._document.place_cells(root)

    def place_in_raw_html(self, html: str) -> str:
        """Put the examples in raw HTML into the finished document."""
        return html if self._document is None else self._document.place_in_raw_html(html)


class _TakeOut(Preprocessor):
    def __init__(self, md: Markdown, extension: PyrunExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        return self.extension.begin(self.md, lines)


class _RemoveMarks(Preprocessor):
    def __init__(self, md: Markdown, extension: PyrunExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        return self.extension.remove_marks(lines)


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
    """The function that Markdown calls for an extension that is named by its module."""
    return PyrunExtension(**options)  # type: ignore[arg-type]  # ``page`` comes from the plugin alone
