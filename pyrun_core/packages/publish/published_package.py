"""Where a reader's browser gets the file of each package from."""

import base64
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from pyrun_core.cache import sha256_of
from pyrun_core.packages.wheel_cache import Store
from pyrun_core.pyodide.lock import Package
from pyrun_core.site_file import SiteFile

__all__ = ["PACKAGES_FOLDER", "Origin", "ServedPackage"]

PACKAGES_FOLDER = "packages/"
"""Where packages are served, below the folder of pyrun's files."""

_HASH_DIGITS = 12


class Origin(Enum):
    """Where a package is from."""

    PYODIDE = "Pyodide"
    INDEX = "package index"
    LOCAL = "your wheel"
    PROJECT = "your project"


@dataclass(frozen=True)
class ServedPackage:
    """A package as readers get it.

    ``file`` is copied into the site, ``None`` where somebody else serves ``url``. ``url`` is relative to
    the folder of pyrun's files, or absolute. ``size_bytes`` is ``None`` where the build cannot know it.
    """

    package: Package
    origin: Origin
    url: str
    file: Path | None
    size_bytes: int | None

    @property
    def integrity(self) -> str:
        """The checksum as browsers take it (https://www.w3.org/TR/SRI/)."""
        return "sha256-" + base64.b64encode(bytes.fromhex(self.package.sha256)).decode()

    @property
    def in_lock(self) -> Package:
        """As it stands in the site's lock file, whose names are relative to that file."""
        return replace(self.package, file_name=self.url.removeprefix(PACKAGES_FOLDER))

    @property
    def site_file(self) -> SiteFile | None:
        """What is to be copied."""
        return SiteFile(self.file, unquote(self.url)) if self.file else None

    def with_file(self, file: Path) -> "ServedPackage":
        """The same package, from another file, which the site serves."""
        return served_by_site(replace(self.package, sha256=sha256_of(file)), self.origin, file)


def served_by_site(package: Package, origin: Origin, file: Path) -> ServedPackage:
    """A package whose file the site serves, under an address that carries its checksum."""
    name = quote(unquote(package.wheel_name))
    url = f"{PACKAGES_FOLDER}{package.sha256[:_HASH_DIGITS]}/{name}"
    return ServedPackage(package, origin, url, file, file.stat().st_size)


def served_elsewhere(package: Package, origin: Origin, url: str, store: Store) -> ServedPackage:
    """A package whose file is fetched from its URL; its size is known if the file happens to be here."""
    here = store.find(package)
    return ServedPackage(package, origin, url, None, here.stat().st_size if here else None)


def is_url(text: str) -> bool:
    """Whether a file name is an address on the web."""
    return urlsplit(text).scheme in {"http", "https"}
