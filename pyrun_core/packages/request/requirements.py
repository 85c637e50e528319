"""From the words that authors wrote to requirements that an installer reads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pyrun_core.options.package_entries import AUTO, read_path
from pyrun_core.packages.request.import_names import PACKAGE_OF
from pyrun_core.packages.request.imports import Import, is_in_python
from pyrun_core.packages.request.page_requirements import SiteNeeds
from pyrun_core.packages.request.project_builder import ProjectBuilder
from pyrun_core.packages.wheel import Wheel, requirements_that_hold
from pyrun_core.problems import Location, Problem, PyrunError, Report
from pyrun_core.pyodide.lock import Lock
from pyrun_core.pyodide.target import Target

__all__ = ["Asked", "Collector"]


@dataclass
class Asked:
    """Everything that a site asks for.

    ``requirements`` have the places that ask for them; ``local`` are wheels of the author's own, by
    canonical name. ``names`` gives the canonical name for each word, ``modules`` for each import that
    an ``auto`` found.
    """

    requirements: dict[str, list[Location]] = field(default_factory=lambda: defaultdict(list))
    local: dict[str, Wheel] = field(default_factory=dict)
    projects: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)

    def places_of(self, names: Iterable[str]) -> list[Location]:
        """Where packages are asked for."""
        wanted = set(names)
        return [
            place
            for requirement, places in self.requirements.items()
            if canonicalize_name(Requirement(requirement).name) in wanted
            for place in places
        ]

    def names_but(self, names: Iterable[str]) -> list[str]:
        """The packages that are asked for, but for these."""
        wanted = {canonicalize_name(Requirement(text).name) for text in self.requirements}
        return sorted(wanted - set(names))

    def drop(self, names: Iterable[str]) -> bool:
        """Forget the requirements of these packages; whether there were any."""
        wanted = set(names)
        dropped = [r for r in self.requirements if canonicalize_name(Requirement(r).name) in wanted]
        for requirement in dropped:
            del self.requirements[requirement]
        return bool(dropped)

    def from_indexes(self, target: Target) -> list[str]:
        """What others have to provide: all requirements, and those of the local wheels, but no local path.

        It is what a lock file is settled for: the same whatever commit the author's own wheel is of.
        """
        wanted: set[str] = set()
        for text in self.requirements:
            requirement = Requirement(text)
            wheel = self.local.get(canonicalize_name(requirement.name))
            if wheel is None:
                wanted.add(text)
            else:
                requires = wheel.metadata.requires_dist or []
                names = requirements_that_hold(requires, target.markers, tuple(sorted(requirement.extras)))
                wanted.update(_without_marker(r) for r in requires if canonicalize_name(r.name) in names)
        return sorted(
            wanted - {name for name in wanted if canonicalize_name(Requirement(name).name) in self.local}
        )


@dataclass(frozen=True)
class Collector:
    """Reads the words. Paths are relative to ``base``."""

    base: Path
    known: Lock
    target: Target
    builder: ProjectBuilder
    report: Report

    def collect(self, needs: SiteNeeds) -> Asked:
        """All that is asked for. What is wrong is reported where it stands, and left out."""
        asked = Asked()
        broken: set[str] = set()
        for declared in needs.declared():
            for word in declared.words:
                if word != AUTO and word not in broken and not self._add(asked, word, declared.location):
                    broken.add(word)
        for imported, location in needs.automatic():
            self._add_import(asked, imported, location)
        return asked

    def _add(self, asked: Asked, word: str, location: Location) -> bool:
        path = read_path(word)
        try:
            if path is None:
                requirement = Requirement(word)
                asked.names[word] = canonicalize_name(requirement.name)
                asked.requirements[word].append(location)
                return True
            wheel, is_project = self._local(self.base / path.path)
            _check_same(wheel, asked.local.get(wheel.name, wheel))
        except PyrunError as error:
            self.report(Problem.PACKAGES, f"{word}: {error}", location)
            return False
        asked.names[word] = wheel.name
        asked.local[wheel.name] = wheel
        if is_project:
            asked.projects.add(wheel.name)
        extras = f"[{','.join(path.extras)}]" if path.extras else ""
        asked.requirements[f"{wheel.name}{extras} @ {wheel.path.resolve().as_uri()}"].append(location)
        return True

    def _local(self, path: Path) -> tuple[Wheel, bool]:
        if not path.exists():
            raise PyrunError(f"there is no {path}. Correct the path, which is relative to {self.base}")
        is_project = path.is_dir()
        wheel = self.builder.build(path) if is_project else Wheel.open(path)
        if why := self.target.why_not(wheel.path.name):
            cure = "Build it with pyodide-build, and name the wheel" if is_project else "Name another wheel"
            raise PyrunError(f"{why}. {cure}")
        return wheel, is_project

    def _add_import(self, asked: Asked, imported: Import, location: Location) -> None:
        module = imported.module
        if is_in_python(module, self.known.owners):
            return
        if module in asked.modules:
            self._ask_for(asked, asked.modules[module], location)
            return
        asked.modules[module] = ""
        owners = self._owners(asked, module)
        if len(owners) > 1:
            self.report(
                Problem.PACKAGES,
                f"auto: {' and '.join(owners)} have the module '{module}', which line {imported.line} of "
                "the example imports. Name the one you mean in 'packages'",
                location,
            )
        elif owners and not (imported.guarded and self._is_guess(asked, module)):
            asked.modules[module] = owners[0]
            self._ask_for(asked, owners[0], location)

    def _ask_for(self, asked: Asked, name: str, location: Location) -> None:
        """Ask for what an import needs, unless an author has asked for it in words of his own."""
        if name and name not in asked.names.values():
            asked.requirements[name].append(location)

    def _owners(self, asked: Asked, module: str) -> Sequence[str]:
        """The packages that an import may be from: the author's, Pyodide's, those installed, a guess."""
        local = [name for name, wheel in asked.local.items() if module in wheel.imports]
        owners = local or self.known.owners.get(module) or _installed_owners(module)
        declared = [name for name in owners if name in asked.names.values()]
        return declared or owners or [canonicalize_name(PACKAGE_OF.get(module, module))]

    def _is_guess(self, asked: Asked, module: str) -> bool:
        return module not in self.known.owners and all(module not in w.imports for w in asked.local.values())


def _check_same(wheel: Wheel, known: Wheel) -> None:
    if known.path != wheel.path:
        raise PyrunError(f"{wheel.path} and {known.path} are both {wheel.name}. Keep one of them")


def _installed_owners(module: str) -> list[str]:
    """The packages that have a module where the documentation is built."""
    return sorted({canonicalize_name(name) for name in packages_distributions().get(module, ())})


def _without_marker(requirement: Requirement) -> str:
    """The requirement of a wheel, whose marker holds, for another's list: an extra is nothing there."""
    plain = Requirement(str(requirement))
    plain.marker = None
    plain.name = canonicalize_name(plain.name)
    return str(plain)
