"""Looks up attributes without calling code of their objects: no property, `__getattr__` or `__dir__`."""

from __future__ import annotations

import itertools
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = [
    "CALLABLES",
    "MISSING",
    "attributes",
    "class_attribute",
    "class_dict",
    "class_name",
    "field",
    "instance_dict",
    "is_class",
    "is_descriptor",
    "is_exactly",
    "is_module",
    "mro",
    "own_attributes",
]

MISSING: Any = object()

CALLABLES = (
    FunctionType,
    BuiltinFunctionType,
    MethodType,
    MethodDescriptorType,
    MethodWrapperType,
    WrapperDescriptorType,
    ClassMethodDescriptorType,
)
"""Exact types of functions, whose attributes are Python's own."""

_MOST_ATTRIBUTES = 5000
"""More than any library has in one namespace; what comes after them is left out."""

_IMMUTABLE, _HEAP = 1 << 8, 1 << 9
"""Flags of types (`Include/object.h`). A type without the second is part of a compiled module."""

# From `type` itself: a metaclass can have other descriptors of these names.
_class_dict: Callable[[type], Mapping[str, Any]] = type.__dict__["__dict__"].__get__
_class_mro: Callable[[type], tuple[type, ...]] = type.__dict__["__mro__"].__get__
_class_name: Callable[[type], str] = type.__dict__["__name__"].__get__
_class_flags: Callable[[type], int] = type.__dict__["__flags__"].__get__
_module_dict: Callable[[Any], dict[str, Any]] = vars(ModuleType)["__dict__"].__get__


def is_exactly(value: object, types: Iterable[type]) -> bool:
    """Whether its class is one of these. ``in`` would ask a metaclass whether its classes are equal."""
    return any(type(value) is each for each in types)


def is_class(value: object) -> bool:
    """Whether it is a class. `isinstance` would ask the object for its ``__class__``."""
    return issubclass(type(value), type)


def is_module(value: object) -> bool:
    """Whether it is a module."""
    return issubclass(type(value), ModuleType)


def mro(cls: type) -> tuple[type, ...]:
    """The class and its bases."""
    return _class_mro(cls) or (cls,)


def class_dict(cls: type) -> Mapping[str, Any]:
    """What the class itself defines."""
    return _class_dict(cls)


def class_name(cls: type) -> str:
    """Its name."""
    return _class_name(cls)


def class_attribute(cls: type, name: str) -> Any:
    """What the class or one of its bases has by this name, as it is there; `MISSING` without it."""
    for base in mro(cls):
        if name in class_dict(base):
            return class_dict(base)[name]
    return MISSING


def instance_dict(value: object) -> dict[Any, Any]:
    """The attributes that an object has in addition to those of its class."""
    if is_module(value):
        return _module_dict(value)
    descriptor = class_attribute(type(value), "__dict__")
    if type(descriptor) is not GetSetDescriptorType:  # none, or a property that hides it
        return {}
    found = descriptor.__get__(value)
    return found if type(found) is dict else {}


def attributes(value: object) -> Iterator[tuple[str, Any]]:
    """Names and what is stored there, each name once: of the object, then of its class and its bases."""
    sources: list[Mapping[Any, Any]] = [] if is_class(value) else [instance_dict(value)]
    if not is_module(value):
        cls: Any = value if is_class(value) else type(value)
        sources += [class_dict(base) for base in mro(cls)]
    return _listed(sources)


def own_attributes(cls: type) -> Iterator[tuple[str, Any]]:
    """The same for an object of which only the class is known."""
    return _listed([class_dict(base) for base in mro(cls)])


def _listed(sources: list[Mapping[Any, Any]]) -> Iterator[tuple[str, Any]]:
    seen = set()
    for source in sources:
        for name, stored in itertools.islice(source.items(), _MOST_ATTRIBUTES):
            if type(name) is str and name not in seen:
                seen.add(name)
                yield name, stored


def is_descriptor(stored: object) -> bool:
    """Whether an access calls code of what is stored in a class."""
    return class_attribute(type(stored), "__get__") is not MISSING


def field(value: object, name: str) -> Any:
    """An attribute that the compiled class of the object keeps, such as ``__doc__``; `MISSING` elsewhere.

    Such a descriptor is called: its code is part of a compiled module, which no reader can change.
    """
    for base in mro(type(value)):
        if name not in class_dict(base):
            continue
        stored = class_dict(base)[name]
        is_compiled = not _class_flags(base) & _HEAP or _class_flags(base) & _IMMUTABLE
        if type(stored) is MemberDescriptorType or (type(stored) is GetSetDescriptorType and is_compiled):
            try:
                return stored.__get__(value)
            except AttributeError:
                return MISSING
        return MISSING
    return MISSING
