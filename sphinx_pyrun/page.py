"""Options for a whole page: ``.. pyrun-page::``, docinfo fields and MyST front matter."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from pyrun_core.options.declare import Scope, Values, read_options
from pyrun_core.packages.request.imports import find_imports
from pyrun_core.packages.request.page_requirements import (
    DeclaredEntries,
    ExampleRequirements,
    PageRequirements,
)
from pyrun_core.problems import Location, Problem
from sphinx_pyrun.any_option import AnyOption
from sphinx_pyrun.nodes import find_examples, location_of, settings_of
from sphinx_pyrun.report import report

__all__ = ["PREFIX", "PyrunPageDirective", "read_page", "setup_page"]

PREFIX = "pyrun-"


class PageSettings(NamedTuple):
    """The options that one directive or field sets for the page."""

    values: Values
    location: Location


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


def read_page(docname: str, doctree: nodes.document) -> PageRequirements:
    """What a page requires. Its options are copied to each of its examples.

    From then on the examples carry them, because `singlehtml` puts many pages into one doctree.
    """
    settings = [*_from_fields(doctree), *_from_directives(doctree)]
    examples = list(find_examples(doctree))
    for example in examples:
        settings_of(example)["docname"] = docname
        settings_of(example)["page"] = _merge(settings)
    return PageRequirements(
        name=docname,
        declared=tuple(_declared("packages", settings)),
        examples=tuple(map(_requirements_of, examples)),
        files=tuple(_declared("files", settings)),
    )


def _declared(option: str, settings: list[PageSettings]) -> Iterator[DeclaredEntries]:
    return (DeclaredEntries(values[option], location) for values, location in settings if values.get(option))


def _requirements_of(example: nodes.literal_block) -> ExampleRequirements:
    block = settings_of(example)["block"]
    return ExampleRequirements(
        DeclaredEntries(block.get("packages", ()), location_of(example)),
        find_imports(example.astext()),
        block.get("files", ()),
    )


def _merge(settings: list[PageSettings]) -> Values:
    """Packages and files add up. Of other options, the last in the page is used."""
    merged: dict[str, Any] = {}
    for values, _ in settings:
        added = {
            name: tuple(dict.fromkeys((*merged.get(name, ()), *values.get(name, ()))))
            for name in ("packages", "files")
        }
        merged = {**merged, **values, **added}
    return merged


def _from_directives(doctree: nodes.document) -> Iterator[PageSettings]:
    for node in list(doctree.findall(page_settings)):
        yield node["settings"]
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
        raw = {name.removeprefix(PREFIX): _value(field[1].astext())}
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
        except ValueError:
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
