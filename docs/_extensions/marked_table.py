"""A table whose cells contain the markup of the page."""

from collections.abc import Iterable

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

__all__ = ["marked_table"]


def marked_table(
    directive: SphinxDirective, heads: Iterable[str], lines: Iterable[Iterable[str]]
) -> nodes.table:
    """Return the table. Its columns are as wide as their content."""
    titles = list(heads)
    group = nodes.tgroup("", cols=len(titles))
    group += [nodes.colspec(colwidth=1) for _ in titles]
    group += nodes.thead("", _row(directive, titles))
    group += nodes.tbody("", *(_row(directive, line) for line in lines))
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(directive: SphinxDirective, texts: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", _paragraph(directive, text)) for text in texts))


def _paragraph(directive: SphinxDirective, text: str) -> nodes.paragraph:
    children, messages = directive.parse_inline(text)
    return nodes.paragraph("", "", *children, *messages)
