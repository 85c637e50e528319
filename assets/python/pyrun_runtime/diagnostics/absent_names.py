"""Names that code expects in other places than a worker: a page, a notebook, an operating system."""

import re
import sys
import traceback

__all__ = ["is_of_notebook", "is_of_page", "is_of_system"]

_OF_PAGE = frozenset(
    {
        *(
            "alert",
            "confirm",
            "document",
            "frames",
            "getComputedStyle",
            "getSelection",
            "history",
            "localStorage",
        ),
        *(
            "matchMedia",
            "opener",
            "parent",
            "prompt",
            "screen",
            "sessionStorage",
            "speechSynthesis",
            "top",
            "window",
        ),
        *(
            "Audio",
            "AudioContext",
            "DOMParser",
            "Element",
            "HTMLElement",
            "Image",
            "MutationObserver",
        ),
        *("customElements", "requestIdleCallback", "scrollTo"),
    }
)
"""What JavaScript finds in a page, and not in a worker: https://developer.mozilla.org/docs/Web/API/Window"""

_UNDEFINED_IN_JAVASCRIPT = re.compile(r"\b(\w+) is not defined|Can't find variable: (\w+)")
"""Messages of Chromium and Firefox, and of Safari."""

_OF_SYSTEM = {
    "os": frozenset(
        {
            *("add_dll_directory", "chroot", "forkpty", "nice", "openpty", "posix_spawn", "posix_spawnp"),
            *("sched_getaffinity", "sched_setaffinity", "sendfile", "startfile"),
        }
    ),
    "asyncio": frozenset(
        {
            *("ProactorEventLoop", "WindowsProactorEventLoopPolicy", "WindowsSelectorEventLoopPolicy"),
        }
    ),
    "signal": frozenset({"CTRL_BREAK_EVENT", "CTRL_C_EVENT"}),
    "socket": frozenset({"AF_UNIX"}),
    "sys": frozenset({"getwindowsversion"}),
    "time": frozenset({"tzset"}),
}
"""Functions and constants of systems on which Python runs elsewhere, by module."""

_OF_NOTEBOOK = frozenset(
    {
        *("config", "events", "getoutput", "kernel", "magic", "run_cell", "run_cell_magic", "run_line_magic"),
        *("set_next_input", "system", "user_ns"),
    }
)
"""Attributes of the object that `get_ipython()` returns in a notebook."""

Fields = dict[str, str]


def is_of_page(error: BaseException) -> Fields | None:
    """Whether code wants the page that it is shown in, through the module ``js`` or a script."""
    if isinstance(error, ImportError):
        return {} if error.name == "js" and getattr(error, "name_from", None) in _OF_PAGE else None
    if isinstance(error, AttributeError):
        is_wanted = error.name in _OF_PAGE and _type_name(error.obj) == "JsProxy"
        return {} if is_wanted and error.obj == sys.modules.get("js") else None
    if _type_name(error) != "JsException":
        return None
    undefined = _UNDEFINED_IN_JAVASCRIPT.search(str(error))
    return {} if undefined and (undefined[1] or undefined[2]) in _OF_PAGE else None


def is_of_system(error: BaseException) -> Fields | None:
    """Whether a function of another operating system is missing in its module."""
    if isinstance(error, AttributeError):
        module, name = getattr(error.obj, "__name__", None), error.name
    elif isinstance(error, ImportError):
        module, name = error.name, getattr(error, "name_from", None)
    else:
        return None
    return {} if isinstance(module, str) and name in _OF_SYSTEM.get(module, ()) else None


def is_of_notebook(error: BaseException) -> Fields | None:
    """Whether code wants the shell of a notebook: `get_ipython()` returns None here, as in a program."""
    if isinstance(error, AttributeError):
        if error.name not in _OF_NOTEBOOK:
            return None
        is_shell = type(error.obj).__module__ == "pyrun_runtime.notebook.magics"
        return {} if is_shell or (error.obj is None and _asks_for_shell(error)) else None
    return {} if isinstance(error, NameError) and error.name == "get_ipython" else None


def _asks_for_shell(error: BaseException) -> bool:
    """Whether the code that failed knows `get_ipython`. Much else is None."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)][-1:]
    return any("get_ipython" in {*frame.f_code.co_names, *frame.f_globals} for frame in frames)


def _type_name(value: object) -> str:
    # Pyodide has several classes of proxies, which derive from the one of this name.
    return next((base.__name__ for base in type(value).__mro__ if base.__name__.startswith("Js")), "")
