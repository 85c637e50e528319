"""Lock files in Pyodide's format: packages, their versions and their files."""

import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from pyrun_core.cache import sha256_of
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.package_names import check_package, file_name_of
from pyrun_core.pyodide.target import Target

__all__ = ["FILE_NAME", "Lock", "Package", "closed_set", "read_lock", "read_lock_file", "read_package"]

FILE_NAME = "pyodide-lock.json"

_SHA256 = re.compile("[0-9a-f]{64}")

_TESTS = "-tests"
"""The suffix of packages that contain the tests of other packages."""

_PYRUN_KEY = "pyrun"
"""The key for pyrun's data in a committed lock file, next to Pyodide's two keys. Pyodide ignores it."""


@dataclass(frozen=True)
class Package:
    """One package of a lock file. ``file_name`` may be a URL; ``depends`` and ``name`` are canonical.

    ``sha256`` is hexadecimal. It is empty if the checksum is unknown or malformed: browsers ignore those.
    """

    name: str
    version: str
    file_name: str
    sha256: str
    depends: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    install_dir: str = "site"
    package_type: str = "package"

    def __post_init__(self) -> None:
        """Drop a malformed checksum, and refuse what is not a name: names become parts of paths and URLs.

        Raises:
            ValueError: the message says what it is.
        """
        checksum = str(self.sha256).lower()
        object.__setattr__(self, "sha256", checksum if _SHA256.fullmatch(checksum) else "")
        check_package(self.name, self.version, self.file_name)

    @property
    def wheel_name(self) -> str:
        """The name of the file, without the rest of a URL."""
        return file_name_of(self.file_name)

    def meets(self, specifier: SpecifierSet) -> bool:
        """Whether its version meets a requirement. Some of Pyodide's versions are not valid in PEP 440."""
        try:
            return not specifier or specifier.contains(Version(self.version), prereleases=True)
        except InvalidVersion:
            return False

    def at(self, folder_url: str) -> "Package":
        """The same package, at the URL of a folder."""
        return self if "://" in self.file_name else replace(self, file_name=folder_url + self.file_name)

    def with_sum_of(self, file: Path) -> "Package":
        """The same package, with the checksum of its file if it is unknown."""
        return self if self.sha256 else replace(self, sha256=sha256_of(file))

    def found_in(self, sha256: str, imports: Sequence[str]) -> "Package":
        """The same package, with the checksum and the imports of its file."""
        return replace(self, sha256=sha256, imports=tuple(imports))

    def as_json(self) -> dict[str, object]:
        """Its entry in a lock file, with the fields that Pyodide requires.

        https://github.com/pyodide/pyodide-lock/blob/main/pyodide_lock/spec.py
        """
        return {
            "depends": list(self.depends),
            "file_name": self.file_name,
            "imports": list(self.imports),
            "install_dir": self.install_dir,
            "name": self.name,
            "package_type": self.package_type,
            "sha256": self.sha256,
            "unvendored_tests": False,
            "version": self.version,
        }


@dataclass(frozen=True)
class Lock:
    """A lock file. ``requirements`` are those that a committed lock file was written for.

    ``files`` are checksums of files of the web by URL, which a committed lock file pins.
    """

    info: Mapping[str, str]
    packages: Mapping[str, Package]
    requirements: Sequence[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    def without_files_but(self, names: Container[str]) -> "Lock":
        """The same lock file, with only the packages whose file is among these."""
        packages = {name: p for name, p in self.packages.items() if p.file_name in names}
        return replace(self, packages=packages)

    def ships(self, package: Package) -> bool:
        """Whether a package is the one of this lock file, from the same file."""
        listed = self.packages.get(package.name)
        return listed is not None and listed.file_name == package.file_name

    @cached_property
    def owners(self) -> Mapping[str, Sequence[str]]:
        """The names of the packages that provide each module, by module."""
        owners: dict[str, list[str]] = {}
        for name in sorted(self.packages):
            for module in self.packages[name].imports:
                owners.setdefault(module, []).append(name)
        return owners

    def to_json(self) -> str:
        """The text of the file. The same packages give the same text."""
        packages = {name: self.packages[name].as_json() for name in sorted(self.packages)}
        content: dict[str, object] = {"info": dict(self.info), "packages": packages}
        own = {"requirements": sorted(self.requirements), "files": dict(self.files)}
        if any(own.values()):
            content[_PYRUN_KEY] = {key: value for key, value in own.items() if value}
        return json.dumps(content, indent=1, sort_keys=True) + "\n"


def read_lock(text: str, origin: str) -> Lock:
    """Read a lock file.

    Raises:
        PyrunError: the text is not a lock file. ``origin`` names the file in the message.
    """
    try:
        content: dict[str, Any] = json.loads(text)
        packages = {
            name: package
            for package in map(read_package, content["packages"].values())
            if not (name := package.name).endswith(_TESTS)
        }
        info = content["info"]
        Target.of_lock(info)  # without its keys, no package can be resolved
        own = content.get(_PYRUN_KEY, {})
        requirements = tuple(own.get("requirements", ()))
        files = {
            str(url): str(checksum)
            for url, checksum in own.get("files", {}).items()
            if _SHA256.fullmatch(str(checksum))
        }
    except json.JSONDecodeError:
        raise PyrunError(f"{origin} is not a Pyodide lock file") from None
    except ValueError as error:
        raise PyrunError(f"{origin} is not a Pyodide lock file: {error}") from None
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise PyrunError(f"{origin} is not a Pyodide lock file") from None
    return Lock(info, packages, requirements, files)


def read_lock_file(path: Path) -> Lock:
    """Read a lock file from disk.

    Raises:
        PyrunError: the file is not a lock file.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PyrunError(f"{path} is not a Pyodide lock file") from None
    return read_lock(text, str(path))


def closed_set(names: Iterable[str], packages: Mapping[str, Package]) -> tuple[str, ...]:
    """The packages and all of their dependencies, each once, dependencies first."""
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
    """Read an entry of a lock file.

    Raises:
        KeyError: a required field is missing.
        ValueError: a field has something else than a name.
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
