"""Stubs of Pyodide's packages for pip: wheels with metadata and nothing else.

They tell pip which packages exist and what those depend on, without any download.
"""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.utils import canonicalize_name

from pyrun_core.packages.wheel import Wheel
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.lock import Package

__all__ = ["stub_name", "write_stubs"]

# Of two wheels of the same version, pip prefers the higher build number: the stub, not the index's wheel.
_BUILD = "999999999"


def write_stubs(packages: Iterable[Package], folder: Path, wheels: Path | None) -> None:
    """Write a stub of each package. ``wheels`` may hold the real wheels, which list extras."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        extras = _lines_of_extras(wheels / package.wheel_name) if wheels else ()
        name = package.name.replace("-", "_")
        info = f"{name}-{package.version}.dist-info"
        metadata = [
            "Metadata-Version: 2.1",
            f"Name: {package.name}",
            f"Version: {package.version}",
            *(f"Requires-Dist: {dependency}" for dependency in package.depends),
            *extras,
        ]
        with zipfile.ZipFile(folder / stub_name(package), "w") as stub:
            stub.writestr(f"{info}/METADATA", "\n".join(metadata) + "\n")
            stub.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            stub.writestr(f"{info}/RECORD", "")


def stub_name(package: Package) -> str:
    """The file name of the stub."""
    return f"{package.name.replace('-', '_')}-{package.version}-{_BUILD}-py3-none-any.whl"


def _lines_of_extras(path: Path) -> Iterator[str]:
    """The extras of a wheel and their requirements. Pyodide's lock file lists the other requirements."""
    if path.suffix != ".whl" or not path.is_file():
        return
    try:
        metadata = Wheel.open(path).metadata
    except PyrunError:
        return
    for extra in metadata.provides_extra or ():
        yield f"Provides-Extra: {canonicalize_name(extra)}"
    for requirement in metadata.requires_dist or ():
        if requirement.marker and "extra" in str(requirement.marker):
            yield f"Requires-Dist: {requirement}"
