"""What an expression stands for, as far as that is known without evaluating it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import FunctionType, MemberDescriptorType, MethodType
from typing import Any

from pyrun_runtime.assist.lookup import (
    CALLABLES,
    MISSING,
    class_attribute,
    class_dict,
    class_name,
    field,
    instance_dict,
    is_class,
    is_descriptor,
    is_exactly,
    is_module,
    mro,
)

__all__ = ["Found", "qualified_names"]

_MOST_NAMES = 12
"""Of one object: as its page, its class and the bases of that can call it."""


@dataclass(frozen=True)
class Found:
    """An object, or what is known of it.

    ``value`` is the object itself. If ``is_instance``, it is the class of an object that is not known. If
    ``is_bound``, a call passes the object first that the function was taken from. If ``is_hidden``, it is a
    property or another descriptor, and the object behind it is not known. ``paths`` are the qualified names
    under which a documentation may have it.
    """

    value: Any
    is_instance: bool = False
    is_bound: bool = False
    is_hidden: bool = False
    paths: tuple[str, ...] = ()

    @property
    def known_class(self) -> type:
        """The class of the object."""
        return self.value if self.is_instance else type(self.value)

    def attribute(self, name: str) -> Found | None:
        """What the object has by this name."""
        if self.is_hidden:
            return None
        found = self._attribute(name)
        if found is None:
            return None
        paths = [f"{path}.{name}" for path in self._owner_paths()]
        return replace(
            found, paths=tuple(dict.fromkeys([*paths, *qualified_names(found.value)]))[:_MOST_NAMES]
        )

    def _attribute(self, name: str) -> Found | None:
        value = self.value
        if self.is_instance:
            return _of_instance(class_attribute(value, name), MISSING)
        if is_module(value):
            stored = dict.get(instance_dict(value), name, MISSING)
            return None if stored is MISSING else Found(stored)
        if is_class(value):
            return _of_class(class_attribute(value, name))
        own = instance_dict(value)
        if type(stored := class_attribute(type(value), name)) is MemberDescriptorType:
            stored = field(value, name)
            return None if stored is MISSING else Found(stored)
        return _of_instance(stored, dict.get(own, name, MISSING))

    def _owner_paths(self) -> list[str]:
        if is_module(self.value) and not self.is_instance:
            return list(self.paths) or qualified_names(self.value)
        if is_class(self.value) and not self.is_instance:
            classes = [self.value, *mro(self.value)[1:]]
        else:
            classes = list(mro(self.known_class))
        inherited = [path for cls in classes if cls is not object for path in qualified_names(cls)]
        return [*self.paths, *inherited] if is_class(self.value) and not self.is_instance else inherited


def _of_instance(stored: Any, own: Any) -> Found | None:
    """What an object has, of which its class stores one thing and the object itself another."""
    if own is not MISSING and (stored is MISSING or class_attribute(type(stored), "__set__") is MISSING):
        return Found(own)
    found = _of_class(stored)
    is_method = is_exactly(stored, CALLABLES) or (
        found and found.value is stored and _wrapped(stored) is not None
    )
    return replace(found, is_bound=True) if found and is_method else found


def _of_class(stored: Any) -> Found | None:
    """What a class has."""
    if stored is MISSING:
        return None
    if is_exactly(stored, (staticmethod, classmethod)):
        return Found(stored.__func__, is_bound=type(stored) is classmethod)
    is_function = is_exactly(stored, CALLABLES) or _wrapped(stored) is not None
    return Found(stored, is_hidden=not is_function and is_descriptor(stored))


def _wrapped(stored: Any) -> Any:
    """The function inside a decorator's object, such as that of `functools.cache`."""
    return dict.get(instance_dict(stored), "__wrapped__") if not is_class(stored) else None


def qualified_names(value: Any) -> list[str]:
    """Module and name of a module, class or function."""
    if is_module(value):
        name = dict.get(instance_dict(value), "__name__")
        return [name] if type(name) is str else []
    if type(value) is MethodType:
        value = value.__func__
    if is_class(value):
        module, name = class_dict(value).get("__module__"), class_name(value)
        if type(module) is not str:
            module = "builtins"
        qualified = type.__dict__["__qualname__"].__get__(value)
        name = qualified if type(qualified) is str else name
    elif is_exactly(value, CALLABLES):
        module, name = field(value, "__module__"), field(value, "__qualname__")
        if type(value) is FunctionType:
            module, name = value.__module__, value.__qualname__
        if module is MISSING or module is None:
            owner = field(value, "__objclass__")
            module = qualified_names(owner)[0].partition(".")[0] if is_class(owner) else "builtins"
    else:
        return []
    if type(module) is not str or type(name) is not str:
        return []
    return [name, f"builtins.{name}"] if module == "builtins" else [f"{module}.{name}"]
