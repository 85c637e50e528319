"""The directives ``pyrun-options`` and ``pyrun-attributes``: all options, and the attributes that carry them.

The hosts build their configuration from the same `pyrun_core.options.declare.declared_options`, so the page
is always up to date.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

import pyrun_core.examples.render
import pyrun_core.options.checks
import pyrun_core.options.declare
import pyrun_core.options.excerpt
import pyrun_core.options.existing_blocks
import pyrun_core.options.values
from pyrun_core.examples.render import BUILD_ATTRIBUTES
from pyrun_core.options.declare import Form, Option, Scope, declared_options
from sphinx_pyrun.config import PREFIX as CONFIG_PREFIX
from sphinx_pyrun.page import PREFIX as PAGE_PREFIX

__all__ = ["AttributeReference", "OptionReference", "setup"]

_DECLARATIONS = (
    pyrun_core.options.checks,
    pyrun_core.options.declare,
    pyrun_core.options.excerpt,
    pyrun_core.options.existing_blocks,
    pyrun_core.options.values,
)
_SCOPES = {Scope.SITE: "the site", Scope.PAGE: "a page", Scope.BLOCK: "an example"}
Row = list[list[nodes.Node]]
"""The content of each cell in a row."""

_CODE = re.compile("`([^`]+)`")


class OptionReference(SphinxDirective):
    """A table of all options, followed by a section for each option."""

    def run(self) -> list[nodes.Node]:
        """Return the table and the sections."""
        for module in _DECLARATIONS:
            self.env.note_dependency(str(module.__file__))
        options = declared_options()
        return [_overview(options), *(self._section(option) for option in options)]

    def _section(self, option: Option) -> nodes.section:
        section = nodes.section(ids=[_anchor(option)], names=[_anchor(option)])
        self.state.document.note_explicit_target(section)
        section += nodes.title("", "", nodes.literal(text=option.name))
        section += nodes.paragraph("", "", *_inline(option.help))
        section += nodes.paragraph(
            "", "", nodes.strong(text="Values:"), nodes.Text(" "), *_inline(option.kind.syntax)
        )
        section += nodes.paragraph("", "", nodes.strong(text="Default:"), nodes.Text(" "), _default(option))
        rows: list[Row] = [
            [[nodes.Text(name)], _inline(_in_sphinx(option, scope)), _inline(_in_mkdocs(option, scope))]
            for scope, name in _SCOPES.items()
            if scope in option.scope
        ]
        section += _table(("Scope", "In Sphinx and MyST", "In MkDocs"), rows)
        return section


class AttributeReference(SphinxDirective):
    """A table of the attributes that the build writes: its decisions, then the options of the example."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        for module in (pyrun_core.options.declare, pyrun_core.examples.render):
            self.env.note_dependency(str(module.__file__))
        described = [*BUILD_ATTRIBUTES.items(), *_option_attributes()]
        rows: list[Row] = [
            [[nodes.literal(text=f"data-{name}")], _inline(about)] for name, about in described
        ]
        rows.append([[nodes.literal(text="hidden")], _inline("present if the option `hidden` is set")])
        return [_table(("Attribute", "Holds"), rows)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("pyrun-options", OptionReference)
    app.add_directive("pyrun-attributes", AttributeReference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _option_attributes() -> Iterator[tuple[str, str]]:
    for option in declared_options():
        if (attribute := option.attribute) is None:
            continue
        about = f"the option `{option.name}`, if it differs from the default"
        match attribute.form:
            case Form.FLAG:
                about = f"present if the option `{option.name}` is `{str(not option.default).lower()}`"
            case Form.WORDS:
                about += "; spaces separate the items"
            case Form.LINES:
                about += "; line feeds separate the items"
            case _:
                pass
        yield attribute.name or option.name, about


def _overview(options: Iterable[Option]) -> nodes.table:
    rows: list[Row] = []
    for option in options:
        link = nodes.reference("", "", nodes.literal(text=option.name), refid=_anchor(option))
        scopes: Row = [[nodes.Text("yes" if scope in option.scope else "")] for scope in _SCOPES]
        rows.append([[link], *scopes, [_default(option)]])
    return _table(("Option", *(name.capitalize() for name in _SCOPES.values()), "Default"), rows)


def _anchor(option: Option) -> str:
    return f"option-{option.name}"


def _default(option: Option) -> nodes.Node:
    match option.default:
        case bool(value):
            return nodes.literal(text=str(value).lower())
        case () | "" | None:
            return nodes.Text("none")
        case Enum(value=value):
            return nodes.literal(text=str(value))
        case int(value):
            return nodes.literal(text=f"{value:_}")
        case tuple(values):
            return nodes.literal(text=" ".join(map(str, values)))
        case value:
            return nodes.literal(text=str(value))


def _in_sphinx(option: Option, scope: Scope) -> str:
    match scope:
        case Scope.SITE:
            return f"`{CONFIG_PREFIX}{option.field}` in `conf.py`"
        case Scope.PAGE:
            return (
                f"`:{option.name}:` in the directive `pyrun-page`; "
                f"`{PAGE_PREFIX}{option.name}` in docinfo or front matter"
            )
        case _:
            return f"`:{option.name}:` in the directive `pyrun`"


def _in_mkdocs(option: Option, scope: Scope) -> str:
    match scope:
        case Scope.SITE:
            return f"`{option.name}` under the plugin `pyrun` in `mkdocs.yml`"
        case Scope.PAGE:
            return f"`{option.name}` under `pyrun` in front matter"
        case _:
            return f"`{option.name}` after the opening fence" + _bare_or_value(option)


def _bare_or_value(option: Option) -> str:
    """How to write the option on a fence: a bare name, or a name with a value."""
    return "" if isinstance(option.default, bool) else f', written as `{option.name}="..."`'


def _inline(text: str) -> list[nodes.Node]:
    """Nodes for a text with code between backquotes, as in the declarations."""
    return list(_text_nodes(text))


def _text_nodes(text: str) -> Iterator[nodes.Node]:
    for index, part in enumerate(_CODE.split(text)):
        if part:
            yield nodes.literal(text=part) if index % 2 else nodes.Text(part)


def _table(head: Iterable[str], rows: Iterable[Row]) -> nodes.table:
    titles: Row = [[nodes.Text(title)] for title in head]
    group = nodes.tgroup("", cols=len(titles))
    group += [nodes.colspec(colwidth=1) for _ in titles]
    group += nodes.thead("", _row(titles))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(cells: Row) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))
