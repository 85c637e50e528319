"""Which files a built site serves, and from where they are copied."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.distribution import Distribution

__all__ = ["SiteFile", "site_files"]


@dataclass(frozen=True)
class SiteFile:
    """One file of the site. ``target`` is relative to the folder of pyrun's files, with ``/``."""

    source: Path
    target: str


def site_files(browser_files: BrowserFiles, distribution: Distribution) -> Iterator[SiteFile]:
    """Every file that a site with live examples serves, in a stable order."""
    for name in browser_files.names:
        yield SiteFile(browser_files.folder / name, name)
    if distribution.folder is not None:
        for path in distribution.served_files():
            yield SiteFile(distribution.folder / path, distribution.url + path.as_posix())
