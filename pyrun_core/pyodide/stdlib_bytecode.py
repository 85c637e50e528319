"""The standard library of an author's Pyodide, with bytecode.

Python compiles what it imports at every start, and its library comes as source. The bundled Pyodide got its
bytecode when pyrun was built; that of an author's folder is written when the site is built first.
"""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pyrun_core.cache import cache_folder, digest_of, new_file, sha256_of
from pyrun_core.pyodide.bytecode import CompileError, build_of, compile_library, find_node
from pyrun_core.pyodide.distribution import LIBRARY, Distribution

__all__ = ["with_compiled_library"]


def with_compiled_library(
    distribution: Distribution,
    say: Callable[[str], object],
    cache: Path | None = None,
) -> Distribution:
    """The same distribution with a library that has bytecode, where the site serves one that has none.

    What was written once is kept in the folder ``cache``, by default that of all sites. Where it cannot be
    written, the author is told, and readers get the library as it is.
    """
    folder = distribution.folder
    if folder is None or _has_bytecode(folder / LIBRARY):
        return distribution
    try:
        library = _compiled(distribution.label, folder, cache or cache_folder(), say)
    except (CompileError, OSError) as error:
        say(f"Python is served without bytecode for its library, and starts more slowly: {error}")
        return distribution
    grown = library.stat().st_size - (folder / LIBRARY).stat().st_size
    core_bytes = None if distribution.core_bytes is None else distribution.core_bytes + grown
    return replace(distribution, compiled_library=library, core_bytes=core_bytes)


def _has_bytecode(library: Path) -> bool:
    try:
        with zipfile.ZipFile(library) as archive:
            return any(name.endswith(".pyc") for name in archive.namelist())
    except zipfile.BadZipFile:
        return False  # Pyodide itself will say what is wrong with it


def _compiled(label: str, folder: Path, cache: Path, say: Callable[[str], object]) -> Path:
    """The library with bytecode, written if nobody has done so yet.

    Raises:
        CompileError: it cannot be written.
        OSError: the cache cannot be written.
    """
    key = digest_of(build_of(folder), sha256_of(folder / LIBRARY))
    target = cache / "libraries" / key / LIBRARY
    if target.is_file():
        return target
    find_node()  # or else nothing is being added
    say(f"adding bytecode to the standard library of {label}, for this build and later ones")
    with new_file(target) as partial:
        compile_library(folder, partial)
    return target
