"""From selected packages to the files that readers load, and the server of each file."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyrun_core.cache import store
from pyrun_core.options.choices import Vendor
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
            if url := self._url_elsewhere(package, origin):
                published[name] = published_elsewhere(package, origin, url, self.wheel_cache)
            else:
                to_copy[self._source_url(package)] = package
        try:
            files = self.wheel_cache.fetch(to_copy)
        except PyrunError as error:
            found = {url: self.wheel_cache.find(package) for url, package in to_copy.items()}
            files = {url: file for url, file in found.items() if file}
            missing = [package for url, package in to_copy.items() if url not in files]
            self._report_missing(error, missing, requirements)
        for url, file in files.items():
            package = to_copy[url]
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
        if self.distribution.folder is None:
            # Another server has the files of this Pyodide's packages, and readers may load any of them.
            others = {n: p for n, p in self.pyodide_lock.packages.items() if n not in published}
            in_lock |= {name: package.at(self.distribution.url) for name, package in others.items()}
        lock = Lock(self.pyodide_lock.info, in_lock)
        file = store(self.wheel_cache.cache, LOCK_FILE, lock.to_json().encode())
        files = [copied for each in published.values() if (copied := each.site_file)]
        files.append(SiteFile(file, PACKAGES_FOLDER + file.name))
        return ResolvedSite(
            packages=published,
            names=requirements.names,
            modules=requirements.modules,
            lock_url=PACKAGES_FOLDER + file.name,
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
        is_elsewhere = self.vendor is Vendor.NEVER or self.distribution.folder is None
        return self._source_url(package) if is_elsewhere else ""

    def _source_url(self, package: Package) -> str:
        """Where the build gets a file from. A bare name is a file in the distribution's folder."""
        is_bare = self.pyodide_lock.ships(package) and not is_url(package.file_name)
        return self.distribution.packages_url + package.file_name if is_bare else package.file_name

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
            )
        self.report(Problem.PACKAGES, f"{error}. {fix}{other_locations(locations)}", locations[0])
