"""What pip chose lately, so that a build soon after another asks nobody."""

import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pyrun_core.cache import digest_of, new_file
from pyrun_core.packages.resolve.resolver import Resolver
from pyrun_core.pyodide.lock import Package, read_package

__all__ = ["Remembered"]

_SECONDS = 24 * 60 * 60
"""As long as a day's work. A lock file holds for ever."""


@dataclass(frozen=True)
class Remembered:
    """The place of one answer of pip, which has the question in its name."""

    path: Path

    @classmethod
    def of(
        cls,
        cache: Path,
        resolver: Resolver,
        requirements: Iterable[str],
        checksums: Iterable[str],
        pins: Mapping[str, str],
    ) -> "Remembered":
        """The place for what a resolver is asked: requirements, the author's own wheels, and pins.

        What pip is told by variables counts too. Of its configuration files this knows nothing.
        """
        known, wheels = resolver.base, resolver.wheels
        pyodide = {name: package.version for name, package in known.packages.items()}
        folder = (
            sorted((file.name, file.stat().st_mtime_ns) for file in wheels.glob("*.whl")) if wheels else []
        )
        told = sorted((name, value) for name, value in os.environ.items() if name.startswith("PIP_"))
        asked = [sorted(requirements), sorted(checksums), dict(pins)]
        question = [*asked, folder, told, dict(known.info), pyodide]
        digest = digest_of(json.dumps(question, sort_keys=True))
        return cls(cache / "resolved" / f"{digest}.json")

    def read(self) -> list[Package] | None:
        """The answer, if it was given within a day."""
        try:
            if time.time() - self.path.stat().st_mtime > _SECONDS:
                return None
            items = json.loads(self.path.read_text(encoding="utf-8"))
            return [read_package(item) for item in items]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, packages: Iterable[Package]) -> None:
        """Remember an answer."""
        with new_file(self.path) as partial:
            partial.write_text(json.dumps([asdict(package) for package in packages]), encoding="utf-8")
