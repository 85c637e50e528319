"""Which modules exist, and what is in them, without importing any that could run code."""

from __future__ import annotations

import functools
import importlib
import importlib.machinery
import json
import os
import pkgutil
import re
import sys
import zipimport
from typing import TYPE_CHECKING, Any

from pyrun_runtime.assist.lookup import instance_dict, is_module

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["importable", "loaded_module", "outline", "submodules"]

_ABSENT = frozenset(
    {
        *("antigravity", "curses", "dbm", "ensurepip", "fcntl", "grp", "idlelib", "lib2to3", "msvcrt", "nt"),
        *("pty", "pwd", "readline", "resource", "syslog", "termios", "this", "tkinter", "turtledemo", "tty"),
        *("venv", "winreg", "winsound", "pydoc_data", "nturl2path"),
    }
)
"""Modules of the standard library that Pyodide lacks, and two that are jokes."""

_OUTLINE = re.compile(
    r"^(?:(?P<kind>class|(?:async[ \t]+)?def)[ \t]+)?(?P<name>[^\W\d]\w*)(?P<rest>[ \t]*[:=](?!=))?",
    re.MULTILINE,
)
_MOST_SOURCE_CHARACTERS = 500_000
_MOST_MODULES = 1000


def importable(packaged: str) -> list[str]:
    """The names of all modules that code can import.

    ``packaged`` is JSON: those of packages that a run loads when it needs them.
    """
    standard = {name for name in sys.stdlib_module_names if not name.startswith("_")} - _ABSENT
    folders = tuple(_folders(sys.path))
    installed = _installed(folders, tuple(_changed(folder) for folder in folders))
    names = standard | installed | {name.partition(".")[0] for name in json.loads(packaged)}
    return sorted(name for name in names if name.isidentifier() and not name.startswith("_pyrun"))


@functools.lru_cache(maxsize=1)
def _installed(folders: tuple[str, ...], changed: tuple[int, ...]) -> frozenset[str]:
    """The modules in folders, listed again when one of them has changed: packages are installed meanwhile."""
    del changed
    return frozenset(info.name for info in pkgutil.iter_modules(folders))


def _changed(folder: str) -> int:
    try:
        return os.stat(folder or ".").st_mtime_ns  # noqa: PTH116 - a folder of the path may be empty
    except OSError:
        return 0


def submodules(package: str) -> list[str]:
    """The modules in a package."""
    infos = pkgutil.iter_modules(_search_path(package))
    return sorted({info.name for _, info in zip(range(_MOST_MODULES), infos, strict=False)})


def loaded_module(name: str) -> ModuleType | None:
    """A module that has been imported, or one that is part of the interpreter."""
    module = sys.modules.get(name)
    if module is None and name in sys.builtin_module_names:
        module = importlib.import_module(name)  # there is no code to run
    return module if module is not None and is_module(module) else None


@functools.lru_cache(maxsize=20)
def outline(name: str) -> dict[str, str]:
    """Names at the top of a module's source, with their kinds, for a module that has not been imported."""
    spec = _spec(name)
    source: Any = None
    if spec is not None and type(spec.loader) in (
        importlib.machinery.SourceFileLoader,
        zipimport.zipimporter,
    ):
        try:
            source = spec.loader.get_source(name)  # type: ignore[union-attr]
        except (ImportError, OSError, UnicodeError, SyntaxError):
            source = None
    if type(source) is not str:
        return {}
    found: dict[str, str] = {}
    for match in _OUTLINE.finditer(source[:_MOST_SOURCE_CHARACTERS]):
        if match["kind"]:
            found.setdefault(match["name"], "class" if match["kind"] == "class" else "function")
        elif match["rest"]:
            found.setdefault(match["name"], "variable")
    return found


def _search_path(package: str) -> list[str]:
    module = sys.modules.get(package)
    if module is not None and is_module(module):
        return _folders(instance_dict(module).get("__path__"))
    spec = _spec(package)
    return _folders(spec and spec.submodule_search_locations)


def _spec(name: str) -> importlib.machinery.ModuleSpec | None:
    parent, _, _ = name.rpartition(".")
    path = _search_path(parent) if parent else _folders(sys.path)
    try:
        return importlib.machinery.PathFinder.find_spec(name, path) if path else None
    except (ImportError, ValueError, OSError):
        return None


def _folders(path: Any) -> list[str]:
    """The folders of a path, which code may have replaced by anything."""
    if type(path) is not list:
        path = dict.get(instance_dict(path), "_path") if path is not None else None
    return [folder for folder in path if type(folder) is str] if type(path) is list else []
