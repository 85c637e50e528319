"""Modules that an import has not found, and the packages that provide them."""

import sys
from functools import wraps
from types import ModuleType
from typing import IO, TypedDict

import _pyrun_worker as worker
from pyrun_runtime.after_import import after_import
from pyrun_runtime.diagnostics.causes import with_causes

__all__ = ["Missing", "find_missing", "install", "is_left_out", "is_not_loaded", "is_separate", "is_unknown"]

_STANDARD = sys.stdlib_module_names | {"test"}  # which is not in the list, as it is for Python itself

_SEPARATE = {
    "_hashlib": "hashlib",
    "_lzma": "lzma",
    "_pydecimal": "pydecimal",
    "_sqlite3": "sqlite3",
    "_ssl": "ssl",
    "lzma": "lzma",
    "pydoc_data": "pydoc-data",
    "sqlite3": "sqlite3",
    "ssl": "ssl",
}
"""The packages of such modules, in Pyodide 0.24 to 0.29."""


class Missing(TypedDict):
    """A module, and the package that provides it; ``Missing`` of ``protocol.js``."""

    module: str
    package: str


def install() -> None:
    """Say of an unknown time zone what the standard library says. Pyodide adds advice for its own pages."""
    after_import("zoneinfo._common", _name_zone_only)


def _name_zone_only(common: ModuleType) -> None:
    load = common.load_tzdata

    @wraps(load)
    def load_tzdata(key: str) -> IO[bytes]:
        try:
            return load(key)  # type: ignore[no-any-return]
        except common.ZoneInfoNotFoundError as error:
            error.args = (f"No time zone found with key {key}",)
            raise

    vars(common).update(load_tzdata=load_tzdata)


def find_missing(error: BaseException) -> Missing | None:
    """The package to load, if a failed import caused the exception."""
    for cause in with_causes(error):
        package = _package_for(cause)
        if package is not None:
            return package
    return None


def is_not_loaded(error: BaseException) -> dict[str, str] | None:
    """Whether the module is in a package that the site has and the page does not load."""
    found = _package_for(error)
    return None if found is None else {"package": found["package"]}


def is_left_out(error: BaseException) -> dict[str, str] | None:
    """Whether the module belongs to the part of the standard library that Pyodide does not have."""
    return {} if _unknown_module(error) in _STANDARD else None


def is_separate(error: BaseException) -> dict[str, str] | None:
    """Whether the module belongs to a part of the standard library that is a package in some Pyodides."""
    package = _SEPARATE.get(_unknown_module(error) or "")
    return None if package is None else {"package": package}


def is_unknown(error: BaseException) -> dict[str, str] | None:
    """Whether no package of the site has the module. Not if its package is there, without this part."""
    module = _unknown_module(error)
    return None if module is None or module in _STANDARD else {}


def _package_for(error: BaseException) -> Missing | None:
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    package = worker.package_providing(error.name)
    return None if package is None else {"module": error.name, "package": package}


def _unknown_module(error: BaseException) -> str | None:
    if not isinstance(error, ModuleNotFoundError) or not error.name or "." in error.name:
        return None
    return error.name
