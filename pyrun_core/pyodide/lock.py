"""Lock files in Pyodide's own format: which packages there are, in which version, from which file."""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.target import Target

__all__ = ["FILE_NAME", "Lock", "Package", "closed_set", "read_lock", "read_lock_file", "read_package"]

FILE_NAME = "pyodide-lock.json"

_FIELDS = (
    *("depends", "file_name", "imports", "install_dir", "name", "package_type", "sha256"),
    *("unvendored_tests", "version"),
)

_TESTS = "-tests"
"""The end of names of packages that hold other packages' tests."""

_OWN_KEY = "pyrun"
"""What pyrun keeps in a committed lock file beside Pyodide's two keys. Pyodide does not look at it."""


@dataclass(frozen=True)
class Package:
    """One package of a lock file. ``file_name`` may be a URL; ``depends`` and ``name`` are canonical."""

    name: str
    version: str
    file_name: str
    sha256: str
    depends: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    install_dir: str = "site"
    package_type: str = "package"

    @property
    def wheel_name(self) -> str:
        """The name of the file, without what is before it in a URL."""
        return self.file_name.rpartition("/")[2]

    def meets(self, specifier: SpecifierSet) -> bool:
        """Whether it has a version that a requirement takes. Pyodide's are not all as PEP 440 wants them."""
        try:
            return not specifier or specifier.contains(Version(self.version), prereleases=True)
        except InvalidVersion:
            return False

    def at(self, folder_url: str) -> "Package":
        """The same, from a folder on the web."""
        return self if "://" in self.file_name else replace(self, file_name=folder_url + self.file_name)

    def found_in(self, sha256: str, imports: Sequence[str]) -> "Package":
        """The same, with what its file says."""
        return replace(self, sha256=sha256, imports=tuple(imports))

    def as_json(self) -> dict[str, object]:
        """As it stands in a lock file."""
        from pyodide_lock.spec import PackageSpec  # noqa: PLC0415 - only who writes a lock waits for it

        spec = PackageSpec(
            name=self.name,
            version=self.version,
            file_name=self.file_name,
            sha256=self.sha256,
            depends=list(self.depends),
            imports=list(self.imports),
            install_dir=self.install_dir,
            package_type=self.package_type,  # type: ignore[arg-type]  # as it was read
        )
        # A model of pydantic up to 0.1, of attrs from 0.2 on: they have no way to become a dict in common.
        return {name: getattr(spec, name) for name in _FIELDS}


@dataclass(frozen=True)
class Lock:
    """A lock file. ``requirements`` are what it was settled for, in a lock file that was committed."""

    info: Mapping[str, str]
    packages: Mapping[str, Package]
    requirements: Sequence[str] = ()

    def without_files_but(self, names: Container[str]) -> "Lock":
        """The same without the packages whose file is not among these."""
        packages = {name: p for name, p in self.packages.items() if p.file_name in names}
        return replace(self, packages=packages)

    def ships(self, package: Package) -> bool:
        """Whether a package is the one of this lock file, from the same file."""
        listed = self.packages.get(package.name)
        return listed is not None and listed.file_name == package.file_name

    @cached_property
    def owners(self) -> Mapping[str, Sequence[str]]:
        """The names of the packages from which each module is imported, by that."""
        owners: dict[str, list[str]] = {}
        for name in sorted(self.packages):
            for module in self.packages[name].imports:
                owners.setdefault(module, []).append(name)
        return owners

    def to_json(self) -> str:
        """The text of the file; the same packages give the same text."""
        packages = {name: self.packages[name].as_json() for name in sorted(self.packages)}
        content: dict[str, object] = {"info": dict(self.info), "packages": packages}
        if self.requirements:
            content[_OWN_KEY] = {"requirements": sorted(self.requirements)}
        return json.dumps(content, indent=1, sort_keys=True) + "\n"


def read_lock(text: str, origin: str) -> Lock:
    """Read a lock file.

    Raises:
        PyrunError: it is none. ``origin`` says where it is from.
    """
    try:
        content: dict[str, Any] = json.loads(text)
        packages = {
            name: package
            for package in map(read_package, content["packages"].values())
            if not (name := package.name).endswith(_TESTS)
        }
        info = content["info"]
        Target.of_lock(info)  # without what that needs nothing can be chosen
        requirements = content.get(_OWN_KEY, {}).get("requirements", ())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PyrunError(f"{origin} is not a Pyodide lock file") from None
    return Lock(info, packages, tuple(requirements))


def read_lock_file(path: Path) -> Lock:
    """Read a lock file from the disk.

    Raises:
        PyrunError: there is none, or it cannot be read.
    """
    return read_lock(path.read_text(encoding="utf-8"), str(path))


def closed_set(names: Iterable[str], packages: Mapping[str, Package]) -> tuple[str, ...]:
    """The names and all that they depend on, each once, dependencies first."""
    order: dict[str, None] = {}
    visiting: set[str] = set()

    def visit(name: str) -> None:
        if name in visiting or name not in packages:
            return
        visiting.add(name)
        for dependency in packages[name].depends:
            visit(dependency)
        order[name] = None

    for name in names:
        visit(name)
    return tuple(order)


def read_package(package: Mapping[str, Any]) -> Package:
    """A package as a lock file has it.

    Raises:
        KeyError: something is missing.
    """
    return Package(
        name=canonicalize_name(package["name"]),
        version=str(package.get("version", "")),
        file_name=package["file_name"],
        sha256=package.get("sha256", ""),
        depends=tuple(map(canonicalize_name, package.get("depends", ()))),
        imports=tuple(package.get("imports", ())),
        install_dir=package.get("install_dir", "site"),
        package_type=package.get("package_type", "package"),
    )
