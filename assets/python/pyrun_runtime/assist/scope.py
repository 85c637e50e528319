"""The names that code at the cursor sees, and expressions of them, looked up and not evaluated."""

from __future__ import annotations

import ast
import builtins
import re
from types import ModuleType
from typing import Any

from pyrun_runtime.assist.found import Found
from pyrun_runtime.assist.lookup import MISSING, is_class, is_exactly
from pyrun_runtime.assist.modules import loaded_module

__all__ = ["Scope"]

_IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n#;]+)", re.MULTILINE)
_FROM_IMPORT = re.compile(
    r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n#;(]+))", re.MULTILINE
)
_ASSIGNED = r"^[ \t]*{name}[ \t]*(?::[^=\n]+)?=(?!=)[ \t]*([^\n]+)"

_DEPTH = 8
"""Of assignments that name each other."""

_MOST_SCANNED = 10_000
"""Items of a dictionary, or an expression's characters."""

_LITERALS: dict[type[ast.expr], type] = {
    ast.List: list,
    ast.ListComp: list,
    ast.Tuple: tuple,
    ast.Dict: dict,
    ast.DictComp: dict,
    ast.Set: set,
    ast.SetComp: set,
    ast.JoinedStr: str,
}


class Scope:
    """The names of a session, of what the code imports, and of Python."""

    def __init__(self, names: dict[str, Any], code: str) -> None:
        self.names = names
        self._code = code
        self._imports: dict[str, tuple[str, str]] | None = None

    @property
    def imports(self) -> dict[str, tuple[str, str]]:
        """What the code imports: a module, and the name in it that is meant, if any."""
        if self._imports is None:
            self._imports = dict(_imports(self._code))
        return self._imports

    def resolve(self, expression: str) -> Found | None:
        """What an expression stands for."""
        return self._resolve(expression, _DEPTH)

    def module(self, name: str) -> Found | None:
        """A module that has been imported."""
        module = loaded_module(name)
        return Found(module, paths=(name,)) if module else None

    def _resolve(self, expression: str, depth: int) -> Found | None:
        if not depth or len(expression) > _MOST_SCANNED:
            return None
        try:
            tree = ast.parse(expression.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return self._of(tree, depth)

    def _of(self, node: ast.expr, depth: int) -> Found | None:
        match node:
            case ast.Name():
                return self._named(node.id, depth)
            case ast.Constant():
                return Found(type(node.value), is_instance=True)
            case ast.Attribute():
                owner = self._of(node.value, depth)
                return owner and (owner.attribute(node.attr) or self._submodule(owner, node.attr))
            case ast.Subscript(slice=ast.Constant() as key):
                owner = self._of(node.value, depth)
                return owner and _item(owner, key.value)
            case ast.Call():
                called = self._of(node.func, depth)
                return called and _result(called)
        cls = _LITERALS.get(type(node))
        return Found(cls, is_instance=True) if cls else None

    def _named(self, name: str, depth: int) -> Found | None:
        stored = dict.get(self.names, name, MISSING)
        if stored is not MISSING:
            return Found(stored, paths=(f"builtins.{name}",) if stored is vars(builtins).get(name) else ())
        if name in self.imports:
            module, member = self.imports[name]
            found = self.module(module)
            return found and found.attribute(member) if member else found
        pattern = _ASSIGNED.format(name=re.escape(name))
        assigned = [match[1] for match in re.finditer(pattern, self._code, re.MULTILINE)]
        if assigned:
            return self._resolve(assigned[-1], depth - 1)
        stored = vars(builtins).get(name, MISSING)
        return None if stored is MISSING else Found(stored, paths=(name, f"builtins.{name}"))

    def _submodule(self, owner: Found, name: str) -> Found | None:
        """A module that has been imported, though its package does not name it."""
        return (
            self.module(f"{owner.paths[0]}.{name}")
            if type(owner.value) is ModuleType and owner.paths
            else None
        )


def _imports(code: str) -> list[tuple[str, tuple[str, str]]]:
    found = []
    for match in _IMPORT.finditer(code):
        for part in match[1].split(","):
            module, _, alias = part.partition(" as ")
            module = module.strip()
            top = module.partition(".")[0]
            found.append((alias.strip() or top, (module if alias.strip() else top, "")))
    for match in _FROM_IMPORT.finditer(code):
        for part in (match[2] or match[3]).split(","):
            member, _, alias = part.strip().partition(" as ")
            found.append((alias.strip() or member.strip(), (match[1], member.strip())))
    return found


def _item(owner: Found, key: Any) -> Found | None:
    """An item of a list, tuple or dictionary of Python's own."""
    if owner.is_instance or owner.is_hidden:
        return None
    value = owner.value
    if is_exactly(value, (list, tuple)) and type(key) is int:
        return Found(value[key]) if -len(value) <= key < len(value) else None
    if type(value) is dict and type(key) in (str, int) and len(value) <= _MOST_SCANNED:
        # Not by the key: other keys with the same hash would be asked whether they are equal.
        for each, item in value.items():
            if type(each) is type(key) and each == key:
                return Found(item)
    return None


def _result(called: Found) -> Found | None:
    """What a call returns, if it makes an object of a class."""
    is_made = is_class(called.value) and not called.is_instance and called.value is not type
    return Found(called.value, is_instance=True) if is_made else None
