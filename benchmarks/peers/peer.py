"""What a comparison needs of a tool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from benchmarks.examples import Example

__all__ = ["Peer"]


@dataclass(frozen=True)
class Peer:
    """A tool that makes examples live."""

    name: str
    requirements: tuple[str, ...]
    """What pip installs; the first is the tool itself."""
    build: Callable[[Path, Path, Iterable[Example]], Path]
    """Build a site: by a Python that has the tool, in an empty folder. Gives what is to be published."""
    page: Callable[[str], str]
    """The address of an example's page in the site."""
    run: Callable[[Page, str], None]
    """Have it run, as soon as that is possible, until a text is in its output."""
    in_place: Callable[[Path], dict[str, Path]] = lambda _: {}
    """Pyodides that are taken in the place of others, by their versions; for the same Python."""
    why_no_packages: str = ""
    """Why examples with packages are not measured."""
