"""Finds the files that a run has written, so that the page can offer them for download."""

import os
from collections.abc import Iterator
from itertools import islice
from typing import TypedDict

__all__ = ["MOST_ENTRIES", "MOST_NAMED", "Written", "WrittenFile", "WrittenFiles"]

MOST_ENTRIES = 500
"""Of the working directory, whose scan then takes 20 ms. If there are more, no file is offered."""

MOST_NAMED = 50

Stamp = tuple[int, int]
"""When a file was last written, in nanoseconds, and its size."""


class WrittenFile(TypedDict):
    """``WrittenFile`` of ``protocol.js``: a path below the working directory, and a size."""

    path: str
    bytes: int


class Written(TypedDict):
    """``Written`` of ``protocol.js``: the files, and the number of those that are not listed."""

    files: list[WrittenFile]
    omitted: int


class WrittenFiles:
    """Compares a folder before and after a run."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._before: dict[str, Stamp] = {}

    def begin(self) -> None:
        """Start a run: files that exist now are not its output."""
        self._before = self._stamps()

    def exclude(self, path: str) -> None:
        """Take note of a file that something other than the code has written."""
        status = os.stat(path)  # noqa: PTH116 - as everywhere here, because this runs with every example and must be fast
        self._before[os.path.relpath(path, self._folder)] = (status.st_mtime_ns, status.st_size)

    def take(self) -> Written:
        """The files that the code has created or changed since, by path."""
        after = self._stamps()
        if max(len(self._before), len(after)) >= MOST_ENTRIES:
            return {"files": [], "omitted": 0}
        changed = sorted(path for path, stamp in after.items() if self._before.get(path) != stamp)
        files: list[WrittenFile] = [{"path": path, "bytes": after[path][1]} for path in changed[:MOST_NAMED]]
        return {"files": files, "omitted": len(changed) - len(files)}

    def _stamps(self) -> dict[str, Stamp]:
        return dict(islice(_files_below(self._folder, ""), MOST_ENTRIES))


def _files_below(folder: str, prefix: str) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name == "__pycache__" or entry.is_symlink():
                    continue
                if entry.is_dir():
                    yield from _files_below(entry.path, f"{prefix}{entry.name}/")
                elif entry.is_file():
                    status = entry.stat()
                    yield f"{prefix}{entry.name}", (status.st_mtime_ns, status.st_size)
    except OSError:
        return  # the code has removed the folder, or made it unreadable
