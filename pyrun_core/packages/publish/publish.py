"""From selected packages to the files that readers load, and the server of each file."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyrun_core.cache import sha256_of, store
from pyrun_core.options.choices import Vendor
from pyrun_core.packages.archive import HostileArchiveError, open_archive
from pyrun_core.packages.publish.published_package import (
    PACKAGES_FOLDER,
    Origin,
    PublishedPackage,
    is_url,
    published_by_site,
    published_elsewhere,
)
from pyrun_core.packages.publish.resolved import ResolvedSite
from pyrun_core.packages.request.requirements import Requirements
from pyrun_core.packages.wheel_cache import WheelCache
from pyrun_core.pinned_file import PinnedFile
from pyrun_core.problems import Location, Problem, PyrunError, Report, other_locations
from pyrun_core.pyodide.distribution import LOCK_FILE, Distribution
from pyrun_core.pyodide.lock import Lock, Package
from pyrun_core.site_file import SiteFile

__all__ = ["Publisher"]


@dataclass(frozen=True)
class Publisher:
    """Decides who serves the file of each package. ``site`` is where the author configures the site."""

    pyodide_lock: Lock
    distribution: Distribution
    vendor: Vendor
    wheel_cache: WheelCache
    report: Report
    site: Location

    def publish(
        self,
        packages: Mapping[str, Package],
        requirements: Requirements,
    ) -> dict[str, PublishedPackage]:
        """The packages as readers get them, by name. Those whose file is not available are reported."""
        published: dict[str, PublishedPackage] = {}
        to_copy: dict[str, Package] = {}
        for name, package in packages.items():
            origin = self._origin(package, requirements)
            url = self._url_elsewhere(package, origin)
            if not url:
                to_copy[self._source_url(package)] = package
                continue
            try:
                published[name] = published_elsewhere(package, origin, url, self.wheel_cache)
            except PyrunError as error:
                self._report_missing(error, [package], requirements)
        try:
            files = self.wheel_cache.fetch(to_copy)
        except PyrunError as error:
            found = {url: self.wheel_cache.find(package) for url, package in to_copy.items()}
            files = {url: file for url, file in found.items() if file}
            missing = [package for url, package in to_copy.items() if url not in files]
            self._report_missing(error, missing, requirements)
        for url, file in files.items():
            package = to_copy[url]
            if not self._is_safe(package, file, requirements):
                continue
            published[package.name] = published_by_site(package, self._origin(package, requirements), file)
        return published

    def publish_local(self, name: str) -> PublishedPackage | None:
        """One of Pyodide's packages, if its file is on this machine."""
        package = self.pyodide_lock.packages[name]
        file = self.wheel_cache.find(package)
        return published_by_site(package, Origin.PYODIDE, file) if file else None

    def resolved_site(
        self,
        requirements: Requirements,
        published: Mapping[str, PublishedPackage],
    ) -> ResolvedSite:
        """The result, with the site's lock file, which lists what readers can load and nothing else."""
        in_lock = {name: each.in_lock for name, each in published.items()}
        if self.distribution.core_url:
            # Another server has the files of this Pyodide's packages, and readers may load any of them.
            # Those whose checksum is unknown are left out: only what the pages require is downloaded.
            packages = self.pyodide_lock.packages.items()
            others = {name: package for name, package in packages if name not in published and package.sha256}
            in_lock |= {name: package.at(self.distribution.packages_url) for name, package in others.items()}
        lock = Lock(self.pyodide_lock.info, in_lock)
        file = store(self.wheel_cache.cache, LOCK_FILE, lock.to_json().encode())
        files = [copied for each in published.values() if (copied := each.site_file)]
        files.append(SiteFile(file, PACKAGES_FOLDER + file.name))
        return ResolvedSite(
            packages=published,
            names=requirements.names,
            modules=requirements.modules,
            lock=PinnedFile(PACKAGES_FOLDER + file.name, sha256_of(file)),
            files=tuple(sorted(files, key=lambda each: each.target)),
        )

    def _origin(self, package: Package, requirements: Requirements) -> Origin:
        if package.name in requirements.local:
            return Origin.PROJECT if package.name in requirements.projects else Origin.LOCAL
        return Origin.PYODIDE if self.pyodide_lock.ships(package) else Origin.INDEX

    def _url_elsewhere(self, package: Package, origin: Origin) -> str:
        """The URL of a file that another server provides. Empty for a file that the site serves."""
        if origin is Origin.INDEX:
            return package.file_name if self.vendor is Vendor.NEVER and is_url(package.file_name) else ""
        is_on_server = origin is Origin.PYODIDE and bool(self.distribution.packages_url)
        if not is_on_server or self.vendor is Vendor.ALWAYS:
            return ""
        is_elsewhere = self.vendor is Vendor.NEVER or bool(self.distribution.core_url)
        return self._source_url(package) if is_elsewhere else ""

    def _source_url(self, package: Package) -> str:
        """Where the build gets a file from. A bare name is a file in the distribution's folder."""
        is_bare = self.pyodide_lock.ships(package) and not is_url(package.file_name)
        return self.distribution.packages_url + package.file_name if is_bare else package.file_name

    def _is_safe(self, package: Package, file: Path, requirements: Requirements) -> bool:
        """Whether readers can unpack a file. If not, that is reported."""
        try:
            open_archive(file).close()
        except HostileArchiveError as error:
            locations = requirements.locations_of([package.name]) or [self.site]
            message = f"{package.wheel_name} is not a wheel: {error}. Use another version of {package.name}"
            self.report(Problem.PACKAGES, message, locations[0])
            return False
        except zipfile.BadZipFile:
            pass  # a library in another format
        return True

    def _report_missing(
        self,
        error: PyrunError,
        missing: list[Package],
        requirements: Requirements,
    ) -> None:
        locations = requirements.locations_of(package.name for package in missing) or [self.site]
        fix = "Put the wheels into a folder, and set 'wheels' to that folder"
        if any(self.pyodide_lock.ships(package) for package in missing):
            label = self.distribution.label
            fix = (
                f"{label[0].upper()}{label[1:]} comes without the files of its packages. Build on a machine "
                "that can download them, put them into a folder and set 'wheels' to it, set 'pyodide' to the "
                "folder of a full distribution, or let readers load them from the CDN with pyodide: cdn"
                if self.distribution.packages_url
                else "Unpack the distribution again"
            )
        self.report(Problem.PACKAGES, f"{error}. {fix}{other_locations(locations)}", locations[0])
