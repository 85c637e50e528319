"""The cells of a built page, read into what they require."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pyrun_core.examples.imports import find_imports, with_preamble
from pyrun_core.examples.page_requirements import DeclaredEntries, ExampleRequirements
from pyrun_core.examples.render import ELEMENT, written_source
from pyrun_core.options.checks import BUILD_OUTPUT
from pyrun_core.options.languages import spoken_language
from pyrun_core.options.package_entries import CONTROL_CHARACTER, read_entry
from pyrun_core.options.reader_interface import BLACK, RUFF
from pyrun_core.problems import Location, PyrunError, shorten
from pyrun_core.tags import Tag, find_tags

__all__ = ["BuiltCell", "FormerBuildError", "IsOrdinary", "read_cells", "without_cells"]

IsOrdinary = Callable[[Mapping[str, str]], bool]
"""Whether an example stays an ordinary block, by the attributes of its element."""

_OF_FORMER_BUILDS = frozenset({"data-pyodide", "data-lock", "data-packages-of"})
"""Attributes that pyrun 0.1 wrote, when each page named the files of its packages."""

_WITHOUT_FORMATTER = frozenset({"data-readonly", "data-console", "hidden"})
"""Attributes of cells whose code readers do not edit."""

_LINE = re.compile(r"[0-9]{1,9}")
_OUTSIDE = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)|\\")


class FormerBuildError(PyrunError):
    """A page cannot be used, because it was not built with this pyrun."""


@dataclass(frozen=True)
class BuiltCell:
    """A cell in built HTML. ``page`` is the page's source file, or the HTML file if that is not known.

    ``stores_output``: the page shows its output before the first run.
    """

    page: str
    requirements: ExampleRequirements
    stores_output: bool = False


def read_cells(html: str, name: str) -> tuple[BuiltCell, ...]:
    """The cells in the HTML file ``name``.

    Raises:
        FormerBuildError: an older pyrun built the page, or its attributes have been changed since.
    """
    return tuple(_cells(html, name))


def without_cells(html: str, is_ordinary: IsOrdinary) -> str:
    """The HTML without the tags of some cells. What is in them stays."""
    parts: list[str] = []
    done = 0
    opened: list[bool] = []  # for each cell around the position, whether its tags are removed
    for tag in find_tags(html, ELEMENT):
        if not tag.is_end:
            opened.append(is_ordinary(tag.attributes))
            is_removed = opened[-1]
        else:
            is_removed = bool(opened) and opened.pop()
        if is_removed:
            parts.append(html[done : tag.start])
            done = tag.end
    return "".join([*parts, html[done:]])


def _cells(html: str, name: str) -> Iterator[BuiltCell]:
    for tag in find_tags(html, ELEMENT):
        if not tag.is_end:
            if not _OF_FORMER_BUILDS.isdisjoint(tag.attributes):
                raise FormerBuildError(
                    "an older version of pyrun built this page, so its examples don't run. "
                    "Empty the folder of the site, and build it again"
                )
            yield _read(tag, name)


def _read(tag: Tag, name: str) -> BuiltCell:
    attributes = tag.attributes
    source_file = _source_file(tag)
    page = source_file or name
    line = attributes.get("data-line", "")
    location = Location(page, int(line) if _LINE.fullmatch(line) else None)
    own = DeclaredEntries(_packages(tag, "data-packages"), location)
    stores_output = attributes.get("data-output") == BUILD_OUTPUT and "hidden" not in attributes
    formatter = _formatter(attributes)
    language = spoken_language(attributes.get("data-language", ""))
    if "data-requirements" not in attributes:  # and so it imports nothing either
        return BuiltCell(
            page, ExampleRequirements(own, formatter=formatter, language=language), stores_output
        )
    requirements = ExampleRequirements(
        own,
        with_preamble(attributes.get("data-preamble", ""), find_imports(written_source(attributes))),
        _entries(tag, "data-files"),
        _packages(tag, "data-page-packages"),
        source_file.rpartition("/")[0] or ".",
        formatter,
        language,
    )
    if requirements.id != attributes["data-requirements"]:
        raise FormerBuildError(
            "another version of pyrun wrote the examples of this page. Empty the folder of the site, and "
            "build all of it again, with the same pyrun"
        )
    return BuiltCell(page, requirements, stores_output)


def _formatter(attributes: Mapping[str, str]) -> str:
    if not _WITHOUT_FORMATTER.isdisjoint(attributes):
        return ""
    formatter = attributes.get("data-format", "")
    return formatter if formatter in {RUFF, BLACK} else ""


def _source_file(tag: Tag) -> str:
    """The page's source file: a path in the folder of the documentation."""
    file = tag.attributes.get("data-page", "")
    if _OUTSIDE.search(file) or CONTROL_CHARACTER.search(file):
        raise _not_ours("data-page", file)
    return file


def _packages(tag: Tag, name: str) -> tuple[str, ...]:
    """Package entries. pyrun writes them in their normal form and refuses any other form."""
    entries = _entries(tag, name)
    try:
        is_normal = all(read_entry(entry) == entry for entry in entries)
    except ValueError:
        is_normal = False
    if not is_normal:
        raise _not_ours(name, tag.attributes[name])
    return entries


def _entries(tag: Tag, name: str) -> tuple[str, ...]:
    text = tag.attributes.get(name)
    if text is None:
        return ()
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise _not_ours(name, text)
    if any(map(CONTROL_CHARACTER.search, entries)):
        raise _not_ours(name, text)
    return tuple(entries)


def _not_ours(name: str, value: str) -> FormerBuildError:
    return FormerBuildError(
        f"the attribute {name} of an example is {shorten(value)}, which is not what pyrun writes. "
        "Empty the folder of the site, and build it again"
    )
