"""What the code of an example imports."""

import ast
import sys
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

__all__ = ["Import", "find_imports", "is_in_python"]

_BROWSER_MODULES = frozenset({"_pyodide", "_pyodide_core", "js", "pyodide", "pyodide_js", "pyrun"})
"""Part of every Pyodide, or of every page with examples, and of no package."""

_STOOD_IN_FOR = frozenset({"IPython", "IPython.display"})
"""What `assets/python/fallbacks` has: code for notebooks needs no IPython to show things."""


@dataclass(frozen=True)
class Import:
    """A top-level module. ``line`` counts from 1, in the example.

    ``guarded``: the code says itself what it does without the module. ``names`` are all that the code
    imports of it, by their whole names; of ``from a import b`` both, because b may be a module.
    """

    module: str
    line: int
    guarded: bool = False
    names: tuple[str, ...] = ()


def find_imports(source: str) -> tuple[Import, ...]:
    """The top-level modules that code imports, each once, in order; none of code that is no Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()
    found: dict[str, Import] = {}
    for name, below, line, guarded in _visit(tree, guarded=False):
        module = name.partition(".")[0]
        if module in _BROWSER_MODULES or name in _STOOD_IN_FOR:
            continue
        new = Import(module, line, guarded, (name, *below))
        known = found.get(module)
        if known is None:
            found[module] = new
        else:
            first = new if known.guarded and not guarded else known
            found[module] = replace(first, names=tuple(dict.fromkeys((*known.names, *new.names))))
    return tuple(found.values())


def is_in_python(module: str, packaged: Collection[str]) -> bool:
    """Whether a module comes with Python.

    ``packaged`` are modules of packages: older Pyodides had parts of the standard library, such as
    ``sqlite3``, in packages of their own.
    """
    return module in sys.stdlib_module_names and module not in packaged


def _visit(node: ast.AST, *, guarded: bool) -> Iterator[tuple[str, tuple[str, ...], int, bool]]:
    """Each import: its name, what may be modules below it, its line, and whether it is guarded."""
    match node:
        case ast.Import():
            for alias in node.names:
                yield alias.name, (), node.lineno, guarded
        case ast.ImportFrom(level=0, module=str(module)):
            below = tuple(f"{module}.{alias.name}" for alias in node.names if alias.name != "*")
            yield module, below, node.lineno, guarded
        case ast.Try():
            inside = guarded or any(map(_catches_import_error, node.handlers))
            for statement in node.body:
                yield from _visit(statement, guarded=inside)
            others: list[ast.AST] = [*node.handlers, *node.orelse, *node.finalbody]
            for child in others:
                yield from _visit(child, guarded=guarded)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _visit(child, guarded=guarded)


def _catches_import_error(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {node.id for node in caught if isinstance(node, ast.Name)}
    return handler.type is None or bool(names & {"ImportError", "ModuleNotFoundError", "Exception"})
