"""A package as readers get it: from the site or from another server."""

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from pyrun_core.cache import sha256_of
from pyrun_core.packages.wheel_cache import WheelCache
from pyrun_core.pinned_file import integrity_of
from pyrun_core.pyodide.lock import Package
from pyrun_core.site_file import SiteFile

__all__ = [
    "PACKAGES_FOLDER",
    "Origin",
    "PublishedPackage",
    "is_url",
    "published_by_site",
    "published_elsewhere",
]

PACKAGES_FOLDER = "packages/"
"""The folder of packages, below the folder of pyrun's files."""

_HASH_DIGITS = 12


class Origin(Enum):
    """Where a package comes from."""

    PYODIDE = "Pyodide"
    INDEX = "package index"
    LOCAL = "your wheel"
    PROJECT = "your project"


@dataclass(frozen=True)
class PublishedPackage:
    """A package as readers get it.

    ``file`` is copied into the site; it is ``None`` if another server provides ``url``. ``url`` is relative
    to the folder of pyrun's files, or absolute. ``size_bytes`` is ``None`` if the build cannot know it.
    """

    package: Package
    origin: Origin
    url: str
    file: Path | None
    size_bytes: int | None

    @property
    def integrity(self) -> str:
        """The checksum as browsers check it."""
        return integrity_of(self.package.sha256)

    @property
    def in_lock(self) -> Package:
        """Its entry in the site's lock file. File names there are relative to the lock file."""
        return replace(self.package, file_name=self.url.removeprefix(PACKAGES_FOLDER))

    @property
    def site_file(self) -> SiteFile | None:
        """The file to copy into the site, if the site serves it."""
        return SiteFile(self.file, unquote(self.url)) if self.file else None

    def with_file(self, file: Path) -> "PublishedPackage":
        """The same package from another file, which the site serves."""
        return published_by_site(replace(self.package, sha256=sha256_of(file)), self.origin, file)


def published_by_site(package: Package, origin: Origin, file: Path) -> PublishedPackage:
    """A package whose file the site serves, at a URL that carries its checksum."""
    package = package.with_sum_of(file)
    url = f"{PACKAGES_FOLDER}{package.sha256[:_HASH_DIGITS]}/{quote(package.wheel_name)}"
    return PublishedPackage(package, origin, url, file, file.stat().st_size)


def published_elsewhere(
    package: Package,
    origin: Origin,
    url: str,
    wheel_cache: WheelCache,
) -> PublishedPackage:
    """A package that browsers load from its URL. Its size is known if the file is on this machine.

    Raises:
        PyrunError: its checksum is unknown, and its file cannot be downloaded.
    """
    file = wheel_cache.find(package) if package.sha256 else wheel_cache.downloads.fetch(url).path
    package = package.with_sum_of(file) if file else package
    return PublishedPackage(package, origin, url, None, file.stat().st_size if file else None)


def is_url(text: str) -> bool:
    """Whether a file name is a URL."""
    return urlsplit(text).scheme in {"http", "https"}
