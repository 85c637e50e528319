"""Files of an author, as messages and annotations of a forge name them: relative to the current folder."""

from dataclasses import dataclass, field
from pathlib import Path

from pyrun_core.problems import Location

__all__ = ["Places"]


@dataclass
class Places:
    """Names files. Hosts name them absolutely, or relative to the folder of the documentation.

    ``folders`` are those that a name can be relative to, besides the current one.
    """

    folders: tuple[Path, ...]
    here: Path = field(default_factory=Path.cwd)
    _names: dict[str, str] = field(default_factory=dict)

    def shown(self, location: Location) -> Location:
        """The same location with the name of the file that a terminal or a forge can open."""
        file = location.file
        if file not in self._names:
            self._names[file] = self._name(file)
        return Location(self._names[file], location.line, location.is_inserted)

    def _name(self, file: str) -> str:
        if not file:
            return file
        found = next(
            (path for folder in (*self.folders, self.here) if (path := folder / file).is_file()), None
        )
        if found is None:  # the name of an object, for instance
            return file
        path = found.resolve()
        here = self.here.resolve()
        return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
