"""Whether readers run the version that the documentation describes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from pyrun_core.packages.request.requirements import Asked
from pyrun_core.problems import Location, Problem, Report
from pyrun_core.pyodide.lock import Package

__all__ = ["Documented", "check_versions"]


@dataclass(frozen=True)
class Documented:
    """What the host's configuration says of the project; empty where it says nothing."""

    project: str = ""
    release: str = ""


def check_versions(
    documented: Documented,
    packages: Mapping[str, Package],
    asked: Asked,
    report: Report,
    otherwise: Location,
) -> None:
    """Report the documented package if its version is not the documented one.

    The documented package is the one whose wheel is built from the author's project, and the one that has
    the project's name. Its documented version is that of the host's configuration, or of the package
    as it is installed where the documentation is built.
    """
    for name in _documented_packages(documented, packages, asked):
        is_project = name == canonicalize_name(documented.project) or len(asked.projects) == 1
        for source, expected in (
            ("the configuration says", documented.release if is_project else ""),
            ("installed is", _installed(name)),
        ):
            if not expected or not _is_version(expected):
                continue
            found = packages[name].version
            if not _same(expected, found):
                report(
                    Problem.VERSION,
                    f"readers run {name} {found}, and {source} {expected}. Ask for {name}=={expected}, or "
                    "correct the version of the documentation",
                    (asked.places_of([name]) or [otherwise])[0],
                )
            break


def _documented_packages(
    documented: Documented,
    packages: Mapping[str, Package],
    asked: Asked,
) -> Iterator[str]:
    own = canonicalize_name(documented.project)
    return (name for name in sorted({own, *asked.projects}) if name in packages)


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
    """Whether they are equal; a short version such as 1.2 stands for all of 1.2.*."""
    if Version(expected) == Version(found):
        return True
    parts = expected.split(".")
    return all(part.isdigit() for part in parts) and Version(found).release[: len(parts)] == tuple(
        map(int, parts)
    )
