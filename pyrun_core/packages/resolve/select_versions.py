"""Choosing the version of each package: as the lock file says, as Pyodide has it, or as pip finds it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pyrun_core.packages.request.requirements import Asked
from pyrun_core.packages.resolve.project_lock import CommittedLock
from pyrun_core.packages.resolve.resolution_cache import Remembered
from pyrun_core.packages.resolve.resolver import Resolver
from pyrun_core.packages.wheel import Wheel, requirements_that_hold
from pyrun_core.packages.wheel_cache import Store
from pyrun_core.pyodide.lock import Lock, Package, closed_set
from pyrun_core.pyodide.target import Target

__all__ = ["Chooser", "LockMode", "is_own"]


class LockMode(Enum):
    """What is done with the author's lock file. ``UPGRADE`` writes it without regard to what it has."""

    FOLLOW = auto()
    WRITE = auto()
    UPGRADE = auto()


@dataclass(frozen=True)
class Chooser:
    """Chooses for one site. ``known`` is Pyodide's own lock file, ``committed`` the author's."""

    known: Lock
    target: Target
    committed: CommittedLock
    resolver: Resolver
    store: Store
    mode: LockMode
    cache: Path

    def choose(self, asked: Asked) -> list[Package]:
        """All packages that meet what is asked for, with what they depend on.

        Raises:
            Refusal: there are none.
            PyrunError: a file that has to be looked into cannot be had.
        """
        from_indexes = asked.from_indexes(self.target)
        if self.mode is LockMode.FOLLOW and self.committed.holds_for(from_indexes, self.known):
            return self._with_local(self.committed.packages(), asked)
        pins = {} if self.mode is LockMode.UPGRADE else self.committed.pins()
        own = None if pins else self.from_pyodide(asked.requirements)
        packages = self._ask_pip(asked, pins) if own is None else own
        if self.mode is not LockMode.FOLLOW:
            theirs = [package for package in packages if package.name not in asked.local]
            self.committed.write(self.known, theirs, from_indexes)
        return packages

    def is_out_of_date(self, asked: Asked) -> bool:
        """Whether there is a lock file that was not followed, because it was written for something else."""
        if self.mode is not LockMode.FOLLOW or self.committed.lock is None:
            return False
        return not self.committed.holds_for(asked.from_indexes(self.target), self.known)

    def from_pyodide(self, requirements: Iterable[str]) -> list[Package] | None:
        """The packages if Pyodide's own versions are all that is asked for; then there is no choice."""
        names = []
        for requirement in map(Requirement, requirements):
            package = self.known.packages.get(canonicalize_name(requirement.name))
            if requirement.marker and not requirement.marker.evaluate(self.target.markers):
                continue
            if package is None or requirement.url or requirement.extras:
                return None
            if not package.meets(requirement.specifier):
                return None
            names.append(package.name)
        return [self.known.packages[name] for name in closed_set(names, self.known.packages)]

    def without_choice(self, asked: Asked) -> list[Package]:
        """What Pyodide has of all that is asked for."""
        usable = [text for text in asked.requirements if self.from_pyodide([text]) is not None]
        return self.from_pyodide(usable) or []

    def _ask_pip(self, asked: Asked, pins: Mapping[str, str]) -> list[Package]:
        requirements = list(asked.requirements)
        checksums = [wheel.sha256 for wheel in asked.local.values()]
        remembered = Remembered.of(self.cache, self.resolver, requirements, checksums, pins)
        packages = remembered.read() if self.mode is LockMode.FOLLOW else None
        if packages is None or not all(map(self._can_be_had, packages)):
            packages = self._complete(self.resolver.resolve(requirements, pins))
            remembered.write(packages)
        return packages

    def _can_be_had(self, package: Package) -> bool:
        """Whether its file is still there, where it was one of this machine."""
        return not package.file_name.startswith("file:") or self.store.find(package) is not None

    def _complete(self, packages: list[Package]) -> list[Package]:
        """With what only the files tell: checksums, where an index gave none, and imports."""
        others = {p.file_name: p for p in packages if not is_own(self.known, p)}
        wheels = {url: Wheel.open(path) for url, path in self.store.fetch(others).items()}
        return [
            p.found_in(wheels[p.file_name].sha256, wheels[p.file_name].imports)
            if p.file_name in wheels
            else p
            for p in packages
        ]

    def _with_local(self, packages: list[Package], asked: Asked) -> list[Package]:
        """The packages of the lock file and the author's own wheels, which are not in it."""
        names = {package.name for package in packages} | set(asked.local)
        local = []
        for requirement in map(Requirement, asked.requirements):
            wheel = asked.local.get(canonicalize_name(requirement.name))
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
        return [*(package for package in packages if package.name not in asked.local), *local]


def is_own(known: Lock, package: Package) -> bool:
    """Whether it is one of Pyodide's own packages."""
    own = known.packages.get(package.name)
    return own is not None and own.file_name == package.file_name
