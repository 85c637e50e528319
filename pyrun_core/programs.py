"""Other programs that the build runs, found where the user keeps programs."""

import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["find_program"]

_ENDINGS = (".exe", "") if os.name == "nt" else ("",)


def find_program(name: str, folders: Iterable[str | Path] | None = None) -> str | None:
    """The absolute path of a program in these folders, by default those of the PATH.

    `shutil.which` and Windows look in the current folder first, which can be that of a pull request. A
    relative entry of the PATH is left out for the same reason.
    """
    for folder in map(Path, os.get_exec_path() if folders is None else folders):
        for path in (folder / (name + ending) for ending in _ENDINGS):
            if folder.is_absolute() and path.is_file() and os.access(path, os.X_OK):
                return str(path)
    return None
