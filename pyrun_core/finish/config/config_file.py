"""What a configuration file says, and where in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["EXTENSION_NAMES", "ConfigFile", "GivenOption", "options_of", "with_lines"]

# As a table of TOML, as an item of a list, or as a key in block, flow or dotted style.
_SECTION = r"""\s*(?:\[[^\]]*\b{name}\]|[\s\-{{\["']*{name}["']?\s*(?:[:=.]|$))"""
_KEY = r"""[\s\-"']*(?:[\w\-"']+\.)*["']?{name}["']?\s*[:=]"""


@dataclass(frozen=True)
class GivenOption:
    """An option as it is written. ``line`` counts from 1, ``None`` if it is not known."""

    name: str
    value: object
    line: int | None = None


@dataclass(frozen=True)
class ConfigFile:
    """A configuration file.

    ``documents`` is the folder of the pages' sources, relative to the file. ``mistakes`` are what cannot be
    used, with a sentence and a line for each. ``plugin_options`` are the names of those options that are set
    for a plugin.
    """

    options: tuple[GivenOption, ...] = ()
    section_line: int | None = None
    documents: str = ""
    project: str = ""
    release: str = ""
    mistakes: tuple[tuple[str, int | None], ...] = ()
    plugin_options: tuple[str, ...] = ()


EXTENSION_NAMES = ("pyrun", "markdown_pyrun.extension", "markdown_pyrun.extension:PyrunExtension")
"""The names under which an author may have listed the Markdown extension."""


def options_of(section: object) -> dict[str, Any]:
    """The options of pyrun in a list or a mapping of plugins or extensions."""
    found: dict[str, Any] = {}
    entries = section if isinstance(section, list) else [section]
    for entry in entries:
        for name in EXTENSION_NAMES:
            options = entry.get(name) if isinstance(entry, Mapping) else None
            found.update(options if isinstance(options, Mapping) else {})
    return found


def with_lines(path: Path, names: Iterable[str], options: Mapping[str, Any]) -> ConfigFile:
    """The options in the section with one of these names, with their lines."""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    section = next(filter(None, (_find(_SECTION, name, lines, 0) for name in names)), None)
    start = (section or 1) - 1
    given = (
        GivenOption(str(name), value, _line_of(str(name), lines, start) or section)
        for name, value in options.items()
    )
    return ConfigFile(tuple(given), section)


def _line_of(option: str, lines: list[str], start: int) -> int | None:
    spellings = dict.fromkeys((option, option.replace("_", "-"), option.replace("-", "_")))
    return next(filter(None, (_find(_KEY, name, lines, start) for name in spellings)), None)


def _find(pattern: str, name: str, lines: list[str], start: int) -> int | None:
    compiled = re.compile(pattern.format(name=re.escape(name)))
    return next(
        (number for number, line in enumerate(lines[start:], start + 1) if compiled.match(line)), None
    )
