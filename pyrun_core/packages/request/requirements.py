"""From the package entries that authors wrote to requirements that an installer reads."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import InvalidName, canonicalize_name
from packaging.version import Version

from pyrun_core.examples.call_needs import CallNeed
from pyrun_core.examples.imports import Import, is_in_python
from pyrun_core.examples.page_requirements import SiteRequirements
from pyrun_core.options.package_entries import AUTO, read_path, requirement_line, requirement_name
from pyrun_core.packages.request.compiled_project import find_compiled_wheel, project_name
from pyrun_core.packages.request.import_names import PACKAGE_OF
from pyrun_core.packages.request.installed import installed_owners
from pyrun_core.packages.request.project_builder import ProjectBuilder
from pyrun_core.packages.wheel import Wheel, requirements_that_hold
from pyrun_core.problems import Location, Problem, PyrunError, Report
from pyrun_core.pyodide.lock import Lock, Package
from pyrun_core.pyodide.target import Target

__all__ = ["RequirementCollector", "Requirements", "is_of_version"]


@dataclass
class Requirements:
    """All packages that a site requires.

    ``locations`` has each requirement, as an installer reads it, with the locations that declare it.
    ``local`` are the author's wheels by canonical name; those in ``projects`` were built from a project.
    ``names`` gives the canonical name for each package entry, ``modules`` for each import that an ``auto``
    covers; ``reasons`` says what is behind the import, as messages call it. ``failed`` are the canonical
    names of the author's projects that cannot be used, by their entries.
    """

    locations: dict[str, list[Location]] = field(default_factory=lambda: defaultdict(list))
    local: dict[str, Wheel] = field(default_factory=dict)
    projects: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def locations_of(self, names: Iterable[str]) -> list[Location]:
        """Where packages are declared."""
        wanted = set(names)
        return [
            location
            for requirement, locations in self.locations.items()
            if requirement_name(requirement) in wanted
            for location in locations
        ]

    def names_without(self, names: Iterable[str]) -> list[str]:
        """The required packages, except these."""
        return sorted(set(map(requirement_name, self.locations)) - set(names))

    def drop(self, names: Iterable[str]) -> bool:
        """Remove the requirements of these packages. Returns whether there were any."""
        wanted = set(names)
        dropped = [requirement for requirement in self.locations if requirement_name(requirement) in wanted]
        for requirement in dropped:
            del self.locations[requirement]
        return bool(dropped)

    def from_indexes(self, target: Target) -> list[str]:
        """What package indexes have to provide: all requirements and those of local wheels, but no path.

        A lock file is written for this list, which does not depend on the commit a local wheel is built from.
        """
        wanted: set[str] = set()
        for text in self.locations:
            requirement = Requirement(text)
            wheel = self.local.get(canonicalize_name(requirement.name))
            if wheel is None:
                wanted.add(text)
            else:
                requires = wheel.metadata.requires_dist or []
                names = requirements_that_hold(requires, target.markers, tuple(sorted(requirement.extras)))
                wanted.update(_without_marker(r) for r in requires if canonicalize_name(r.name) in names)
        return sorted(text for text in wanted if requirement_name(text) not in self.local)


@dataclass(frozen=True)
class RequirementCollector:
    """Reads the package entries of a site. Paths are relative to ``base``. ``wheels`` is a folder of them."""

    base: Path
    pyodide_lock: Lock
    target: Target
    builder: ProjectBuilder
    report: Report
    wheels: Path | None = None

    def collect(self, site: SiteRequirements) -> Requirements:
        """All requirements of a site. Broken entries are reported at their location and left out."""
        requirements = Requirements()
        broken: set[str] = set()
        for declared in site.declared():
            for entry in declared.entries:
                if entry == AUTO or entry in broken:
                    continue
                if not self._add(requirements, entry, declared.location):
                    broken.add(entry)
        for imported, location in site.auto_imports():
            self._add_import(requirements, imported, location)
        return requirements

    def _add(self, requirements: Requirements, entry: str, location: Location) -> bool:
        path = read_path(entry)
        try:
            if path is None:
                requirement_line(entry)
                self._check_marker(entry)
                requirements.names[entry] = requirement_name(entry)
                requirements.locations[entry].append(location)
                return True
            wheel, is_project = self._local(self.base / path.path)
            _check_same(wheel, requirements.local.get(wheel.name, wheel))
        except PyrunError as error:
            self.report(Problem.PACKAGES, f"{entry}: {error}", location)
            if path and (name := project_name(self.base / path.path)):
                requirements.failed[entry] = name
            return False
        except ValueError as error:
            self.report(Problem.PACKAGES, f"{error}. Correct it", location)
            return False
        requirements.names[entry] = wheel.name
        requirements.local[wheel.name] = wheel
        if is_project:
            requirements.projects.add(wheel.name)
        extras = f"[{','.join(path.extras)}]" if path.extras else ""
        text = f"{wheel.name}{extras} @ {wheel.path.resolve().as_uri()}"
        requirements.locations[text].append(location)
        return True

    def _check_marker(self, entry: str) -> None:
        """Evaluate the marker of a requirement once, where a problem has a location."""
        marker = Requirement(entry).marker
        try:
            if marker:
                marker.evaluate(self.target.markers)
        except ValueError as error:
            raise PyrunError(f"the marker after ';' cannot be evaluated: {error}. Correct it") from error

    def _local(self, path: Path) -> tuple[Wheel, bool]:
        if not path.exists():
            raise PyrunError(
                f"there is no file or folder {path}. Correct the path, which is relative to {self.base}"
            )
        if not path.is_dir():
            wheel = Wheel.open(path)
            if why := self.target.why_not(wheel.path.name):
                raise PyrunError(f"{why}. Name another wheel")
            return wheel, False
        compiled = find_compiled_wheel(path, self.wheels, self.target)
        wheel = compiled or self.builder.build(path)
        if why := self.target.why_not(wheel.path.name):
            place = f"it into {self.wheels}" if self.wheels else "it into a folder, and name that in 'wheels'"
            raise PyrunError(f"{why}. Build a wheel with pyodide-build, and put {place}")
        return wheel, True

    def _add_import(self, requirements: Requirements, imported: Import, location: Location) -> None:
        module = imported.module
        if is_in_python(module, self.pyodide_lock.owners):
            return
        if module in requirements.modules:
            self._require(requirements, requirements.modules[module], location)
            return
        owners = (
            self._owners_of_need(requirements, imported.need)
            if imported.need
            else self._owners(requirements, module)
        )
        if imported.need and not owners:
            return
        requirements.modules[module] = ""
        requirements.reasons[module] = imported.need.by if imported.need else module
        if len(owners) > 1:
            self.report(
                Problem.PACKAGES,
                f"auto: {' and '.join(owners)} provide the module '{module}', which {imported.place} "
                "imports. Add the one you mean to 'packages'",
                location,
            )
        elif owners and not (imported.guarded and self._is_guess(requirements, module)):
            requirements.modules[module] = owners[0]
            self._require(requirements, owners[0], location)

    def _require(self, requirements: Requirements, name: str, location: Location) -> None:
        """Require the package of an import, unless a package entry names it already."""
        if name and name not in requirements.names.values():
            requirements.locations[name].append(location)

    def _owners(self, requirements: Requirements, module: str) -> Sequence[str]:
        """The packages that may provide a module: the author's, Pyodide's, installed ones, or a guess."""
        local = [name for name, wheel in requirements.local.items() if module in wheel.imports]
        owners = local or self.pyodide_lock.owners.get(module) or installed_owners(module)
        declared = [name for name in owners if name in requirements.names.values()]
        return declared or owners or _guessed_owners(module)

    def _owners_of_need(self, requirements: Requirements, need: CallNeed) -> Sequence[str]:
        """The package that a call needs: a declared one, Pyodide's, or a guess. None if no call needs any."""
        if not is_of_version(need, self.pyodide_lock.packages):
            return []
        known = [name for module in need.modules for name in self.pyodide_lock.owners.get(module, ())]
        names = [*known, *map(canonicalize_name, need.modules)]
        declared = [name for name in names if name in requirements.names.values()]
        return (declared or known or ([] if need.compiled else self._owners(requirements, need.module)))[:1]

    def _is_guess(self, requirements: Requirements, module: str) -> bool:
        is_local = any(module in wheel.imports for wheel in requirements.local.values())
        return not is_local and module not in self.pyodide_lock.owners


def is_of_version(need: CallNeed, packages: Mapping[str, Package]) -> bool:
    """Whether the packages have the version in which a call needs another package."""
    user = packages.get(need.user)
    return not need.since or (user is not None and Version(user.version).major >= need.since)


def _check_same(wheel: Wheel, other: Wheel) -> None:
    if other.path != wheel.path:
        raise PyrunError(f"{wheel.path} and {other.path} are both {wheel.name}. Keep one of them")


def _guessed_owners(module: str) -> list[str]:
    """The package with the name of the module. That of ``_private``, for instance, would not be valid."""
    try:
        return [canonicalize_name(PACKAGE_OF.get(module, module), validate=True)]
    except InvalidName:
        return []


def _without_marker(requirement: Requirement) -> str:
    """The requirement of a wheel whose marker holds. In a plain list its marker's extra has no meaning."""
    plain = Requirement(str(requirement))
    plain.marker = None
    plain.name = canonicalize_name(plain.name)
    return str(plain)
