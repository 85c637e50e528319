"""Options for a whole page: ``.. pyrun-page::``, docinfo fields and MyST front matter."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from pyrun_core.examples.imports import find_imports
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.problems import Location, Problem
from sphinx_pyrun.any_option import AnyOption
from sphinx_pyrun.conditions import conditions_of
from sphinx_pyrun.nodes import code_of, find_examples, location_of, settings_of
from sphinx_pyrun.report import report
from sphinx_pyrun.settings import PageSettings, ReadPage

__all__ = ["PREFIX", "PyrunPageDirective", "read_page", "read_page_settings", "setup_page"]

PREFIX = "pyrun-"


class page_settings(nodes.Invisible, nodes.Element):  # noqa: N801 - node classes are named like tags
    """Carries `PageSettings` from the directive to `read_page`, which removes it.

    It is invisible, because docutils accepts invisible nodes before a docinfo.
    """


class PyrunPageDirective(SphinxDirective):
    """Options for all examples of the page. It can be anywhere in the page."""

    option_spec: ClassVar[OptionSpec] = AnyOption(Scope.PAGE)

    def run(self) -> list[nodes.Node]:
        """A node for `read_page`."""
        location = Location(*self.get_source_info())
        values = read_options(self.options, Scope.PAGE, location, report)
        return [page_settings("", settings=PageSettings(values, location))]


def setup_page(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("pyrun-page", PyrunPageDirective)


def read_page_settings(doctree: nodes.document) -> tuple[PageSettings, ...]:
    """What a page sets."""
    return (*_from_fields(doctree), *_from_directives(doctree))


def read_page(file: str, doctree: nodes.document, page: tuple[PageSettings, ...]) -> ReadPage:
    """The examples of a page.

    From then on the examples carry what the page sets and what they import, because `singlehtml` puts many
    pages into one doctree. ``file`` is the page's file, relative to the source folder.
    """
    examples = list(find_examples(doctree))
    for example in examples:
        kept = settings_of(example)
        kept["file"] = file
        kept["page"] = page
        kept["imports"] = find_imports(code_of(example).source)
        kept["conditions"] = conditions_of(example)
    return ReadPage(
        page,
        tuple((settings_of(each), location_of(each)) for each in examples),
        any(code_of(each).provenance.by_option for each in examples),
    )


def _from_directives(doctree: nodes.document) -> Iterator[PageSettings]:
    for node in list(doctree.findall(page_settings)):
        yield node["settings"]._replace(conditions=conditions_of(node))
        node.parent.remove(node)


def _from_fields(doctree: nodes.document) -> Iterator[PageSettings]:
    for field in doctree.findall(nodes.field):
        name = field[0].astext()
        if not name.startswith(PREFIX):
            continue
        location = Location(doctree["source"], field.line or _line_of_key(doctree["source"], name))
        if not isinstance(field.parent, nodes.docinfo):
            message = (
                f"the field '{name}' has no effect here. Move it above the title of the page, "
                "or use the directive 'pyrun-page'"
            )
            report(Problem.OPTION, message, location)
            continue
        body = field.next_node(nodes.field_body)
        raw = {name.removeprefix(PREFIX): _value(body.rawsource or body.astext()) if body else ""}
        values = read_options(raw, Scope.PAGE, location, report, spell=_spell)
        yield PageSettings(values, location)


def _spell(name: str) -> str:
    """The name of an option in a field."""
    return PREFIX + name


def _value(text: str) -> object:
    """The value of a field. MyST passes a list in its front matter on as JSON."""
    if text.startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    return text


def _line_of_key(file: str, key: str) -> int | None:
    """The line of a key in front matter. MyST does not provide it."""
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return None
    pattern = re.compile(rf"""["']?{re.escape(key)}["']?\s*:""")
    return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), None)
