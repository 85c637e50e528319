"""Includes the MkDocs tutorial in this site, so that both sites share one text.

`docs/mkdocs/pages/tutorial.md` is written for MkDocs. This extension turns its fences into MyST
directives, with pyrun's own parser for fences.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from markdown_pyrun.fences import Fence, find_fences

__all__ = ["setup", "to_myst"]

DOCNAME = "tutorial/mkdocs"
SOURCE = "mkdocs/pages/tutorial.md"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the replacement of the page's source."""
    app.connect("source-read", bring_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def bring_in(app: Sphinx, docname: str, content: list[str]) -> None:
    """Insert the tutorial at the beginning of its page in this site."""
    if docname != DOCNAME:
        return
    file = Path(app.srcdir) / SOURCE
    app.env.note_dependency(str(file))
    content[0] = to_myst(file.read_text(encoding="utf-8")) + content[0]


def to_myst(text: str) -> str:
    """Return the text with its live examples as MyST directives."""
    lines = text.split("\n")
    for fence in find_fences(lines):
        if isinstance(fence, Fence):
            lines[fence.first] = "\n".join(chain(["```{pyrun}"], _options(fence)))
    return "\n".join(lines)


def _options(fence: Fence) -> Iterator[str]:
    for name, value in fence.header.options.items():
        yield f":{name}: {value or ''}".rstrip()
