"""Includes the tutorials of the other documentation sites in this one, so that both share one text.

These pages are written for their generators. This extension turns their fences into MyST directives, with
pyrun's own parser for fences.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from markdown_pyrun.fences import Fence, find_fences

__all__ = ["setup", "to_myst"]

SOURCES = {
    "tutorial/any-site": "any-site/pages/index.md",
    "tutorial/mkdocs": "mkdocs/pages/tutorial.md",
    "tutorial/zensical": "zensical/pages/tutorial.md",
}
"""The file with the text of a page."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the replacement of the page's source."""
    app.connect("source-read", bring_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def bring_in(app: Sphinx, docname: str, content: list[str]) -> None:
    """Insert the tutorial at the beginning of its page in this site."""
    if docname not in SOURCES:
        return
    file = Path(app.srcdir) / SOURCES[docname]
    app.env.note_dependency(str(file))
    content[0] = to_myst(file.read_text(encoding="utf-8")) + content[0]


def to_myst(text: str) -> str:
    """Return the text with its live examples as MyST directives."""
    lines = text.split("\n")
    for fence in find_fences(lines):
        if isinstance(fence, Fence):
            lines[fence.first] = "\n".join(chain(["```{pyrun}"], _options(fence)))
            for position in range(fence.first + 1, len(lines)):
                if not lines[position].startswith("#| "):
                    break
                lines[position] = ":" + lines[position].removeprefix("#| ")
    return "\n".join(lines)


def _options(fence: Fence) -> Iterator[str]:
    for name, value in fence.header.options.items():
        yield f":{name}: {value or ''}".rstrip()
