"""Adapts modules that make requests to the browser, when the reader's code imports them."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from pyrun_runtime.after_import import after_import

__all__ = ["after_wait", "end_run", "install"]

_ADAPTERS = {
    "http.client": "http_client",
    "urllib3.contrib.emscripten.connection": "urllib3_fetch",
    "httpx": "httpx_transport",
    "aiohttp": "aiohttp_connector",
    "pyodide.http": "open_url",
}
"""The module that adapts another one, by its name. Its function ``adapt`` takes the imported module."""


def after_wait() -> None:
    """Raise KeyboardInterrupt if the reader pressed Stop. `install` replaces it."""


def install(check: Callable[[], None]) -> None:
    """Adapt the modules as soon as they are imported. ``check`` is called after each wait."""
    global after_wait  # noqa: PLW0603 - there is one page
    after_wait = check
    for name, adapter in _ADAPTERS.items():
        after_import(name, _adapt_with(adapter))


def end_run() -> None:
    """Close what a run has left, if it has made requests."""
    if transport := sys.modules.get("pyrun_runtime.web.transport"):
        transport.end_run()


def _adapt_with(adapter: str) -> Callable[[ModuleType], None]:
    return lambda module: import_module(f"pyrun_runtime.web.{adapter}").adapt(module)
