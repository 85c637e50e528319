"""What code can set in Python and in some libraries, back to what it was when the run ends.

Each setting is read before any code of the page runs, or when code imports the library, and written
back after each run. A setting that has not changed is only read.
"""

import asyncio
import gc
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from inspect import currentframe
from pathlib import PurePosixPath
from types import ModuleType
from typing import Any, NamedTuple

from pyrun_runtime.after_import import after_import
from pyrun_runtime.run.signals import innermost_frame

__all__ = ["Settings", "Values"]

Values = dict[str, Any]
"""The values of settings, by name."""

_COMPARED = (bool, int, float, str, tuple, dict, type(None))
"""Types whose values are compared. Of others, such as functions, it matters which object it is."""

_HOOKS = ("breakpointhook", "displayhook", "excepthook", "unraisablehook")
_LIBRARIES = str(PurePosixPath(sys.prefix, "lib", "python"))
"""How paths of the standard library and of packages begin."""

_TOOLS = range(6)
"""Numbers of tools in `sys.monitoring`."""


class Setting(NamedTuple):
    """How to get its value, which is a copy, and how to set it."""

    read: Callable[[], Any]
    write: Callable[[Any], object]


class Settings:
    """Those of Python, and of the libraries that are imported so far."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Remember their values now."""
        self._all = {**_of_sys(), **_of_standard_library(loop), "folder": _folder()}
        self._original = self._read()
        for name, describe in _OF_LIBRARIES.items():
            after_import(name, lambda module, name=name, describe=describe: self._add(name, describe(module)))  # type: ignore[misc]

    def begin(self, kept: Values) -> None:
        """Start a run: set what set-up code of its session has set."""
        self._write(kept)

    def changed(self) -> Values:
        """The values that code has changed in this run."""
        return {name: value for name, value in self._read().items() if _differs(value, self._original[name])}

    def restore(self) -> None:
        """End a run."""
        self._write(self._original)

    def _add(self, name: str, setting: Setting) -> None:
        self._all[name] = setting
        self._original[name] = setting.read()

    def _read(self) -> Values:
        return {name: setting.read() for name, setting in self._all.items()}

    def _write(self, values: Values) -> None:
        for name, value in values.items():
            # Code can have replaced even what a setting is read from. The others are restored all the same.
            with suppress(Exception):
                read, write = self._all[name]
                if _differs(read(), value):
                    write(value)


def _differs(now: object, before: object) -> bool:
    if now is before:
        return False
    if type(now) is not type(before) or not isinstance(now, _COMPARED):
        return True
    try:
        return bool(now != before)
    except Exception:  # noqa: BLE001 - code can have put anything into a list
        return True


def _of_sys() -> dict[str, Setting]:
    settings = {name: _attribute(sys, name) for name in _HOOKS}
    settings["argv"] = _list_in(sys, "argv")
    settings["path"] = _path()
    settings["finders"] = _finders("meta_path")
    settings["finders in folders"] = _finders("path_hooks")
    settings["dont_write_bytecode"] = _attribute(sys, "dont_write_bytecode")
    settings["recursion limit"] = Setting(sys.getrecursionlimit, sys.setrecursionlimit)
    settings["switch interval"] = Setting(sys.getswitchinterval, sys.setswitchinterval)
    settings["digits of integers"] = Setting(sys.get_int_max_str_digits, sys.set_int_max_str_digits)
    settings["coroutine origins"] = Setting(
        sys.get_coroutine_origin_tracking_depth, sys.set_coroutine_origin_tracking_depth
    )
    settings["tracer"] = Setting(sys.gettrace, sys.settrace)
    settings["profiler"] = Setting(sys.getprofile, sys.setprofile)
    settings["monitoring"] = _monitoring()
    return settings


def _of_standard_library(loop: asyncio.AbstractEventLoop) -> dict[str, Setting]:
    return {
        "garbage collector": Setting(gc.isenabled, lambda on: gc.enable() if on else gc.disable()),
        "its thresholds": Setting(gc.get_threshold, lambda thresholds: gc.set_threshold(*thresholds)),
        "its messages": Setting(gc.get_debug, gc.set_debug),
        "umask": Setting(_read_umask, os.umask),
        "tracer of threads": Setting(threading.gettrace, threading.settrace),
        "profiler of threads": Setting(threading.getprofile, threading.setprofile),
        "excepthook of threads": _attribute(threading, "excepthook"),
        "warnings": _filters(),
        "shown warnings": Setting(lambda: warnings.showwarning, _show_warnings),
        "disabled logging": Setting(lambda: logging.root.manager.disable, logging.disable),
        "exceptions of tasks": Setting(loop.get_exception_handler, loop.set_exception_handler),
        "task factory": Setting(loop.get_task_factory, loop.set_task_factory),
        "debug mode of tasks": Setting(loop.get_debug, loop.set_debug),
    }


def _attribute(owner: ModuleType, name: str) -> Setting:
    return Setting(lambda: getattr(owner, name, None), lambda value: setattr(owner, name, value))


def _list_in(owner: ModuleType, name: str) -> Setting:
    """A list, which code can change or replace."""
    original: list[str] = getattr(owner, name)

    def write(content: tuple[str, ...]) -> None:
        original[:] = content
        setattr(owner, name, original)

    return Setting(lambda: tuple(getattr(owner, name, ())), write)


def _path() -> Setting:
    """`sys.path`, where libraries may add folders of theirs when they are imported: those stay."""
    setting = _list_in(sys, "path")

    def write(content: tuple[str, ...]) -> None:
        added = [entry for entry in setting.read() if entry not in content]
        setting.write(
            (*content, *(entry for entry in added if str(entry).replace("//", "/").startswith(_LIBRARIES)))
        )

    return Setting(setting.read, write)


