"""The imports in the code of an example."""

import ast
import re
import sys
import warnings
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pyrun_core.examples.call_needs import CallNeed, find_call_needs, is_needing, need_of_import
from pyrun_syntax.notebook import understand

__all__ = [
    "IN_PREAMBLE",
    "Import",
    "find_imports",
    "is_in_python",
    "names_from_packages",
    "parse_code",
    "with_preamble",
]

_BROWSER_MODULES = frozenset({"_pyodide", "_pyodide_core", "js", "pyodide", "pyodide_js", "pyrun"})
"""Modules of every Pyodide or of pyrun, which belong to no package."""

_WITH_FALLBACK = frozenset(
    {
        *("IPython", "IPython.core.display", "IPython.core.interactiveshell", "IPython.display"),
    }
)
"""Modules with a fallback in `assets/python/fallbacks`: notebook code can display without IPython."""

IN_PREAMBLE = 0
"""The line of what the preamble imports."""

_IMPORT = "import"
_INSTALL = "install"

# The beginning of a line that does not continue the compound statement before it.
_NEXT_STATEMENT = re.compile(r"^(?!(?:elif|else|except|finally)\b)\w", re.MULTILINE)


@dataclass(frozen=True)
class Import:
    """A top-level module. ``line`` counts from 1, in the example, or is `IN_PREAMBLE`.

    ``guarded``: the code handles the absence of the module. ``names`` are the full names that the code
    imports from it; for ``from a import b`` both ``a`` and ``a.b``, because ``b`` may be a module.
    ``need`` is why a module is imported that the code does not import itself. ``installed``: it is no module
    but a package, which the code of a notebook installs.
    """

    module: str
    line: int
    guarded: bool = False
    names: tuple[str, ...] = ()
    need: CallNeed | None = None
    installed: bool = False

    @property
    def place(self) -> str:
        """Where the import is, for messages."""
        return "the preamble" if self.line == IN_PREAMBLE else f"line {self.line} of the example"


def find_imports(source: str) -> tuple[Import, ...]:
    """The top-level modules that code imports, each once, in order; then those that it needs besides.

    Code of a session or a notebook counts too, with the packages that it installs. Empty if the code is not
    valid. What follows the last import need not be valid.
    """
    needs = is_needing(source)
    if _IMPORT not in source and _INSTALL not in source and not needs:
        return ()
    found = _imports_of(source, needs=needs)
    if found is not None:
        return found
    understood = understand(source)
    if understood is None:
        return ()
    found = _imports_of(understood.code, needs=is_needing(understood.code)) or ()
    installed = [
        Import(name, finding.line, installed=True)
        for finding in understood.findings
        if finding.command
        for name in finding.command.installed
    ]
    # What is installed is no mere need.
    together = sorted((*installed, *found), key=lambda each: each.need is None)
    return tuple({each.module: each for each in together}.values())


def with_preamble(preamble: str, own: tuple[Import, ...]) -> tuple[Import, ...]:
    """The imports of an example and of the code that runs before it, each module once."""
    if not preamble or not (first := _preamble_imports(preamble)):
        return own
    found: dict[str, Import] = {}
    # What code imports itself is no mere need, and an import that has to succeed is not guarded.
    for each in sorted((*first, *own), key=lambda each: each.need is not None):
        earlier = found.setdefault(each.module, each)
        if each.need is None and earlier is not each:
            kept = each if earlier.guarded else earlier
            names = tuple(dict.fromkeys((*earlier.names, *each.names)))
            found[each.module] = replace(kept, names=names)
    return tuple(found.values())


@lru_cache(maxsize=64)  # the examples of a page and of a site share preambles
def _preamble_imports(preamble: str) -> tuple[Import, ...]:
    return tuple(replace(each, line=IN_PREAMBLE) for each in find_imports(preamble))


def _imports_of(source: str, *, needs: bool) -> tuple[Import, ...] | None:
    """The modules that code imports, and with ``needs`` those that its calls need.

    ``None`` if the code is not valid. The code after its last import need not be.
    """
    last = source.rfind(_IMPORT)
    # Usually all imports are at the top, and parsing takes most of the time that an example adds to a build.
    following = _NEXT_STATEMENT.search(source, last + len(_IMPORT)) if last >= 0 else None
    top = source[: following.start()] if following and _INSTALL not in source else ""
    if not needs and (found := _imports_at_top(top)) is not None:
        return found
    tree = parse_code(source)
    return _imports_at_top(top) if tree is None else _imports(tree, needs=needs)


@lru_cache(maxsize=256)  # the examples of a site begin with the same imports
def _imports_at_top(source: str) -> tuple[Import, ...] | None:
    tree = parse_code(source) if source else None
    return None if tree is None else _imports(tree, needs=False)


def _imports(tree: ast.Module, *, needs: bool) -> tuple[Import, ...]:
    found: dict[str, Import] = {}
    for name, below, line, guarded in _visited(tree):
        module = name.partition(".")[0]
        if module in _BROWSER_MODULES or name in _WITH_FALLBACK:
            continue
        new = Import(module, line, guarded, (name, *below))
        earlier = found.get(module)
        if earlier is None:
            found[module] = new
        else:
            first = new if earlier.guarded and not guarded else earlier
            found[module] = replace(first, names=tuple(dict.fromkeys((*earlier.names, *new.names))))
    for need, line in [*_needs_of_imports(found.values()), *(find_call_needs(tree) if needs else ())]:
        found.setdefault(need.module, Import(need.module, line, names=(need.module,), need=need))
    return tuple(found.values())


def _needs_of_imports(imports: Iterable[Import]) -> list[tuple[CallNeed, int]]:
    needs = ((need_of_import(name), each.line) for each in imports for name in each.names)
    return [(need, line) for need, line in needs if need]


def parse_code(source: str) -> ast.Module | None:
    """The syntax tree of code, without warnings. None if it is not Python, or nested too deeply."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # ValueError: a null character
        return None


def is_in_python(module: str, packaged: Collection[str]) -> bool:
    """Whether a module comes with Python.

    ``packaged`` are modules that packages provide: older Pyodides have parts of the standard library, such as
    ``sqlite3``, in separate packages.
    """
    return module in sys.stdlib_module_names and module not in packaged


def names_from_packages(imports: Iterable[Import]) -> list[str]:
    """The imported names without the standard library, some of whose modules act when imported. Sorted.

    Nor what the code does not import itself: it may never be used.
    """
    own = (each for each in imports if each.need is None and not is_in_python(each.module, ()))
    return sorted({name for each in own for name in each.names})


def _visited(tree: ast.Module) -> list[tuple[str, tuple[str, ...], int, bool]]:
    """Each import. None if the code is nested too deeply, in thousands of ``elif`` for instance."""
    try:
        return list(_visit(tree, guarded=False))
    except RecursionError:
        return []


def _visit(node: ast.AST, *, guarded: bool) -> Iterator[tuple[str, tuple[str, ...], int, bool]]:
    """Each import: its name, possible submodules, its line, and whether it is guarded."""
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
        case ast.expr():  # most nodes are expressions, and an import is a statement
            return
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _visit(child, guarded=guarded)


def _catches_import_error(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {node.id for node in caught if isinstance(node, ast.Name)}
    return handler.type is None or bool(names & {"ImportError", "ModuleNotFoundError", "Exception"})
