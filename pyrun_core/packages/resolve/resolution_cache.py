"""pip's recent results, so that a build soon after another one does not run pip."""

import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pyrun_core.cache import digest_of, new_file
from pyrun_core.packages.resolve.resolver import Resolver
from pyrun_core.pyodide.lock import Package, read_package

__all__ = ["CachedResolution"]

_MAX_AGE_SECONDS = 24 * 60 * 60
"""A day's work. An author who wants results that last commits a lock file."""


@dataclass(frozen=True)
class CachedResolution:
    """The file for one result of pip. Its name is a checksum of everything that pip was given."""

    path: Path

    @classmethod
    def of(
        cls,
        cache: Path,
        resolver: Resolver,
        requirements: Iterable[str],
        checksums: Iterable[str],
        pins: Mapping[str, str],
    ) -> "CachedResolution":
        """The file for these requirements, checksums of the author's wheels, and pins.

        pip's environment variables count too. Its configuration files are not read.
        """
        pyodide_lock, wheels = resolver.pyodide_lock, resolver.wheels
        pyodide = {
            name: [package.version, package.file_name, package.sha256]
            for name, package in pyodide_lock.packages.items()
        }
        folder = (
            sorted((file.name, file.stat().st_mtime_ns) for file in wheels.glob("*.whl")) if wheels else []
        )
        variables = sorted((name, value) for name, value in os.environ.items() if name.startswith("PIP_"))
        required = [sorted(requirements), sorted(checksums), dict(pins)]
        question = [*required, folder, variables, dict(pyodide_lock.info), pyodide]
        return cls(cache / "resolved" / f"{digest_of(json.dumps(question, sort_keys=True))}.json")

    def read(self) -> list[Package] | None:
        """The packages, if pip selected them less than a day ago."""
        try:
            if time.time() - self.path.stat().st_mtime > _MAX_AGE_SECONDS:
                return None
            items = json.loads(self.path.read_text(encoding="utf-8"))
            return [read_package(item) for item in items]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, packages: Iterable[Package]) -> None:
        """Keep the packages that pip selected."""
        with new_file(self.path) as partial:
            partial.write_text(json.dumps([asdict(package) for package in packages]), encoding="utf-8")
