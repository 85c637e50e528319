"""The files of a playground: in the working directory while it runs, and importable as they are now."""

import ast
import importlib.util
import linecache
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

__all__ = ["Folder", "FolderFile", "imported_modules"]

_MODULE = ".py"


class FolderFile(TypedDict):
    """A text file, by its name in the working directory; ``FolderFile`` of ``protocol.js``."""

    name: str
    code: str


class Folder:
    """Puts the files of one playground at a time into a directory, and takes them out again."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._replaced: dict[Path, bytes | None] = {}
        """What was there before, by path; None if there was nothing."""

    def open(self, files: list[FolderFile]) -> list[str]:
        """Replace the files of the playground that ran before. Returns the paths of modules."""
        self._close()
        for file in files:
            path = self._path / file["name"]
            with suppress(OSError):  # code has made a folder of this name: opening the file fails and says so
                before = path.read_bytes() if path.exists() else None
                path.write_text(file["code"], encoding="utf-8", newline="")
                self._replaced[path] = before
        self._forget()
        return [str(path) for path in self._replaced if path.suffix == _MODULE]

    def _close(self) -> None:
        """Take the files out, and put back what they have replaced."""
        self._forget()
        for path, content in self._replaced.items():
            with suppress(OSError):
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(content)
        self._replaced = {}

    def _forget(self) -> None:
        """Forget their modules, so that the next import reads them again; none of Python has its file there.

        The cached bytecode goes too: it counts as new if the source has the same size and second.
        """
        for path in self._replaced:
            if path.suffix == _MODULE:
                if getattr(sys.modules.get(path.stem), "__file__", None) == str(path):
                    del sys.modules[path.stem]
                linecache.cache.pop(str(path), None)
                Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
        importlib.invalidate_caches()


def imported_modules(codes: list[str], own: list[str]) -> list[str]:
    """The full names of the modules that some code imports, without those of its files and of Python.

    Code that cannot be parsed imports nothing: its run says why.
    """
    found: dict[str, None] = {}
    for code in codes:
        try:
            tree = ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= dict.fromkeys(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module] = None
    without = {*sys.stdlib_module_names, *(os.path.splitext(name)[0] for name in own)}  # noqa: PTH122 - no path
    return [name for name in found if name.partition(".")[0] not in without]
