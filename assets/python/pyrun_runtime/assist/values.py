"""Values as a reader would write them, where that calls no code of theirs."""

from __future__ import annotations

from itertools import islice
from typing import Any

from pyrun_runtime.assist.lookup import CALLABLES, class_name, field, is_class, is_exactly

__all__ = ["written"]

_MOST_CHARACTERS = 60
_MOST_ITEMS = 5
_MOST_BITS = 256
_BRACKETS = {"list": "[ ]", "tuple": "( )", "set": "{ }", "dict": "{ }", "frozenset": "{ }"}
_ELSE = "…"


def written(value: Any, depth: int = 2) -> str:
    """The value, shortened; an ellipsis in place of objects that have their own ``__repr__``."""
    if value is None or value is Ellipsis or is_exactly(value, (bool, float, complex)):
        return repr(value)
    if type(value) is int:
        return repr(value) if value.bit_length() <= _MOST_BITS else _ELSE
    if is_exactly(value, (str, bytes)):
        text = repr(value[:_MOST_CHARACTERS])
        return text if len(value) <= _MOST_CHARACTERS else f"{text[:-1]}{_ELSE}{text[-1]}"
    if is_class(value) or is_exactly(value, CALLABLES):
        name = class_name(value) if is_class(value) else field(value, "__name__")
        return name if type(name) is str else _ELSE
    if depth and is_exactly(value, (list, tuple, dict, set, frozenset)):
        return _container(value, depth - 1)
    return _ELSE


def _container(value: Any, depth: int) -> str:
    items = [_item(value, item, depth) for item in islice(value, _MOST_ITEMS)]
    if len(value) > _MOST_ITEMS:
        items.append(_ELSE)
    begin, end = _BRACKETS[type(value).__name__].split()
    if not items and begin == "{" and type(value) is not dict:
        return f"{type(value).__name__}()"
    return f"{begin}{', '.join(items)}{',' if type(value) is tuple and len(value) == 1 else ''}{end}"


def _item(container: Any, item: Any, depth: int) -> str:
    if type(container) is not dict:
        return written(item, depth)
    if type(item) not in (str, int):  # looking up other keys may call their code
        return f"{written(item, depth)}: {_ELSE}"
    return f"{written(item, depth)}: {written(container[item], depth)}"
