"""A check that readers run the version that the documentation describes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from pyrun_core.packages.request.requirements import Requirements
from pyrun_core.problems import Location, Problem, Report
from pyrun_core.pyodide.lock import Package

__all__ = ["DocumentedProject", "check_versions"]


@dataclass(frozen=True)
class DocumentedProject:
    """The project as the host's configuration describes it. Empty fields are not configured."""

    name: str = ""
    release: str = ""


def check_versions(
    documented: DocumentedProject,
    packages: Mapping[str, Package],
    requirements: Requirements,
    report: Report,
    site: Location,
) -> None:
    """Report the documented package if readers run another version than the documented one.

    The documented package is the one built from the author's project, or the one with the project's name.
    Its documented version is the one in the host's configuration, or else the one installed in the
    environment that builds the documentation. ``site`` is where the author configures the site.
    """
    for name in _documented_packages(documented, packages, requirements):
        is_project = name == canonicalize_name(documented.name) or len(requirements.projects) == 1
        for source, expected in (
            ("the configuration says", documented.release if is_project else ""),
            ("the build environment has", _installed(name)),
        ):
            if not expected or not _is_version(expected):
                continue
            found = packages[name].version
            if not _same(expected, found):
                report(
                    Problem.VERSION,
                    f"readers run {name} {found}, but {source} {expected}. Require {name}=={expected}, or "
                    "correct the version of the documentation",
                    (requirements.locations_of([name]) or [site])[0],
                )
            break


def _documented_packages(
    documented: DocumentedProject,
    packages: Mapping[str, Package],
    requirements: Requirements,
) -> Iterator[str]:
    project = canonicalize_name(documented.name)
    return (name for name in sorted({project, *requirements.projects}) if name in packages)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _is_version(text: str) -> bool:
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def _same(expected: str, found: str) -> bool:
    """Whether the versions are equal. A short version such as 1.2 stands for 1.2.*."""
    if Version(expected) == Version(found):
        return True
    parts = expected.split(".")
    return all(part.isdigit() for part in parts) and Version(found).release[: len(parts)] == tuple(
        map(int, parts)
    )
