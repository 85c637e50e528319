"""What holds for a whole page: ``.. pyrun-page::``, docinfo fields and MyST front matter."""

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
from pyrun_core.packages.request.page_requirements import Declared, ExampleNeeds, PageNeeds
from pyrun_core.problems import Location, Problem
from sphinx_pyrun.any_option import AnyOption
from sphinx_pyrun.needs import note_needs
from sphinx_pyrun.nodes import find_examples, location_of, settings_of
from sphinx_pyrun.report import report

__all__ = ["PyrunPageDirective", "setup_page"]

PREFIX = "pyrun-"

# `MetadataCollector` takes the docinfo out of the doctree at the default priority, 500.
_BEFORE_METADATA = 400


class PageSettings(NamedTuple):
    """What one directive or field sets for the page."""

    values: Values
    location: Location


class page_settings(nodes.Invisible, nodes.Element):  # noqa: N801 - node classes are named like tags
    """Carries `PageSettings` from the directive to the end of reading; gone before any builder.

    Invisible nodes may stand before a docinfo.
    """


class PyrunPageDirective(SphinxDirective):
    """Options for all examples of the page, wherever in the page it stands."""

    option_spec: ClassVar[OptionSpec] = AnyOption(Scope.PAGE)

    def run(self) -> list[nodes.Node]:
        """A node that `settle_page` takes out again."""
        location = Location(*self.get_source_info())
        values = read_options(self.options, Scope.PAGE, location, report)
        return [page_settings("", settings=PageSettings(values, location))]


def setup_page(app: Sphinx) -> None:
    """Register the directive, and what is done when a page has been read."""
    app.add_directive("pyrun-page", PyrunPageDirective)
    app.connect("doctree-read", settle_page, priority=_BEFORE_METADATA)


def settle_page(app: Sphinx, doctree: nodes.document) -> None:
    """Hand what is set for the page to each of its examples.

    They carry it themselves from then on: `singlehtml` puts many pages into one doctree.
    """
    settings = [*_from_fields(doctree), *_from_directives(doctree)]
    examples = list(find_examples(doctree))
    for example in examples:
        settings_of(example)["docname"] = app.env.docname
        settings_of(example)["page"] = _merge(settings)
    needs = PageNeeds(
        name=app.env.docname,
        declared=tuple(_declared("packages", settings)),
        examples=tuple(map(_needs_of, examples)),
        files=tuple(_declared("files", settings)),
    )
    note_needs(app.env, app.env.docname, needs)


def _declared(option: str, settings: list[PageSettings]) -> Iterator[Declared]:
    return (Declared(values[option], place) for values, place in settings if values.get(option))


def _needs_of(example: nodes.literal_block) -> ExampleNeeds:
    block = settings_of(example)["block"]
    return ExampleNeeds(
        Declared(block.get("packages", ()), location_of(example)),
        find_imports(example.astext()),
        block.get("files", ()),
    )


def _merge(settings: list[PageSettings]) -> Values:
    """Packages and files add up; of anything else the last in the page holds."""
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
                f"the field '{name}' sets nothing here: write it above the page's title, "
                "or use the directive 'pyrun-page'"
            )
            report(Problem.OPTION, message, location)
            continue
        raw = {name.removeprefix(PREFIX): _value(field[1].astext())}
        values = read_options(raw, Scope.PAGE, location, report, spell=_spell)
        yield PageSettings(values, location)


def _spell(name: str) -> str:
    """An option's name as a field has it."""
    return PREFIX + name


def _value(text: str) -> object:
    """A field's value. MyST passes a list of its front matter on as JSON."""
    if text.startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            pass
    return text


def _line_of_key(file: str, key: str) -> int | None:
    """Where front matter has a key; MyST does not tell."""
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return None
    pattern = re.compile(rf"""["']?{re.escape(key)}["']?\s*:""")
    return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), None)
