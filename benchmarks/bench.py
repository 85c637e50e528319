"""What all groups share: the number of rounds, the folders, and the sites to measure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.host import Host, Line
from benchmarks.rows import BARE, PYRUN
from benchmarks.sites import build_sphinx, write_bare_site, write_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import ExitStack
    from pathlib import Path

    from playwright.sync_api import Playwright

    from benchmarks.rows import Found, Row

__all__ = ["SLOW_BITS_PER_SECOND", "SLOW_LATENCY_MS", "Bench", "Group"]

SLOW_BITS_PER_SECOND = 20_000_000
SLOW_LATENCY_MS = 40


@dataclass
class Bench:
    """A run of the benchmarks."""

    folder: Path
    rounds: int
    driver: Playwright
    closing: ExitStack
    _folders: dict[tuple[str, str], Path] = field(default_factory=dict)

    def site(self, kind: str, pyodide: str) -> Path:
        """The folder of a site with a page for each example. Builds the site when it is first needed."""
        key = (kind, pyodide)
        if key not in self._folders:
            target = self.folder / "www" / pyodide / kind
            if kind == BARE:
                write_bare_site(target, pyodide)
            else:
                source = self.folder / "sources" / pyodide / kind
                write_source(source, pyodide, live=kind == PYRUN)
                build_sphinx(source, target)
            self._folders[key] = target
        return self._folders[key]

    def origin(self, kind: str, pyodide: str, *, slow: bool = False) -> str:
        """The URL of a new origin that serves this site. Nothing from it is in a browser's cache."""
        line = Line(SLOW_BITS_PER_SECOND, SLOW_LATENCY_MS) if slow else None
        return self.closing.enter_context(Host(self.site(kind, pyodide), line)).url

    def some(self, rounds: int) -> int:
        """This number of rounds, but not more than ``--rounds``."""
        return min(rounds, self.rounds)

    def new_profile(self, name: str) -> Path:
        """A folder for a browser profile with this name."""
        profile = self.folder / "profiles" / name
        profile.mkdir(parents=True, exist_ok=True)
        return profile


@dataclass(frozen=True)
class Group:
    """Rows that are measured together and form one table."""

    name: str
    title: str
    rows: tuple[Row, ...]
    measure: Callable[[Bench], Iterator[Found]]
    compared_with: str = BARE
    """The kind of site that ratios are relative to."""
