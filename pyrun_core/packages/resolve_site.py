"""Resolving the packages of a site: once per build, for all of its pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyrun_core.cache import cache_folder
from pyrun_core.examples.page_requirements import SiteRequirements
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.options.choices import Vendor
from pyrun_core.packages.publish.publish import Publisher
from pyrun_core.packages.publish.resolved import ResolvedSite
from pyrun_core.packages.repack.repack import Repacker
from pyrun_core.packages.request.missing_modules import find_missing
from pyrun_core.packages.request.project_builder import ProjectBuilder
from pyrun_core.packages.request.requirements import RequirementCollector, Requirements
from pyrun_core.packages.resolve.pip_errors import ResolutionError
from pyrun_core.packages.resolve.project_lock import LOCK_NAME, ProjectLock
from pyrun_core.packages.resolve.resolver import Resolver
from pyrun_core.packages.resolve.select_versions import LockMode, VersionSelector
from pyrun_core.packages.resolve.undeclared_imports import find_undeclared
from pyrun_core.packages.resolve.version_check import DocumentedProject, check_versions
from pyrun_core.packages.wheel_cache import WheelCache
from pyrun_core.problems import (
    Location,
    Problem,
    PyrunError,
    Report,
    join_locations,
    other_locations,
    shorten,
)
from pyrun_core.pyodide.distribution import Distribution
from pyrun_core.pyodide.lock import Package, closed_set
from pyrun_core.pyodide.target import Target

__all__ = ["LockMode", "ResolveRequest", "resolve_site"]

_STALE_LOCK = (
    f"{LOCK_NAME} was written for other packages or another Pyodide than the pages require now, so pyrun "
    "ignored it. Run 'pyrun lock', and commit the file"
)


@dataclass(frozen=True)
class ResolveRequest:
    """The site whose packages are resolved, and how.

    ``base`` is the folder of the configuration file, ``wheels`` a folder of wheels if the author named one.
    ``log`` passes a message on to the author. ``repack`` is whether wheels are repacked for browsers.
    ``web_files`` are the checksums of files of the web, by URL.
    """

    requirements: SiteRequirements
    base: Path
    distribution: Distribution
    report: Report
    log: Callable[[str], object]
    vendor: Vendor = Vendor.AUTO
    wheels: Path | None = None
    repack: bool = True
    documented: DocumentedProject = field(default_factory=DocumentedProject)
    lock_mode: LockMode = LockMode.FOLLOW
    cache: Path = field(default_factory=cache_folder)
    web_files: Mapping[str, str] = field(default_factory=dict)

    @property
    def location(self) -> Location:
        """Where the author configures the site."""
        return self.requirements.site.location


def resolve_site(request: ResolveRequest) -> ResolvedSite:
    """The packages of a site. What cannot be resolved is reported where it is declared, and left out.

    Raises:
        PyrunError: the author's lock file is not a lock file.
    """
    _report_refused(request)
    pyodide_lock = request.distribution.lock
    target = Target.of_lock(pyodide_lock.info)
    distribution, report, site = request.distribution, request.report, request.requirements
    if request.wheels and not request.wheels.is_dir():
        message = f"wheels: the folder {request.wheels} does not exist. Correct the path"
        report(Problem.OPTION, message, request.location)
    folders = (distribution.folder, *([request.wheels] if request.wheels else []))
    wheel_cache = WheelCache(request.cache, target, KeptDownloads(request.cache, request.log), folders)
    requirements = _collector(request, target).collect(site)
    selector = VersionSelector(
        pyodide_lock,
        target,
        ProjectLock.beside(request.base),
        Resolver(pyodide_lock, target, distribution.folder, request.wheels),
        wheel_cache,
        request.lock_mode,
        request.cache,
        request.web_files,
    )
    packages = {package.name: package for package in _select(selector, requirements, request)}
    if selector.is_lock_stale(requirements):
        report(Problem.LOCK, _STALE_LOCK, request.location)
    publisher = Publisher(pyodide_lock, distribution, request.vendor, wheel_cache, report, request.location)
    published = publisher.publish(packages, requirements)
    if found := [
        f"{name} ({requirements.reasons[module]})"
        for module, name in sorted(requirements.modules.items())
        if name
    ]:
        request.log(f"packages found by their imports: {', '.join(found)}")
    check_versions(request.documented, packages, requirements, report, request.location)
    undeclared = find_undeclared(site, requirements, packages, pyodide_lock, report)
    # Publish the undeclared packages too, so that readers can be offered to load them.
    offered = {name: publisher.publish_local(name) for name in closed_set(undeclared, pyodide_lock.packages)}
    published = {**{name: each for name, each in offered.items() if each}, **published}
    if request.repack and not distribution.is_remote:
        imported = {*site.imported_names(), *_modules_of(requirements.names.values(), packages)}
        published = Repacker(request.cache, distribution.folder, imported, request.log).repack(published)
    provided = _modules_of(published, packages)
    missing = find_missing(requirements, published, provided)
    return replace(publisher.resolved_site(requirements, published), missing=missing)


def _collector(request: ResolveRequest, target: Target) -> RequirementCollector:
    builder = ProjectBuilder(request.cache / "projects")
    lock = request.distribution.lock
    return RequirementCollector(request.base, lock, target, builder, request.report, request.wheels)


def _report_refused(request: ResolveRequest) -> None:
    """Report what pages name although the site doesn't let them."""
    for entry, locations in request.requirements.refused().items():
        fix = request.requirements.page_packages.explain(entry, request.location.file)
        message = (
            f"{shorten(entry)} is not among the packages that pages of this site may name, so it is left out"
        )
        request.report(Problem.PACKAGES, f"{message}. {fix}{other_locations(locations)}", locations[0])


def _select(selector: VersionSelector, requirements: Requirements, request: ResolveRequest) -> list[Package]:
    """The packages for as many requirements as possible. The others are reported."""
    while True:
        try:
            return selector.select(requirements)
        except ResolutionError as error:
            locations = requirements.locations_of(error.names)
            if requirements.drop(error.names):
                request.report(Problem.PACKAGES, f"{error}{other_locations(locations)}", locations[0])
                continue
            reason = str(error)
        except PyrunError as error:
            reason = str(error)
        # It is not known which requirement is to blame, so only Pyodide's packages remain.
        packages = selector.available_from_pyodide(requirements)
        left_out = requirements.names_without(package.name for package in packages)
        locations = requirements.locations_of(left_out) or [request.location]
        names = f"{', '.join(left_out)} (required at {join_locations(locations)})"
        request.report(Problem.PACKAGES, f"{reason}. Left out: {names}", locations[0])
        return packages


def _modules_of(names: Iterable[str], packages: Mapping[str, Package]) -> Iterator[str]:
    """The modules that packages provide."""
    for name in names:
        if package := packages.get(name):
            yield from package.imports