def _finders(name: str) -> Setting:
    """`sys.meta_path` or `sys.path_hooks`. What libraries have added when they were imported stays."""
    setting = _list_in(sys, name)

    def write(content: tuple[Any, ...]) -> None:
        added = [each for each in setting.read() if each not in content and not _is_of_example(each)]
        setting.write((*content, *added))

    return Setting(setting.read, write)


def _is_of_example(finder: object) -> bool:
    return getattr(finder, "__module__", None) == "__main__"


def _show_warnings(wanted: Callable[..., None]) -> None:
    logging.captureWarnings(capture=False)  # otherwise its next call would do nothing
    warnings.showwarning = wanted


def _monitoring() -> Setting:
    """The tools that are in use, of which those that code leaves behind are freed."""
    monitoring = sys.monitoring  # type: ignore[attr-defined]  # Pyodide's Python is newer than the build's oldest

    def write(in_use: tuple[str | None, ...]) -> None:
        for tool in _TOOLS:
            if monitoring.get_tool(tool) != in_use[tool]:
                monitoring.set_events(tool, 0)
                monitoring.free_tool_id(tool)

    return Setting(lambda: tuple(map(monitoring.get_tool, _TOOLS)), write)


def _folder() -> Setting:
    def read() -> str | None:
        try:
            return os.getcwd()  # noqa: PTH109 - the text of a path, with every run
        except OSError:
            return None  # it was removed

    def write(wanted: str) -> None:
        os.makedirs(wanted, exist_ok=True)  # noqa: PTH103
        os.chdir(wanted)

    return Setting(read, write)


def _read_umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now


def _filters() -> Setting:
    """The filters of warnings. Those that a library has set, for instance when it was imported, stay."""
    of_libraries: list[Any] = []

    def remembering(set_filter: Callable[..., None]) -> Callable[..., None]:
        @wraps(set_filter)
        def set_and_remember(*values: Any, **options: Any) -> None:  # noqa: ANN401 - those of `warnings`
            set_filter(*values, **options)
            frame = innermost_frame(currentframe())
            if frame is not None and frame.f_code.co_filename.startswith(_LIBRARIES):
                of_libraries.append(warnings.filters[-1 if options.get("append") else 0])

        return set_and_remember

    def read() -> tuple[Any, ...]:
        now = tuple(warnings.filters)
        # By identity: the code can have set an equal one.
        of_libraries[:] = [each for each in of_libraries if any(each is one for one in now)]
        return now

    def write(filters: tuple[Any, ...]) -> None:
        kept = [
            each
            for each in warnings.filters
            if each not in filters and any(each is one for one in of_libraries)
        ]
        warnings.filters[:] = [*kept, *filters]  # type: ignore[index]  # typeshed: a sequence
        with warnings.catch_warnings():
            pass  # this makes Python look at the filters again

    warnings.filterwarnings = remembering(warnings.filterwarnings)
    warnings.simplefilter = remembering(warnings.simplefilter)
    return Setting(read, write)


def _of_decimal(decimal: ModuleType) -> Setting:
    """The context of the code, and the one of which a new session gets a copy."""
    default, original = decimal.DefaultContext, decimal.DefaultContext.copy()

    def write(wanted: Any) -> None:  # noqa: ANN401 - typeshed knows `decimal`, and not this module
        decimal.setcontext(wanted.copy())
        for name in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "traps"):
            setattr(default, name, getattr(original, name))

    return Setting(lambda: decimal.getcontext().copy(), write)


def _of_locale(locale: ModuleType) -> Setting:
    return Setting(
        lambda: locale.setlocale(locale.LC_ALL), lambda wanted: locale.setlocale(locale.LC_ALL, wanted)
    )


def _of_faulthandler(faulthandler: ModuleType) -> Setting:
    return Setting(
        faulthandler.is_enabled, lambda on: faulthandler.enable() if on else faulthandler.disable()
    )


def _of_socket(socket: ModuleType) -> Setting:
    """The time limit of requests that have none."""
    return Setting(socket.getdefaulttimeout, socket.setdefaulttimeout)


def _of_tracemalloc(tracemalloc: ModuleType) -> Setting:
    return Setting(tracemalloc.is_tracing, lambda on: tracemalloc.start() if on else tracemalloc.stop())


def _of_matplotlib(matplotlib: Any) -> Setting:  # noqa: ANN401 - it is not installed for mypy
    """`rcParams`, among them the backend."""
    parameters = matplotlib.rcParams
    parameters["animation.html"] = "jshtml"  # frames with controls; the default would show nothing

    def read() -> dict[str, Any]:
        now = matplotlib.rcParams
        # Not through its own methods, which import the backend, and check each value.
        return {name: [*value] if type(value) is list else value for name, value in dict.items(now)}

    def write(wanted: dict[str, Any]) -> None:
        matplotlib.rcParams = parameters
        backend = wanted["backend"]
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot and isinstance(backend, str) and dict.get(parameters, "backend") != backend:
            pyplot.switch_backend(backend)
        for name, value in wanted.items():
            dict.__setitem__(parameters, name, [*value] if type(value) is list else value)

    return Setting(read, write)


_OF_LIBRARIES = {
    "decimal": _of_decimal,
    "faulthandler": _of_faulthandler,
    "locale": _of_locale,
    "matplotlib": _of_matplotlib,
    "socket": _of_socket,
    "tracemalloc": _of_tracemalloc,
}
