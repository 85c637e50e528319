"""The author's own lock file, ``pyrun-lock.json`` beside the configuration file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from urllib.request import url2pathname

from pyrun_core.pyodide.lock import Lock, Package, read_lock_file

__all__ = ["LOCK_NAME", "CommittedLock"]

LOCK_NAME = "pyrun-lock.json"


@dataclass(frozen=True)
class CommittedLock:
    """A lock file that an author may have committed in the folder ``base``."""

    base: Path
    lock: Lock | None

    @classmethod
    def beside(cls, base: Path) -> "CommittedLock":
        """The lock file of that folder.

        Raises:
            PyrunError: it is none.
        """
        path = base / LOCK_NAME
        return cls(base, read_lock_file(path) if path.is_file() else None)

    def holds_for(self, requirements: Sequence[str], pyodide: Lock) -> bool:
        """Whether it was settled for all these requirements, and for that Pyodide."""
        lock = self.lock
        return lock is not None and lock.info == pyodide.info and set(requirements) <= set(lock.requirements)

    def packages(self) -> list[Package]:
        """Its packages, with paths as this machine has them."""
        return [] if self.lock is None else [self._here(package) for package in self.lock.packages.values()]

    def pins(self) -> dict[str, str]:
        """The versions it names."""
        return {} if self.lock is None else {name: p.version for name, p in self.lock.packages.items()}

    def write(self, pyodide: Lock, packages: Iterable[Package], requirements: Sequence[str]) -> None:
        """Write it anew."""
        kept = Lock(
            pyodide.info, {package.name: self._anywhere(package) for package in packages}, requirements
        )
        (self.base / LOCK_NAME).write_text(kept.to_json(), encoding="utf-8")

    def _here(self, package: Package) -> Package:
        if not package.file_name.startswith(("./", "../")):
            return package
        path = (self.base / unquote(package.file_name)).resolve()
        return replace(package, file_name=path.as_uri())

    def _anywhere(self, package: Package) -> Package:
        """With a path that holds on other machines too, for a wheel of the author's repository."""
        url = urlsplit(package.file_name)
        if url.scheme != "file":
            return package
        path = Path(url2pathname(url.path))
        try:
            relative = path.relative_to(self.base.resolve())
        except ValueError:
            return package
        return replace(package, file_name="./" + quote(relative.as_posix()))
