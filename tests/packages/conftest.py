"""A project whose packages are resolved, with a folder as its index: no test here needs a network."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.examples.imports import find_imports
from pyrun_core.examples.page_requirements import (
    DeclaredEntries,
    ExampleRequirements,
    PageRequirements,
    SiteRequirements,
)
from pyrun_core.options.package_entries import read_entry
from pyrun_core.packages.resolve_site import ResolveRequest, resolve_site
from pyrun_core.problems import Location
from pyrun_core.pyodide.distribution import choose_distribution
from tests.packages.wheels import make_distribution, make_wheel

if TYPE_CHECKING:
    from pyrun_core.packages.publish.resolved import ResolvedSite
    from pyrun_core.problems import Problem
    from pyrun_core.pyodide.distribution import Distribution

SITE = Location("conf.py", 3)


@dataclass
class Project:
    """A project with a Pyodide that has ``numlike`` 2.0 and ``plotlike`` 1.0, which depends on it."""

    folder: Path
    request: ResolveRequest
    problems: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def index(self) -> Path:
        """The folder that serves as the package index."""
        return self.folder / "index"

    def resolve(
        self, *entries: str, pages: tuple[PageRequirements, ...] = (), **changes: object
    ) -> ResolvedSite:
        """Resolve package entries of the site and those of pages."""
        self.problems.clear()
        requirements = SiteRequirements(DeclaredEntries(tuple(map(read_entry, entries)), SITE), pages)
        return resolve_site(replace(self.request, requirements=requirements, **changes))  # type: ignore[arg-type]

    def report(self, problem: Problem, message: str, location: Location) -> None:
        """Record a problem, which a host would log."""
        self.problems.append(f"{location}: {message} [{problem.value}]")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty project."""
    index = tmp_path / "index"
    index.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    wheels = tmp_path / "made"
    pyodide = make_distribution(
        tmp_path / "pyodide",
        make_wheel(wheels, "numlike", "2.0"),
        make_wheel(wheels, "plotlike", "1.0"),
        depends={"plotlike": ["numlike"]},
    )
    made = Project(tmp_path, None)  # type: ignore[arg-type]  # set below: it needs the methods
    made.request = ResolveRequest(
        SiteRequirements(DeclaredEntries((), SITE)),
        base=tmp_path,
        distribution=choose_distribution(str(pyodide), tmp_path, bundled_files()),
        report=made.report,
        log=made.said.append,
        repack=False,  # Node takes seconds to start a Pyodide, and this one is empty
        cache=tmp_path / "cache",
    )
    return made


def page(
    name: str, *examples: str, packages: tuple[str, ...] = (), blocks: tuple[str, ...] = ()
) -> PageRequirements:
    """A page with these examples; ``packages`` are the page's, ``blocks`` those of each example."""
    declared = (DeclaredEntries(packages, Location(name, 1)),) if packages else ()
    return PageRequirements(
        name,
        declared,
        tuple(
            ExampleRequirements(DeclaredEntries(blocks, Location(name, 10 + number)), find_imports(code))
            for number, code in enumerate(examples)
        ),
    )


def versions(resolved: ResolvedSite) -> dict[str, str]:
    """The packages and their versions."""
    return {name: each.package.version for name, each in sorted(resolved.packages.items())}


def distribution(choice: str) -> Distribution:
    """The distribution that the option ``pyodide`` names."""
    return choose_distribution(choice, Path(), bundled_files())
