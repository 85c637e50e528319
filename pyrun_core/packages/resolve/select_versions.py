"""Selecting the version of each package: from the lock file, from Pyodide, or from pip."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pyrun_core.packages.request.requirements import Requirements
from pyrun_core.packages.resolve.project_lock import ProjectLock
from pyrun_core.packages.resolve.resolution_cache import CachedResolution
from pyrun_core.packages.resolve.resolver import Resolver
from pyrun_core.packages.wheel import Wheel, requirements_that_hold
from pyrun_core.packages.wheel_cache import WheelCache
from pyrun_core.pyodide.lock import Lock, Package, closed_set
from pyrun_core.pyodide.target import Target

__all__ = ["LockMode", "VersionSelector"]


class LockMode(Enum):
    """What happens to the author's lock file. ``UPGRADE`` writes it and ignores the versions it has."""

    FOLLOW = auto()
    WRITE = auto()
    UPGRADE = auto()


@dataclass(frozen=True)
class VersionSelector:
    """Selects versions for one site.

    ``pyodide_lock`` is the lock file of its Pyodide, ``project_lock`` that of the author. ``web_files`` are
    the checksums of files of the web, for the latter.
    """

    pyodide_lock: Lock
    target: Target
    project_lock: ProjectLock
    resolver: Resolver
    wheel_cache: WheelCache
    mode: LockMode
    cache: Path
    web_files: Mapping[str, str]

    def select(self, requirements: Requirements) -> list[Package]:
        """All packages that meet the requirements, and their dependencies.

        Raises:
            ResolutionError: no set of packages meets them.
            PyrunError: a file that has to be read is not available.
        """
        from_indexes = requirements.from_indexes(self.target)
        if self.mode is LockMode.FOLLOW and self.project_lock.holds_for(from_indexes, self.pyodide_lock):
            return self._with_local(self.project_lock.packages(self.pyodide_lock), requirements)
        pins = {} if self.mode is LockMode.UPGRADE else self.project_lock.pins()
        packages = None if pins else self.from_pyodide(requirements.locations)
        if packages is None:
            packages = self._from_pip(requirements, pins)
        if self.mode is not LockMode.FOLLOW:
            locked = [package for package in packages if package.name not in requirements.local]
            self.project_lock.write(self.pyodide_lock, locked, from_indexes, self.web_files)
        return packages

    def is_lock_stale(self, requirements: Requirements) -> bool:
        """Whether there is a lock file that was not followed, because it was written for something else."""
        if self.mode is not LockMode.FOLLOW or self.project_lock.lock is None:
            return False
        return not self.project_lock.holds_for(requirements.from_indexes(self.target), self.pyodide_lock)

    def from_pyodide(self, requirements: Iterable[str]) -> list[Package] | None:
        """Pyodide's versions, if they meet all requirements. Then there is nothing to select."""
        names = []
        for requirement in map(Requirement, requirements):
            package = self.pyodide_lock.packages.get(canonicalize_name(requirement.name))
            if requirement.marker and not requirement.marker.evaluate(self.target.markers):
                continue
            if package is None or requirement.url or requirement.extras:
                return None
            if not package.meets(requirement.specifier):
                return None
            names.append(package.name)
        packages = self.pyodide_lock.packages
        return [packages[name] for name in closed_set(names, packages)]

    def available_from_pyodide(self, requirements: Requirements) -> list[Package]:
        """Pyodide's versions for those requirements that they meet."""
        met = [text for text in requirements.locations if self.from_pyodide([text]) is not None]
        return self.from_pyodide(met) or []

    def _from_pip(self, requirements: Requirements, pins: Mapping[str, str]) -> list[Package]:
        texts = list(requirements.locations)
        checksums = [wheel.sha256 for wheel in requirements.local.values()]
        cached = CachedResolution.of(self.cache, self.resolver, texts, checksums, pins)
        packages = cached.read() if self.mode is LockMode.FOLLOW else None
        if packages is None or not all(map(self._is_available, packages)):
            packages = self._complete(self.resolver.resolve(texts, pins))
            cached.write(packages)
        return packages

    def _is_available(self, package: Package) -> bool:
        """Whether a package is still there, if its file is on this machine."""
        return not package.file_name.startswith("file:") or self.wheel_cache.find(package) is not None

    def _complete(self, packages: list[Package]) -> list[Package]:
        """The packages with what only their files tell: checksums that an index omits, and imports."""
        others = {p.file_name: p for p in packages if not self.pyodide_lock.ships(p)}
        wheels = {url: Wheel.open(path) for url, path in self.wheel_cache.fetch(others).items()}
        return [
            p.found_in(wheels[p.file_name].sha256, wheels[p.file_name].imports)
            if p.file_name in wheels
            else p
            for p in packages
        ]

    def _with_local(self, packages: list[Package], requirements: Requirements) -> list[Package]:
        """The packages of the lock file, and the author's wheels, which it does not list."""
        names = {package.name for package in packages} | set(requirements.local)
        local = []
        for requirement in map(Requirement, requirements.locations):
            wheel = requirements.local.get(canonicalize_name(requirement.name))
            if wheel is None:
                continue
            requires = wheel.metadata.requires_dist or []
            depends = requirements_that_hold(requires, self.target.markers, tuple(requirement.extras))
            package = Package(
                name=wheel.name,
                version=wheel.version,
                file_name=wheel.path.resolve().as_uri(),
                sha256=wheel.sha256,
                depends=tuple(name for name in depends if name in names),
                imports=wheel.imports,
            )
            local.append(package)
        return [*(package for package in packages if package.name not in requirements.local), *local]
