"""Resolving a list of requirements to packages and versions, with pip."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from pyrun_core.options.package_entries import requirement_line
from pyrun_core.packages.pip import PipError, pip_for, target_options
from pyrun_core.packages.resolve.pip_errors import ResolutionError, explain, is_unreachable, unreachable_error
from pyrun_core.packages.resolve.stubs import stub_name, write_stubs
from pyrun_core.packages.wheel import requirements_that_hold
from pyrun_core.pyodide.lock import Lock, Package
from pyrun_core.pyodide.package_names import check_package
from pyrun_core.pyodide.target import Target

__all__ = ["Resolver"]


@dataclass(frozen=True)
class Resolver:
    """Selects among Pyodide's packages, those of pip's indexes, and ``wheels``.

    ``pyodide_wheels`` is a folder that may hold the files of Pyodide's packages, ``wheels`` a folder of
    wheels that the author configured.
    """

    pyodide_lock: Lock
    target: Target
    pyodide_wheels: Path | None = None
    wheels: Path | None = None

    def resolve(self, requirements: Sequence[str], pins: Mapping[str, str]) -> list[Package]:
        """All packages that meet the requirements, and their dependencies.

        ``pins`` are versions to keep, by name. Pyodide's version of a package is used unless a requirement
        excludes it. ``file_name`` is the bare name for Pyodide's packages, and a URL for all others.

        Raises:
            ResolutionError: no set of packages meets the requirements.
        """
        with tempfile.TemporaryDirectory(prefix="pyrun-") as folder:
            stubs = Path(folder, "stubs")
            write_stubs(self._usable(), stubs, self.pyodide_wheels)
            preferred = {**self._versions(requirements), **pins}
            attempts = [preferred, pins, {}] if pins else [preferred, {}]
            for constraints in attempts[:-1]:
                try:
                    return self._run(requirements, constraints, stubs, Path(folder))
                except PipError as error:
                    # Perhaps the preferred versions are the cause, and not the author's requirements.
                    if is_unreachable(str(error)):
                        raise unreachable_error() from error
            try:
                return self._run(requirements, attempts[-1], stubs, Path(folder))
            except PipError as error:
                again = lambda name: self._verbose(name, stubs, Path(folder))  # noqa: E731
                raise explain(str(error), self.target, again) from error

    def _usable(self) -> Iterator[Package]:
        """Pyodide's packages whose version pip can read."""
        for package in self.pyodide_lock.packages.values():
            try:
                Version(package.version)
            except InvalidVersion:
                continue
            yield package

    def _versions(self, requirements: Iterable[str]) -> dict[str, str]:
        """Pyodide's versions, without those that a requirement excludes."""
        usable = {package.name: package for package in self._usable()}
        versions = {name: package.version for name, package in usable.items()}
        for requirement in map(Requirement, requirements):
            package = usable.get(canonicalize_name(requirement.name))
            if package and (requirement.url or not package.meets(requirement.specifier)):
                versions.pop(package.name, None)
        return versions

    def _run(
        self,
        requirements: Sequence[str],
        constraints: Mapping[str, str],
        stubs: Path,
        folder: Path,
    ) -> list[Package]:
        report = folder / "report.json"
        limits = folder / "constraints.txt"
        _write_requirements(limits, (f"{name}=={version}" for name, version in constraints.items()))
        wanted = folder / "requirements.txt"
        _write_requirements(wanted, requirements)
        pip_for(
            self.target,
            *self._command(stubs, folder),
            *("--report", report, "--constraint", limits, "--requirement", wanted),
        )
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
        return list(self._packages(items))

    def _verbose(self, requirement: str, stubs: Path, folder: Path) -> str:
        """Pip's output for a requirement, with its reason for each file that it skips."""
        try:
            return pip_for(self.target, *self._command(stubs, folder), "-vv", "--no-deps", "--", requirement)
        except PipError as error:
            return str(error)

    def _command(self, stubs: Path, folder: Path) -> list[str]:
        links = ["--find-links", str(stubs)]
        if self.wheels:
            links += ["--find-links", str(self.wheels)]
        # --no-user, because the author's pip configuration may set --user, which excludes --target.
        destination = ["--no-user", "--target", str(folder / "target")]
        mode = ["install", "--dry-run", "--ignore-installed"]
        return [*mode, *destination, *target_options(self.target), *links]

    def _packages(self, items: list[dict[str, Any]]) -> Iterator[Package]:
        stubs = {stub_name(package): package for package in self._usable()}
        chosen = {canonicalize_name(item["metadata"]["name"]) for item in items}
        for item in items:
            url: str = item["download_info"]["url"]
            metadata: dict[str, Any] = item["metadata"]
            requires = [Requirement(text) for text in metadata.get("requires_dist", ())]
            extras = tuple(item.get("requested_extras", ()))
            depends = requirements_that_hold(requires, self.target.markers, extras)
            name = canonicalize_name(metadata["name"])
            stub = stubs.get(unquote(urlsplit(url).path).rpartition("/")[2])
            try:
                check_package(name, metadata["version"], url)
            except ValueError as error:
                raise ResolutionError(f"{error}. Use another index", frozenset({name})) from None
            yield Package(
                name=name,
                version=stub.version if stub else metadata["version"],
                file_name=stub.file_name if stub else url,
                sha256=stub.sha256 if stub else _sha256(item),
                depends=tuple(name for name in depends if name in chosen),
                imports=stub.imports if stub else (),
                install_dir=stub.install_dir if stub else "site",
                package_type=stub.package_type if stub else "package",
            )


def _write_requirements(file: Path, requirements: Iterable[str]) -> None:
    """Write a file of requirements. pip gets its options from pyrun, and none from the file."""
    file.write_text("".join(f"{requirement_line(each)}\n" for each in requirements), encoding="utf-8")


def _sha256(item: Mapping[str, Any]) -> str:
    """The checksum from the index. Empty where there is none, as for a file in a folder."""
    hashes: dict[str, str] = item["download_info"].get("archive_info", {}).get("hashes", {})
    return hashes.get("sha256", "")
