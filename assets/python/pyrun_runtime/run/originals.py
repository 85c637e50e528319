"""The functions that the runtime needs, put back if code has overwritten them.

Code can assign to `builtins.len` or to `json.loads`. Nothing here looks up a name of another module while it
works, because that name may be the one that was overwritten.
"""

import builtins
import sys
from types import ModuleType
from typing import Any

__all__ = ["Originals"]

_HONOURED = frozenset({"breakpointhook", "displayhook", "excepthook", "showwarning", "unraisablehook"})
"""Functions of `sys` and `warnings` that code may replace until its run ends: `settings` restores them."""


class Originals:
    """Functions, classes and submodules of the modules that the runtime calls."""

    def __init__(self) -> None:
        """Remember them; called once pyrun's own replacements are installed."""
        runtime = [module for name, module in list(sys.modules.items()) if name.startswith("pyrun_runtime")]
        named = [value for module in runtime for value in vars(module).values() if _is_module(value)]
        called = {id(module): module for module in [*named, builtins]}
        self._saved: list[tuple[dict[str, Any], dict[str, Any]]] = [
            (vars(module), {name: value for name, value in vars(module).items() if _is_kept(name, value)})
            for module in called.values()
            if not module.__name__.startswith(("pyrun_runtime", "_pyrun_worker"))
        ]
        self._modules = {name: module for name, module in sys.modules.items() if name != "__main__"}
        self._loaded = sys.modules

    def restore(self) -> None:
        """Put back what code has overwritten or deleted. What it has added stays."""
        for names, saved in self._saved:
            names.update(
                saved
            )  # a value that is there already costs nothing, and invalidates no cache of CPython
        self._loaded.update(self._modules)


def _is_module(value: object) -> bool:
    return isinstance(value, ModuleType)


def _is_kept(name: str, value: object) -> bool:
    return name not in _HONOURED and (callable(value) or _is_module(value))
