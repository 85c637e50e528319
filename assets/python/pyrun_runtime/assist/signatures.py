"""Signatures of functions, from what Python itself keeps of them."""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from pyrun_runtime.assist.docstrings import docstring
from pyrun_runtime.assist.lookup import (
    CALLABLES,
    MISSING,
    class_attribute,
    class_dict,
    class_name,
    field,
    instance_dict,
    is_class,
    is_exactly,
)
from pyrun_runtime.assist.values import written

if TYPE_CHECKING:
    from pyrun_runtime.assist.found import Found

__all__ = ["Parameter", "Signature", "signature_of"]

_MOST_PARAMETERS = 80
_MOST_CHARACTERS = 80
_MOST_DOCUMENTED = 1000
"""Characters at the beginning of a docstring, where signatures can be."""
_MOST_WRAPPERS = 20
"""Decorators around one function; a cycle ends here."""


@dataclass(frozen=True)
class Parameter:
    """One parameter, and how it is given.

    ``kind`` is ``/`` by position only, ``*`` by name only, ``*args``, ``**kwargs``, or empty for both ways.
    """

    name: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Signature:
    """What a call looks like."""

    name: str
    parameters: tuple[Parameter, ...]
    result: str = ""

    @property
    def text(self) -> str:
        """As code."""
        return f"{self.name}({', '.join(self.pieces()[0])})" + (f" -> {self.result}" if self.result else "")

    def pieces(self) -> tuple[list[str], list[int]]:
        """The texts between the commas, and the place of each parameter among them."""
        texts: list[str] = []
        places: list[int] = []
        kinds = [parameter.kind for parameter in self.parameters]
        for at, parameter in enumerate(self.parameters):
            if parameter.kind == "*" and not {"*", "*args"} & set(kinds[:at]):
                texts.append("*")
            places.append(len(texts))
            texts.append(parameter.text)
            if parameter.kind == "/" and kinds[at + 1 : at + 2] != ["/"]:
                texts.append("/")
        return texts, places

    def active(self, position: int, keyword: str) -> int | None:
        """Which piece a call's argument fills, by its position or its name."""
        _, places = self.pieces()
        for at, parameter in enumerate(self.parameters):
            is_named = keyword == parameter.name and parameter.kind in ("", "*")
            is_meant = is_named if keyword else at == position and parameter.kind in ("", "/")
            takes_rest = parameter.kind == ("**kwargs" if keyword else "*args")
            if is_meant or (takes_rest and (keyword or at <= position)):
                return places[at]
        return None


def signature_of(found: Found, name: str) -> Signature | None:
    """The signature of a function, a class, or an object that can be called, under this name."""
    value = found.value
    if found.is_hidden:
        return None
    if found.is_instance or not (is_class(value) or is_exactly(value, CALLABLES) or _wrapped(value)):
        call = class_attribute(found.known_class, "__call__")
        return None if call is MISSING else _of(call, name, is_bound=True)
    if is_class(value):
        return _of_class(value, name)
    return _of(value, name, is_bound=found.is_bound)


def _of_class(cls: type, name: str) -> Signature | None:
    for maker in ("__init__", "__new__"):
        function = class_attribute(cls, maker)
        if type(function) is staticmethod:
            function = function.__func__
        if _wrapped(function) or type(function) is FunctionType:
            found = _of(function, name, is_bound=True)
            return found and Signature(found.name, found.parameters)
    for base in (cls, *type.__dict__["__mro__"].__get__(cls)[1:]):
        text = type.__dict__["__text_signature__"].__get__(base)
        if type(text) is str:
            return (
                Signature(name, _parsed(text, is_bound=True)) if base is not object or base is cls else None
            )
        if documented := _documented(class_dict(base).get("__doc__"), class_name(base), name):
            return Signature(name, documented.parameters)
    return None


def _of(function: Any, name: str, *, is_bound: bool) -> Signature | None:
    for _ in range(_MOST_WRAPPERS):
        if type(function) is MethodType:
            function, is_bound = function.__func__, True
        elif (inner := _wrapped(function)) is not None:
            function = inner
        else:
            break
    if type(function) is FunctionType:
        return _of_function(function, name, is_bound=is_bound)
    if not is_exactly(function, CALLABLES):
        return _documented(docstring(function), name.rpartition(".")[2], name)
    text = field(function, "__text_signature__")
    if type(text) is str:
        return Signature(name, _parsed(text, is_bound=is_bound))
    own_name = field(function, "__name__")
    return _documented(docstring(function), own_name if type(own_name) is str else name, name)


