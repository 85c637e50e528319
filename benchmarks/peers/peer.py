"""What the comparison needs to know about a tool."""

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
    """The requirements for pip. The first is the tool itself."""
    build: Callable[[Path, Path, Iterable[Example]], Path]
    """Build a site with the given Python, in an empty folder. Returns the folder to publish."""
    page: Callable[[str], str]
    """The path of an example's page in the site."""
    run: Callable[[Page, str], None]
    """Run the example as soon as possible, and wait until its output contains a text."""
    in_place: Callable[[Path], dict[str, Path]] = lambda _: {}
    """The Pyodide folders to use for certain versions, for the given Python."""
    why_no_packages: str = ""
    """The reason why examples with packages are not measured, or empty if they are."""
