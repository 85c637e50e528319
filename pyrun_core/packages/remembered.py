"""What pip chose lately, so that a build soon after another asks nobody."""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from pyrun_core.packages.lock import Lock, Package, read_package

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
        requirements: Iterable[str],
        checksums: Iterable[str],
        known: Lock,
        pins: Mapping[str, str],
    ) -> "Remembered":
        """The place for requirements, the author's own wheels, a Pyodide and pinned versions."""
        pyodide = {name: package.version for name, package in known.packages.items()}
        question = [sorted(requirements), sorted(checksums), dict(known.info), pyodide, dict(pins)]
        digest = sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()
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
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps([asdict(package) for package in packages]), encoding="utf-8")
