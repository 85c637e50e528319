"""Explains failed imports."""

import sys
from collections.abc import Iterator
from typing import TypedDict

import _pyrun_worker as worker

__all__ = ["Missing", "explain", "find_missing", "with_causes"]

_AVAILABLE = "is available on this site, but this page does not load it."
_LEFT_OUT = "Python in a browser does not include this module of the standard library."
_UNKNOWN = (
    "This page has no package with that module. "
    "Only packages that the page's author has chosen can be installed here."
)


class Missing(TypedDict):
    """A module, and the package that provides it; ``Missing`` of ``protocol.js``."""

    module: str
    package: str


def find_missing(error: BaseException) -> Missing | None:
    """The package to load, if a failed import caused the exception."""
    for cause in with_causes(error):
        if isinstance(cause, ModuleNotFoundError) and cause.name:
            package = worker.package_providing(cause.name)
            if package is not None:
                return {"module": cause.name, "package": package}
    return None


def explain(error: ModuleNotFoundError) -> str | None:
    """Why the module is missing; None if its package is installed without this part."""
    if not error.name:
        return None
    package = worker.package_providing(error.name)
    if package is not None:
        return f"{package} {_AVAILABLE}"
    if "." in error.name:
        return None
    return _LEFT_OUT if error.name in sys.stdlib_module_names else _UNKNOWN


def with_causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and its causes, as a traceback shows them, the latest first."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:  # `raise error from error` makes a circle
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
