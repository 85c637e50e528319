"""The packages that a built site publishes, as listed in its lock file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.settlements import SettledSite

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.browser.sites import Site

__all__ = ["PackedSite"]


@dataclass(frozen=True)
class PackedSite:
    """A site and its lock file."""

    site: Site

    @property
    def lock_file(self) -> Path:
        """The lock file."""
        (found,) = self._folder.glob("pyodide-lock-*.json")
        return found

    @property
    def core_bytes(self) -> int:
        """The size of Pyodide's core, as readers see it."""
        folder = self.site.folder / self.site.assets_url.removeprefix(self.site.url)
        return int(SettledSite(folder).content["pyodide"]["bytes"])

    @cached_property
    def packages(self) -> Mapping[str, Mapping[str, Any]]:
        """The entries of the lock file."""
        packages: dict[str, dict[str, Any]] = json.loads(self.lock_file.read_text(encoding="utf-8"))[
            "packages"
        ]
        return packages

    def wheels_of(self, *names: str) -> list[str]:
        """The URLs of packages and their dependencies, the largest first."""
        found: dict[str, None] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting += self.packages[name]["depends"]
        urls = [f"{self.site.assets_url}packages/{self.packages[name]['file_name']}" for name in found]
        return sorted(urls, key=self.bytes_of, reverse=True)

    def bytes_of(self, url: str) -> int:
        """The size of a wheel in bytes."""
        return (self._folder / url.removeprefix(f"{self.site.assets_url}packages/")).stat().st_size

    @property
    def _folder(self) -> Path:
        return self.site.folder / self.site.assets_url.removeprefix(self.site.url) / "packages"
