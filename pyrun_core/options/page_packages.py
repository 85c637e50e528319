"""The option ``page-packages``: the package entries that pages may have besides those of the site.

The author of a page may be somebody whom the owner of the site does not know. Therefore only the
configuration of the site can allow a path or a URL, or have a project built.
"""

import os.path
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from pyrun_core.options.config_line import config_line
from pyrun_core.options.package_entries import (
    AUTO,
    CONTROL_CHARACTER,
    read_entry,
    read_path,
    requirement_name,
    split_entries,
)

__all__ = ["NAMES", "PagePackages", "read_page_packages"]

NAMES = "names"
"""The word for every entry that is a name or a requirement, and for ``auto``."""

_OTHER_MACHINE = ("//", "\\\\")
"""Begins a path on another machine, which Windows asks when it looks at the path."""


def read_page_packages(value: object) -> tuple[str, ...]:
    """The value of the option: package entries in their normal form, and `NAMES`.

    Raises:
        ValueError: the value is something else.
    """
    return tuple(dict.fromkeys(map(read_entry, split_entries(value))))


@dataclass(frozen=True)
class PagePackages:
    """What pages may name: what is ``listed``, and what the ``site`` has. Paths are relative to ``base``."""

    listed: tuple[str, ...] = (NAMES,)
    site: tuple[str, ...] = ()
    base: Path = Path()

    def allows(self, entry: str) -> bool:
        """Whether a page may have the entry. Nothing of the entry is opened."""
        if entry in self._entries:
            return True
        if CONTROL_CHARACTER.search(entry):
            return False
        if entry == AUTO:
            return NAMES in self.listed
        if path := read_path(entry):
            return not path.path.startswith(_OTHER_MACHINE) and self._real(path.path) in self._paths
        try:
            is_name = Requirement(entry).url is None
        except InvalidRequirement:
            return False
        return is_name and (NAMES in self.listed or requirement_name(entry) in self._entries)

    def explain(self, entry: str, config_file: str) -> str:
        """What the author of the site can do about an entry. ``config_file`` is that of the site."""
        line = config_line("page-packages", [*self.listed, entry], config_file)
        return f"To allow it on all pages, {line}"

    @cached_property
    def _entries(self) -> frozenset[str]:
        return frozenset({*self.listed, *self.site} - {NAMES})

    @cached_property
    def _paths(self) -> frozenset[str]:
        paths = (path.path for entry in self._entries if (path := read_path(entry)))
        return frozenset(map(self._real, paths))

    def _real(self, path: str) -> str:
        """The file or folder at a path, behind all links: ``./docs/..`` can differ from ``.``."""
        return os.path.realpath(self.base / path)
