"""The author's lock file, ``pyrun-lock.json`` next to the configuration file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from urllib.request import url2pathname

from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.lock import Lock, Package, read_lock_file

__all__ = ["LOCK_NAME", "ProjectLock"]

LOCK_NAME = "pyrun-lock.json"


@dataclass(frozen=True)
class ProjectLock:
    """The lock file of the folder ``base``. ``lock`` is ``None`` if there is no such file."""

    base: Path
    lock: Lock | None

    @classmethod
    def beside(cls, base: Path) -> "ProjectLock":
        """The lock file of that folder.

        Raises:
            PyrunError: the file is not a lock file.
        """
        path = base / LOCK_NAME
        return cls(base, read_lock_file(path) if path.is_file() else None)

    def holds_for(self, requirements: Sequence[str], pyodide_lock: Lock) -> bool:
        """Whether it was written for that Pyodide and for at least these requirements."""
        lock = self.lock
        if lock is None or lock.info != pyodide_lock.info:
            return False
        return set(requirements) <= set(lock.requirements)

    def packages(self, pyodide_lock: Lock) -> list[Package]:
        """Its packages, with absolute paths.

        Raises:
            PyrunError: the checksum of one is missing, and it is not Pyodide's.
        """
        if self.lock is None:
            return []
        listed = [
            pyodide_lock.packages[each.name] if not each.sha256 and pyodide_lock.ships(each) else each
            for each in self.lock.packages.values()
        ]
        if unknown := [each.name for each in listed if not each.sha256 and not pyodide_lock.ships(each)]:
            raise PyrunError(
                f"{self.base / LOCK_NAME} has no SHA-256 checksum of {', '.join(unknown)}, so a changed file "
                "would not be noticed. Run 'pyrun lock', and commit the file",
            )
        return [self._with_absolute_path(package) for package in listed]

    def pins(self) -> dict[str, str]:
        """The versions it names."""
        return {} if self.lock is None else {name: p.version for name, p in self.lock.packages.items()}

    def write(
        self,
        pyodide_lock: Lock,
        packages: Iterable[Package],
        requirements: Sequence[str],
        files: Mapping[str, str],
    ) -> None:
        """Write the file. ``files`` are checksums of files of the web, by URL."""
        listed = {package.name: self._with_relative_path(package) for package in packages}
        lock = Lock(pyodide_lock.info, listed, requirements, files)
        (self.base / LOCK_NAME).write_text(lock.to_json(), encoding="utf-8")

    def _with_absolute_path(self, package: Package) -> Package:
        if not package.file_name.startswith("./"):
            return package
        path = (self.base / unquote(package.file_name)).resolve()
        return replace(package, file_name=path.as_uri())

    def _with_relative_path(self, package: Package) -> Package:
        """A wheel in the author's repository gets a path that is valid on other machines too."""
        url = urlsplit(package.file_name)
        if url.scheme != "file":
            return package
        path = Path(url2pathname(url.path))
        try:
            relative = path.relative_to(self.base.resolve())
        except ValueError:
            return package
        return replace(package, file_name="./" + quote(relative.as_posix()))
