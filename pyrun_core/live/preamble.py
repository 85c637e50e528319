"""The code that runs before the examples of a docstring: the preambles and the names of its module."""

import builtins
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, ModuleType

from pyrun_core.examples.example import join_preambles
from pyrun_core.live.free_names import find_free_names
from pyrun_core.options.declare import Values

__all__ = ["ModuleNames", "docstring_preamble", "join_preambles", "module_names"]

_FROM_MODULE = "module"
"""The value of the option ``docstring-names`` with which examples have the names of their module."""

_CONVENTIONS = MappingProxyType({"np": "numpy", "plt": "matplotlib.pyplot"})
"""Names that docstrings use without an import, by the convention of numpydoc and matplotlib's plots.

https://numpydoc.readthedocs.io/en/latest/format.html#examples
"""

_OF_EVERY_MODULE = frozenset(vars(ModuleType(""))) | {"__builtins__", "__cached__", "__path__"}
"""Names that examples have themselves, or that mean nothing to them."""

_LONGEST_LINE = 88


@dataclass(frozen=True)
class ModuleNames:
    """The names that a module has. Each has the full name of a module that it means, or none.

    Without ``names`` nobody knows them: the module could not be imported, for instance.
    """

    module: str
    names: Mapping[str, str] | None = None


@dataclass
class _Imports:
    """The lines that import names. ``modules`` are imported as a whole, the others from their modules."""

    modules: list[str] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        yield from sorted(self.modules)
        for module, names in self.names.items():
            line = f"from {module} import {', '.join(sorted(names))}"
            if len(line) <= _LONGEST_LINE:
                yield line
            else:
                yield f"from {module} import ("
                yield from (f"    {name}," for name in sorted(names))
                yield ")"


def module_names(module: ModuleType) -> ModuleNames:
    """The names of an imported module, without those that every module has."""
    names = {
        name: value.__name__ if isinstance(value, ModuleType) else ""
        for name, value in vars(module).items()
        if name not in _OF_EVERY_MODULE
    }
    return ModuleNames(module.__name__, MappingProxyType(names))


def docstring_preamble(
    module: str, sources: Iterable[str], known: Iterable[ModuleNames], site: Values, page: Values
) -> str:
    """What runs before the examples of a docstring, besides the preambles of the site and of the page.

    ``module`` is the one whose documentation has the docstring, and ``sources`` are all the examples of the
    docstring. ``known`` are the modules whose names they can use, the preferred one first: usually the one
    of the documentation and the one that defines the object. Names that a preamble defines are not imported.
    Names that nothing defines can be the package itself, or those of a convention, such as ``np``.
    """
    own = join_preambles(_module_preambles(module, site))
    if {**site, **page}.get("docstring_names", _FROM_MODULE) != _FROM_MODULE:
        return own
    before = join_preambles([site.get("preamble", ""), page.get("preamble", ""), own])
    needed = find_free_names(sources, before)
    return join_preambles([own, "\n".join(_imports(needed, list(known)).lines())])


def _module_preambles(module: str, site: Values) -> Iterator[str]:
    """Those of the module and of the modules that contain it, the outermost first."""
    preambles = sorted(site.get("module_preamble", ()), key=lambda pair: len(pair[0]))
    return (code for name, code in preambles if f"{module}.".startswith(f"{name}."))


def _imports(needed: Iterable[str], known: list[ModuleNames]) -> _Imports:
    imports = _Imports()
    packages = {each.module.partition(".")[0] for each in known}
    missing = False
    for name in needed:
        owner = next((each for each in known if each.names is not None and name in each.names), None)
        if owner is None or owner.names is None:
            if whole := _CONVENTIONS.get(name) or (name if name in packages else ""):
                imports.modules.append(_import_module(whole, name))
            missing = missing or not (whole or hasattr(builtins, name))
        elif whole := owner.names[name]:
            imports.modules.append(_import_module(whole, name))
        else:
            imports.names.setdefault(owner.module, []).append(name)
    if missing:
        for each in known:
            if each.names is None:
                imports.names[each.module] = ["*"]
    return imports


def _import_module(module: str, name: str) -> str:
    parent, _, last = module.rpartition(".")
    if module == name:
        return f"import {module}"
    return f"from {parent} import {name}" if parent and last == name else f"import {module} as {name}"
