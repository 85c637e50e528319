"""From chosen packages to the files that readers load, and from where."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyrun_core.cache import store
from pyrun_core.options.choices import Vendor
from pyrun_core.packages.publish.published_package import (
    PACKAGES_FOLDER,
    Origin,
    ServedPackage,
    is_url,
    served_by_site,
    served_elsewhere,
)
from pyrun_core.packages.publish.resolved import Settled
from pyrun_core.packages.request.page_requirements import places
from pyrun_core.packages.request.requirements import Asked
from pyrun_core.packages.resolve.select_versions import is_own
from pyrun_core.packages.wheel_cache import Store
from pyrun_core.problems import Location, Problem, PyrunError, Report
from pyrun_core.pyodide.distribution import LOCK_FILE, Distribution
from pyrun_core.pyodide.lock import Lock, Package
from pyrun_core.site_file import SiteFile

__all__ = ["Serving"]


@dataclass(frozen=True)
class Serving:
    """Decides who serves the file of each package. ``site`` is where the author configures the site."""

    known: Lock
    distribution: Distribution
    vendor: Vendor
    store: Store
    report: Report
    site: Location

    def serve(self, packages: Mapping[str, Package], asked: Asked) -> dict[str, ServedPackage]:
        """The packages as readers get them, by name; those whose file cannot be had are reported."""
        served: dict[str, ServedPackage] = {}
        to_copy: dict[str, Package] = {}
        for name, package in packages.items():
            origin = self._origin(package, asked)
            if url := self._url_elsewhere(package, origin):
                served[name] = served_elsewhere(package, origin, url, self.store)
            else:
                to_copy[self._source_url(package)] = package
        try:
            files = self.store.fetch(to_copy)
        except PyrunError as error:
            files = {url: file for url, package in to_copy.items() if (file := self.store.find(package))}
            missing = [package for url, package in to_copy.items() if url not in files]
            self._report_missing(error, missing, asked)
        for url, file in files.items():
            package = to_copy[url]
            served[package.name] = served_by_site(package, self._origin(package, asked), file)
        return served

    def at_hand(self, name: str) -> ServedPackage | None:
        """One of Pyodide's own packages, if its file is on this machine."""
        package = self.known.packages[name]
        file = self.store.find(package)
        return served_by_site(package, Origin.PYODIDE, file) if file else None

    def settled(self, asked: Asked, served: Mapping[str, ServedPackage]) -> Settled:
        """All of it, and the site's lock file, which lists what readers can load and nothing else."""
        in_lock = {name: each.in_lock for name, each in served.items()}
        if self.distribution.folder is None:
            # Its packages stay where they are, and readers may load any of them.
            theirs = self.known.packages.items()
            in_lock |= {name: p.at(self.distribution.url) for name, p in theirs if name not in served}
        lock = Lock(self.known.info, in_lock)
        file = store(self.store.cache, LOCK_FILE, lock.to_json().encode())
        files = [copied for each in served.values() if (copied := each.site_file)]
        files.append(SiteFile(file, PACKAGES_FOLDER + file.name))
        return Settled(
            packages=served,
            names=asked.names,
            modules=asked.modules,
            lock_url=PACKAGES_FOLDER + file.name,
            files=tuple(sorted(files, key=lambda each: each.target)),
        )

    def _origin(self, package: Package, asked: Asked) -> Origin:
        if package.name in asked.local:
            return Origin.PROJECT if package.name in asked.projects else Origin.LOCAL
        return Origin.PYODIDE if is_own(self.known, package) else Origin.INDEX

    def _url_elsewhere(self, package: Package, origin: Origin) -> str:
        """Where readers get a file that the site does not serve; empty for one that it serves."""
        if origin is Origin.INDEX:
            return package.file_name if self.vendor is Vendor.NEVER and is_url(package.file_name) else ""
        has_other_place = origin is Origin.PYODIDE and bool(self.distribution.packages_url)
        if not has_other_place or self.vendor is Vendor.ALWAYS:
            return ""
        is_elsewhere = self.vendor is Vendor.NEVER or self.distribution.folder is None
        return self._source_url(package) if is_elsewhere else ""

    def _source_url(self, package: Package) -> str:
        """Where the build gets a file from; a bare name for one in the folder of the distribution."""
        is_bare = is_own(self.known, package) and not is_url(package.file_name)
        return self.distribution.packages_url + package.file_name if is_bare else package.file_name

    def _report_missing(self, error: PyrunError, missing: list[Package], asked: Asked) -> None:
        where = asked.places_of(package.name for package in missing) or [self.site]
        others = f" (asked for at {places(where)})" if len(set(where)) > 1 else ""
        cure = "Put the wheels into a folder, and name it in 'wheels'"
        if any(is_own(self.known, package) for package in missing):
            label = self.distribution.label
            cure = (
                f"{label[0].upper()}{label[1:]} comes without the files of its packages. Build where they "
                "can be downloaded, put them into a folder that 'wheels' names, name the folder of a whole "
                "distribution in 'pyodide', or let readers load them from elsewhere: pyodide: cdn"
            )
        self.report(Problem.PACKAGES, f"{error}. {cure}{others}", where[0])
