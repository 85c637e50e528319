"""The beginning of an object's docstring."""

from __future__ import annotations

import inspect
import re
from types import FunctionType, MethodType
from typing import Any

from pyrun_runtime.assist.lookup import (
    MISSING,
    class_dict,
    field,
    instance_dict,
    is_class,
    is_exactly,
    is_module,
)

__all__ = ["beginning", "docstring"]

_MOST_READ = 5000
"""Characters of a docstring that are looked at."""

_MOST_SHOWN = 600

_SECTION = re.compile(
    r"\n[ \t]*\n(?=[ \t]*(?:[A-Z][\w ]*\n[ \t]*[-=~]{3,}|:\w+[^:\n]*:|[A-Z][a-z]+:\n|>>> |\.\. ))"
)
"""Where the description ends and parameters, examples or directives begin."""

_SIGNATURES = re.compile(
    r"(?:(?:\w+\.)*\w+\([^\n]*\)(?:[ \t]*->[^\n]*)?(?:\n|\Z)(?:[ \t]+[^\n]*(?:\n|\Z))*)+\s*\n?"
)
"""The lines with which docstrings of compiled functions begin."""


def docstring(value: Any) -> str:
    """The docstring as it is stored, without its end if it is long."""
    if type(value) is MethodType:
        value = value.__func__
    if is_module(value):
        stored = dict.get(instance_dict(value), "__doc__")
    elif is_class(value):
        stored = class_dict(value).get("__doc__")
    elif type(value) is FunctionType:
        stored = value.__doc__
    elif is_exactly(value, (property, staticmethod, classmethod)):
        stored = field(value, "__doc__")
    else:
        own = dict.get(instance_dict(value), "__doc__", MISSING)
        stored = own if own is not MISSING else field(value, "__doc__")
    return stored[:_MOST_READ] if type(stored) is str else ""


def beginning(text: str) -> str:
    """What a docstring says first: its summary and description, up to the first section."""
    text = inspect.cleandoc(text)
    begun = _SIGNATURES.match(text)
    text = text[begun.end() :] if begun else text
    section = _SECTION.search(text)
    text = (text[: section.start()] if section else text).strip()
    if len(text) <= _MOST_SHOWN:
        return text
    cut = text[:_MOST_SHOWN]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut} …"
