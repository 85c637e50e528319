"""What authors set for the examples of a page, as doctrees and the environment hold it: for every builder.

A build decides which of it counts, because a page may have content that the build does not show.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypedDict

from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.imports import Import
from pyrun_core.examples.page_requirements import DeclaredEntries, PageRequirements
from pyrun_core.examples.provenance import Provenance
from pyrun_core.options.checks import BUILD_OUTPUT
from pyrun_core.options.declare import Values
from pyrun_core.problems import Location
from sphinx_pyrun.conditions import Conditions, ShownContent

__all__ = [
    "BlockCode",
    "PageSettings",
    "ReadPage",
    "Settings",
    "make_shown_example",
    "merge_settings",
    "requirements_of",
    "stores_output",
]


class PageSettings(NamedTuple):
    """The options that one directive or field sets for the page, in builds in which its conditions hold."""

    values: Values
    location: Location
    conditions: Conditions = ()


class Settings(TypedDict):
    """What the doctree holds of an example, apart from its source. Plain values, because it is pickled.

    ``file`` is that of its page, relative to the source folder: `singlehtml` puts many pages into one
    doctree. ``page`` is what the page sets, ``block`` are the values of the example. ``imports`` are those
    of the source, which is parsed once, when the page is read. ``preamble`` is what runs before the example
    besides the preambles that authors set.
    """

    file: str
    block: Values
    page: tuple[PageSettings, ...]
    imports: tuple[Import, ...]
    conditions: Conditions
    preamble: str


class BlockCode(NamedTuple):
    """The code of a block, where it is, the documented outputs (`Example.expected`), and its provenance."""

    source: str
    location: Location
    expected: tuple[tuple[int, str], ...] = ()
    provenance: Provenance = Provenance()


class ReadPage(NamedTuple):
    """A page with examples, as Sphinx has read it. Each example has its location in the author's files.

    ``by_option``: the option ``live`` has made any of them.
    """

    settings: tuple[PageSettings, ...]
    examples: tuple[tuple[Settings, Location], ...]
    by_option: bool = False


def make_shown_example(settings: Settings, site: Values, shown: ShownContent, code: BlockCode) -> Example:
    """An example that this build shows, with the options of the site, its page and the block."""
    return make_example(
        code.source,
        site=site,
        page=merge_settings(_shown(settings["page"], shown)),
        block=settings["block"],
        file=settings["file"],
        location=code.location,
        imports=settings["imports"],
        preamble=settings["preamble"],
        expected=code.expected,
        provenance=code.provenance,
    )


def requirements_of(name: str, page: ReadPage, site: Values, shown: ShownContent) -> PageRequirements:
    """What the examples require that this build shows. ``name`` is that of the page."""
    settings = [*_shown(page.settings, shown)]
    return PageRequirements(
        name=name,
        declared=tuple(_declared("packages", settings)),
        examples=tuple(
            make_shown_example(each, site, shown, BlockCode("", location)).requirements
            for each, location in page.examples
            if shown.shows(each["conditions"])
        ),
        files=tuple(_declared("files", settings)),
    )


def stores_output(settings: Settings, site: Values, shown: ShownContent) -> bool:
    """Whether the page shows the output of an example before its first run."""
    values = {**site, **merge_settings(_shown(settings["page"], shown)), **settings["block"]}
    return values.get("output") == BUILD_OUTPUT and not values.get("hidden")


def _shown(settings: Iterable[PageSettings], shown: ShownContent) -> Iterator[PageSettings]:
    return (each for each in settings if shown.shows(each.conditions))


def _declared(option: str, settings: Iterable[PageSettings]) -> Iterator[DeclaredEntries]:
    return (
        DeclaredEntries(each.values[option], each.location) for each in settings if each.values.get(option)
    )


def merge_settings(settings: Iterable[PageSettings]) -> Values:
    """Packages and files add up. Of other options, the last in the page is used."""
    merged: dict[str, Any] = {}
    for each in settings:
        added = {
            name: tuple(dict.fromkeys((*merged.get(name, ()), *each.values.get(name, ()))))
            for name in ("packages", "files")
        }
        merged = {**merged, **each.values, **added}
    return merged
