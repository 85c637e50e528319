"""Functions that code registers by `atexit`: they are called when its run ends, as its program does."""

import atexit
from collections.abc import Callable, Collection
from functools import partial
from inspect import currentframe
from typing import Any, TypeVar

from pyrun_runtime.run.signals import innermost_frame

__all__ = ["ExitFunctions"]

F = TypeVar("F", bound=Callable[..., Any])


class ExitFunctions:
    """Those of the run. Functions of libraries stay with Python, which does not end."""

    def __init__(self, page_files: Collection[str]) -> None:
        """``page_files`` are those of the page's code; more may be added."""
        self._page_files = page_files
        self._registered: list[partial[Any]] = []
        self._register_for_python = atexit.register
        self._unregister_for_python = atexit.unregister

    def install(self) -> None:
        """Replace both functions of `atexit`."""
        atexit.register = self._register
        atexit.unregister = self._unregister

    def take(self) -> list[Callable[[], object]]:
        """The functions in the order in which they have to be called. They are not registered any more."""
        taken = [*reversed(self._registered)]
        self._registered.clear()
        return [*taken]

    def _register(self, function: F, /, *values: object, **options: object) -> F:
        frame = innermost_frame(currentframe())
        if frame is None or frame.f_code.co_filename not in self._page_files:
            self._register_for_python(function, *values, **options)
        else:
            self._registered.append(partial(function, *values, **options))
        return function

    def _unregister(self, function: Callable[..., Any], /) -> None:
        self._registered = [each for each in self._registered if each.func != function]
        self._unregister_for_python(function)