def _wrapped(value: Any) -> Any:
    return None if is_class(value) else dict.get(instance_dict(value), "__wrapped__")


def _of_function(function: FunctionType, name: str, *, is_bound: bool) -> Signature:
    code = function.__code__
    names = code.co_varnames
    count, named = code.co_argcount, code.co_kwonlyargcount
    defaults = function.__defaults__ or ()
    by_name = function.__kwdefaults__ or {}
    annotations = _annotations(function)
    parameters = []

    def add(at: int, kind: str, default: Any = MISSING) -> None:
        stars = kind[: kind.count("*")] if len(kind) > 1 else ""
        text = stars + names[at]
        annotation = annotations.get(names[at], "")
        if annotation:
            text += f": {annotation}"
        if default is not MISSING:
            text += f" = {written(default)}" if annotation else f"={written(default)}"
        parameters.append(Parameter(names[at], _short(text), kind))

    first_default = count - len(defaults)
    for at in range(count):
        default = defaults[at - first_default] if at >= first_default else MISSING
        add(at, "/" if at < code.co_posonlyargcount else "", default)
    rest = count + named
    if code.co_flags & inspect.CO_VARARGS:
        add(rest, "*args")
        rest += 1
    for at in range(count, count + named):
        add(at, "*", dict.get(by_name, names[at], MISSING))
    if code.co_flags & inspect.CO_VARKEYWORDS:
        add(rest, "**kwargs")
    if is_bound and parameters and parameters[0].kind in ("", "/"):
        del parameters[0]
    return Signature(name, tuple(parameters[:_MOST_PARAMETERS]), annotations.get("return", ""))


def _annotations(function: FunctionType) -> dict[str, str]:
    """As they were written, as far as that is known without evaluating them."""
    if sys.version_info >= (3, 14):
        import annotationlib  # noqa: PLC0415 - of 3.14

        annotate = function.__annotate__
        if type(annotate) is not FunctionType or annotate.__code__.co_name != "__annotate__":
            return {}
        try:
            # This calls nothing: it gives the code that would evaluate them names that stand for themselves.
            stored: Any = annotationlib.call_annotate_function(annotate, annotationlib.Format.STRING)
        except Exception:  # noqa: BLE001 - an annotation that is no expression of names
            return {}
    else:
        stored = function.__annotations__
    if type(stored) is not dict:
        return {}
    texts = {name: _annotation(each) for name, each in stored.items() if type(name) is str}
    return {name: text for name, text in texts.items() if text}


def _annotation(value: Any) -> str:
    if type(value) is str:
        return _short(value)
    if value is None:
        return "None"
    return class_name(value) if is_class(value) else ""


def _parsed(text: str, *, is_bound: bool) -> tuple[Parameter, ...]:
    """The parameters in the text of a signature, as compiled functions have it."""
    inner = text.strip()
    inner = inner[inner.find("(") + 1 : inner.rfind(")")]
    parameters: list[Parameter] = []
    kind, is_first = "", True
    for part in _split(inner):
        given = part.strip()
        if given == "/":
            parameters = [Parameter(each.name, each.text, each.kind or "/") for each in parameters]
        elif given == "*":
            kind = "*"
        elif given:
            stars = len(given) - len(given.lstrip("*"))
            own = ("", "*args", "**kwargs")[min(stars, 2)] or kind
            kind = "*" if stars == 1 else kind
            is_self = given.startswith("$") or (is_bound and is_first and given in ("self", "cls", "type"))
            if not is_self:
                name = re.split(r"[=:\s]", given.lstrip("*"), maxsplit=1)[0]
                parameters.append(Parameter(name, _short(given), own))
            is_first = False
    return tuple(parameters[:_MOST_PARAMETERS])


def _split(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, character in enumerate(text):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _documented(text: Any, own_name: str, name: str) -> Signature | None:
    """The signature with which a docstring of compiled code begins: the longest of several."""
    if type(text) is not str:
        return None
    line = rf"[ \t]*(?:\w+\.)*{re.escape(own_name)}\(([^\n]*)\)(?:[ \t]*->[ \t]*([^\n]+))?"
    if not re.match(rf"\s*{line}", text):
        return None
    matches = re.finditer(rf"^{line}", text[:_MOST_DOCUMENTED], re.MULTILINE)
    forms = [
        (_parsed(f"({match[1].replace('[', '').replace(']', '')})", is_bound=True), match[2])
        for match in matches
    ]
    parameters, result = max(forms, key=lambda form: len(form[0]))
    return Signature(name, parameters, _short((result or "").strip()))


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
