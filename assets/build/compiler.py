"""Writes bytecode inside Pyodide: ``bytecode.mjs`` runs this file there and calls its functions.

Each function returns the path of a new archive in Pyodide's file system.
"""

import importlib
import importlib.util
import marshal
import sys
import warnings
import zipfile
import zipimport
from collections.abc import Iterable, Mapping
from contextlib import suppress

__all__ = ["compile_library", "compile_modules", "compile_wheel"]

DateTime = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute, second, as `zipfile.ZipInfo` takes them."""

_UNCHECKED = 0b01
"""The flags of bytecode that Python loads without looking at its source, which cannot change in the browser.

https://peps.python.org/pep-0552/
"""


def compile_library(archive: str, common: Iterable[str]) -> str:
    """The standard library, with bytecode of the modules that are loaded now and those in ``common``."""
    library = next(path for path in sys.path if path.endswith(".zip"))
    for name in common:
        with suppress(ImportError):  # not every version has all of them
            importlib.import_module(name)
    specs = (getattr(module, "__spec__", None) for module in list(sys.modules.values()))
    origins = {spec.origin for spec in specs if spec and isinstance(spec.loader, zipimport.zipimporter)}
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile("/library.zip", "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
            path = f"{library}/{entry.filename}"
            if path in origins:
                _add_bytecode(target, entry.filename, content, path, entry.date_time)
    return "/library.zip"


def compile_modules(sources: Mapping[str, str], folder: str, rare: Iterable[str], date_time: DateTime) -> str:
    """Modules with their bytecode, which those do not get whose path begins like one of ``rare``.

    ``folder`` is where readers' Python imports them from.
    """
    with zipfile.ZipFile("/modules.zip", "w") as target:
        for name, source in sources.items():
            content = source.encode()
            target.writestr(zipfile.ZipInfo(name, date_time), content, zipfile.ZIP_DEFLATED, 9)
            if not name.startswith(tuple(rare)):
                _add_bytecode(target, name, content, f"{folder}/{name}", date_time)
    return "/modules.zip"


def compile_wheel(wheel: str, names: Iterable[str], date_time: DateTime) -> str:
    """The bytecode of the named modules of a wheel, without their sources."""
    warnings.simplefilter("ignore")  # authors cannot change the code of packages
    folder = next(path for path in sys.path if path.endswith("/site-packages"))
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile("/bytecode.zip", "w") as target:
        for name in names:
            try:
                bytecode = _bytecode_of(source.read(name), f"{folder}/{name}")
            except (SyntaxError, ValueError, OverflowError, RecursionError):
                continue  # code for another Python, or a template: it cannot be imported either
            target.writestr(zipfile.ZipInfo(importlib.util.cache_from_source(name), date_time), bytecode)
    return "/bytecode.zip"


def _add_bytecode(archive: zipfile.ZipFile, name: str, source: bytes, path: str, date_time: DateTime) -> None:
    bytecode = _bytecode_of(source, path)
    archive.writestr(zipfile.ZipInfo(name + "c", date_time), bytecode, zipfile.ZIP_DEFLATED, 9)


def _bytecode_of(source: bytes, path: str) -> bytes:
    code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    header = importlib.util.MAGIC_NUMBER + _UNCHECKED.to_bytes(4, "little")
    return header + importlib.util.source_hash(source) + marshal.dumps(code)
