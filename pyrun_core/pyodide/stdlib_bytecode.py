"""Adding bytecode to the standard library of an author's Pyodide.

The standard library of Pyodide comes as source, so Python compiles what it imports at every start. The
bundled Pyodide gets its bytecode when pyrun is built, a Pyodide in an author's folder when the site is first
built.
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
    log: Callable[[str], object],
    cache: Path | None = None,
) -> Distribution:
    """The same distribution, with bytecode for its library if the site serves it and it has none.

    The library is kept in ``cache``, by default the user's cache folder. If it cannot be written, the author
    is told, and readers get the original library.
    """
    folder = distribution.folder
    if distribution.core_url or _has_bytecode(folder / LIBRARY):
        return distribution
    try:
        library = _compiled(distribution.label, folder, cache or cache_folder(), log)
    except (CompileError, OSError) as error:
        log(f"Python's library is published without bytecode, and Python starts more slowly: {error}")
        return distribution
    grown = library.stat().st_size - (folder / LIBRARY).stat().st_size
    return replace(distribution, compiled_library=library, core_bytes=distribution.core_bytes + grown)


def _has_bytecode(library: Path) -> bool:
    try:
        with zipfile.ZipFile(library) as archive:
            return any(name.endswith(".pyc") for name in archive.namelist())
    except zipfile.BadZipFile:
        return False  # Pyodide reports this when it starts


def _compiled(label: str, folder: Path, cache: Path, log: Callable[[str], object]) -> Path:
    """The library with bytecode, from the cache or written to it.

    Raises:
        CompileError: the library cannot be compiled.
        OSError: the cache cannot be written.
    """
    key = digest_of(build_of(folder), sha256_of(folder / LIBRARY))
    target = cache / "libraries" / key / LIBRARY
    if target.is_file():
        return target
    find_node()  # without it, the message would be wrong
    log(f"adding bytecode to the standard library of {label}, for this build and later ones")
    with new_file(target) as partial:
        compile_library(folder, partial)
    return target
