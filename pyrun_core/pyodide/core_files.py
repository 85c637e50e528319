"""The files of Pyodide's core: their names, and a copy of those that another server provides."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyrun_core.cache import digest_of, new_file, sha256_of
from pyrun_core.kept_download import DownloadError, KeptDownloads, cache_error
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.lock import FILE_NAME as LOCK_FILE

__all__ = ["CORE_FILES", "GLUE_FILES", "LIBRARY", "CoreCopy", "copy_core", "is_script", "version_in"]

LIBRARY = "python_stdlib.zip"

_ENTRY = "pyodide.mjs"

# What the browser fetches for the core. From 314 on, the compiled loader script (glue) is a module.
CORE_FILES = (_ENTRY, "pyodide.asm.wasm", LIBRARY, LOCK_FILE)
GLUE_FILES = ("pyodide.asm.mjs", "pyodide.asm.js")

# The version in the entry module: `version` in
# https://github.com/pyodide/pyodide/blob/main/src/js/version.ts, minified. Lock files have it only before
# 0.29, and the lock file of 0.28.3 has a different one.
_VERSION = re.compile(r'="(\d+\.\d+\.\d+[0-9a-z.]*)"')

_UNKNOWN = "unknown"


@dataclass(frozen=True)
class CoreCopy:
    """A copy of the core that another server provides. ``sums`` are the checksums of its files, by name."""

    folder: Path
    sums: Mapping[str, str]


def copy_core(url: str, downloads: KeptDownloads) -> CoreCopy:
    """A copy of the core at a URL that ends in a slash: the one that the server has now.

    Raises:
        PyrunError: the server cannot be reached, or has no core there.
    """
    try:
        files = {name: downloads.fetch(url + name) for name in CORE_FILES}
        glue = _glue_of(files[_ENTRY].path.read_bytes().decode(errors="replace"))
        files[glue] = downloads.fetch(url + glue)
    except DownloadError as error:
        raise PyrunError(
            f"pyodide: {error}. pyrun pins the files of that Pyodide. Correct the URL, build where it can be "
            "reached, or download that Pyodide and set 'pyodide' to its folder.",
        ) from error
    sums = {name: file.sha256 for name, file in sorted(files.items())}
    folder = downloads.cache / "cores" / digest_of(*(f"{name} {each}" for name, each in sums.items()))
    try:
        for name, file in files.items():
            copy = folder / name
            if not copy.is_file() or sha256_of(copy) != file.sha256:
                with new_file(copy) as partial:
                    shutil.copyfile(file.path, partial)
    except OSError as error:
        raise cache_error(downloads.cache, error) from error
    return CoreCopy(folder, sums)


def version_in(folder: Path) -> str:
    """The version of the core in a folder, or ``unknown``."""
    return _version_of((folder / _ENTRY).read_text(encoding="utf-8"))


def is_script(name: str) -> bool:
    """Whether a file of the core is a script."""
    return name == _ENTRY or name in GLUE_FILES


def _glue_of(entry: str) -> str:
    return GLUE_FILES[1] if _version_of(entry).startswith("0.") else GLUE_FILES[0]


def _version_of(entry: str) -> str:
    found = _VERSION.search(entry)
    return found[1] if found else _UNKNOWN
