"""What a name at the cursor is: signature or value, the beginning of the docstring, qualified names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from pyrun_runtime.assist.docstrings import beginning, docstring
from pyrun_runtime.assist.found import Found, qualified_names
from pyrun_runtime.assist.lookup import class_dict, class_name, instance_dict, is_class, is_module, mro
from pyrun_runtime.assist.signatures import signature_of
from pyrun_runtime.assist.values import written

if TYPE_CHECKING:
    from pyrun_runtime.assist.context import Call

__all__ = ["Description", "Help", "describe", "help_with_call"]

_MOST_NAMES = 30


class Description(TypedDict):
    """What is known of a name. ``names`` are qualified names under which a documentation may have it."""

    title: str
    text: str
    names: list[str]


class Help(TypedDict):
    """A call that is being written: the pieces of its signature, and which of them the cursor is in."""

    name: str
    pieces: list[str]
    result: str
    active: int | None
    text: str
    names: list[str]


def describe(found: Found, expression: str) -> Description:
    """Describe what an expression stands for."""
    name = expression.rpartition(".")[2]
    return Description(title=_title(found, name), text=beginning(_documentation(found)), names=_names(found))


def help_with_call(found: Found, call: Call) -> Help | None:
    """How to go on with a call."""
    name = call.function.rpartition(".")[2]
    signature = signature_of(found, name if name.isidentifier() else "")
    if signature is None:
        return None
    pieces, _ = signature.pieces()
    text = beginning(_documentation(found)).partition("\n\n")[0]
    return Help(
        name=signature.name,
        pieces=pieces,
        result=signature.result,
        active=signature.active(call.position, call.keyword),
        text=text,
        names=_names(found),
    )


def _title(found: Found, name: str) -> str:
    value = found.value
    if found.is_hidden:
        kind = "property" if type(value) is property else class_name(type(value))
        return f"{name}: {kind}"
    if is_module(value) and not found.is_instance:
        return f"module {(qualified_names(value) or [name])[0]}"
    is_object = found.is_instance or not (is_class(value) or qualified_names(value) or _is_wrapper(found))
    if not is_object:
        signature = signature_of(found, name)
        text = signature.text if signature else name
        return f"class {text}" if is_class(value) else text
    shown = "" if found.is_instance else written(value)
    return f"{name}: {class_name(found.known_class)}" + (f" = {shown}" if shown not in ("", "…") else "")


def _is_wrapper(found: Found) -> bool:
    return "__wrapped__" in instance_dict(found.value)


def _documentation(found: Found) -> str:
    """The docstring of the thing itself; for an object, that of its class, unless that is Python's own."""
    if found.is_instance:
        return _of_class(found.value)
    own = docstring(found.value)
    if own or is_class(found.value):
        return own
    return "" if qualified_names(found.value) else _of_class(type(found.value))


def _of_class(cls: type) -> str:
    if class_dict(cls).get("__module__", "builtins") == "builtins":
        return ""
    texts = (docstring(base) for base in mro(cls) if base is not object)
    return next((text for text in texts if text), "")


def _names(found: Found) -> list[str]:
    own = qualified_names(found.value)
    if not own and not found.is_hidden:
        own = [name for base in mro(found.known_class)[:1] for name in qualified_names(base)]
    names = [name for name in [*found.paths, *own] if not name.startswith("__main__.")]
    return list(dict.fromkeys(names))[:_MOST_NAMES]
