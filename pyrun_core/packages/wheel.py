"""A wheel, and what its metadata says."""

import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from pyrun_core.cache import sha256_of
from pyrun_core.packages.archive import open_archive
from pyrun_core.problems import PyrunError

__all__ = ["Wheel", "requirements_that_hold"]

_MOST_METADATA_BYTES = 10_000_000
"""Metadata has the README of the project, and is parsed as a whole."""


@dataclass(frozen=True)
class Wheel:
    """A wheel on disk."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> "Wheel":
        """The wheel at that path.

        Raises:
            PyrunError: the file does not exist, or is not a wheel.
        """
        wheel = cls(path)
        if not path.is_file():
            raise PyrunError(f"the file {path} does not exist. Correct the path")
        try:
            wheel.name, wheel.version  # noqa: B018 - reads the metadata
        except (zipfile.BadZipFile, KeyError, ExceptionGroup, ValueError) as error:
            raise PyrunError(f"{path} is not a wheel: {error}. Build or download it again") from error
        return wheel

    @cached_property
    def metadata(self) -> Metadata:
        """Its core metadata."""
        with open_archive(self.path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
            if not names:
                raise KeyError("it has no .dist-info/METADATA")
            if archive.getinfo(names[0]).file_size > _MOST_METADATA_BYTES:
                raise zipfile.BadZipFile(f"its metadata has more than {_MOST_METADATA_BYTES} bytes")
            # Not validated: many wheels on indexes have a field that is slightly wrong.
            return Metadata.from_email(archive.read(names[0]), validate=False)

    @property
    def name(self) -> NormalizedName:
        """Its canonical name."""
        return canonicalize_name(self.metadata.name, validate=True)

    @property
    def version(self) -> str:
        """Its version."""
        return str(self.metadata.version)

    @property
    def sha256(self) -> str:
        """The checksum of the file, hexadecimal."""
        return sha256_of(self.path)

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """The top-level modules that it provides.

        They come from its files: ``top_level.txt`` is not in every wheel, and sometimes wrong.
        """
        with open_archive(self.path) as archive:
            paths = [name.split("/") for name in archive.namelist() if name.endswith(".py")]
        modules = {path[0].removesuffix(".py") for path in paths if all(map(_is_package, path[:-1]))}
        return tuple(sorted(modules))


def _is_package(folder: str) -> bool:
    """Whether a folder can be a package, unlike ``name-1.0.dist-info``."""
    return not set(folder) & set(".- ")


def requirements_that_hold(
    requirements: list[Requirement],
    markers: dict[str, str],
    extras: tuple[str, ...] = (),
) -> tuple[NormalizedName, ...]:
    """The names of those requirements that hold in an environment with these extras."""
    return tuple(
        dict.fromkeys(
            canonicalize_name(requirement.name)
            for requirement in requirements
            if requirement.marker is None
            or any(requirement.marker.evaluate({**markers, "extra": extra}) for extra in ("", *extras))
        ),
    )
