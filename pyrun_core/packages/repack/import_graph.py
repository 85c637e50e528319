"""The modules of packages that running examples import, as far as the sources tell."""

import ast
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

__all__ = ["reachable_files"]

_MODULE = ".py"
_PACKAGE = "__init__"


def reachable_files(roots: Iterable[str], files: Mapping[str, bytes]) -> set[str]:
    """The files of the modules that importing ``roots`` imports. Roots are full names.

    ``files`` are the files of all packages, by their path relative to the folder of installed packages. A
    module comes with the packages that contain it. Imports inside functions, and those whose name is
    computed, are not found, so the result is an approximation.
    """
    modules = {_module_name(file): file for file in files if file.endswith(_MODULE)}
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found and name in modules:
            found.add(name)
            waiting.extend(_imports(files[modules[name]], modules[name]))
            waiting.append(name.rpartition(".")[0])
    return {modules[name] for name in found}


def _module_name(file: str) -> str:
    path = PurePosixPath(file).with_suffix("")
    return ".".join(path.parts[:-1] if path.name == _PACKAGE else path.parts)


def _imports(source: bytes, file: str) -> Iterator[str]:
    try:
        with warnings.catch_warnings(action="ignore"):
            statements = list(_at_import(ast.parse(source)))
    except (SyntaxError, ValueError):  # perhaps of a newer Python: then browsers compile it
        return
    except (RecursionError, MemoryError):  # it is nested too deeply
        return
    package = _module_name(file).split(".")
    if PurePosixPath(file).stem != _PACKAGE:
        package.pop()
    for node in statements:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            yield origin
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def _at_import(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run with the module, without those in functions and those for type checkers only."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import() | ast.ImportFrom():
                yield child
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                pass
            case ast.If(test=ast.Name("TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                for other in child.orelse:
                    yield from _at_import(ast.Module([other], []))
            case ast.stmt() | ast.ExceptHandler() | ast.match_case():
                yield from _at_import(child)
            case _:
                pass  # an expression has no imports
