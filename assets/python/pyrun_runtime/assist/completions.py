"""What could be written at the cursor."""

from __future__ import annotations

import builtins
import contextlib
import keyword
import os
import sys
from collections import Counter, OrderedDict, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, TypedDict

from pyrun_runtime.assist import modules
from pyrun_runtime.assist.lookup import (
    CALLABLES,
    attributes,
    instance_dict,
    is_class,
    is_exactly,
    is_module,
    own_attributes,
)
from pyrun_runtime.assist.signatures import signature_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyrun_runtime.assist.context import Context
    from pyrun_runtime.assist.found import Found
    from pyrun_runtime.assist.scope import Scope

__all__ = ["Completions", "Option", "complete"]

MOST_OPTIONS = 600
"""Of one answer. If there are more, the page asks again when the reader has typed on."""

_MOST_CHARACTERS = 200
"""Of one option. Longer keys and file names are left out."""

_MOST_SCANNED = 20_000

_DICTIONARIES = (dict, OrderedDict, defaultdict, Counter)

_HIDDEN: dict[str, tuple[str, ...]] = {"keys": (), "paths": (".",)}
"""How names begin that appear only after the reader has typed so; elsewhere, it is an underscore."""

_SOFT_KEYWORDS = ("case", "match", "type")
_VALUES = frozenset({"False", "None", "True"})

_READS_FILES = frozenset(
    {"open", "Path", "PurePath", "exists", "isfile", "isdir", "listdir", "chdir", "remove", "stat"}
)
_READING = ("read_", "load", "from_file", "imread", "imsave", "savefig", "to_csv", "genfromtxt", "fromfile")
"""Functions whose first string is likely to be a path."""


class Option(TypedDict):
    """Something to insert. ``kind`` is one of CodeMirror's types of completions."""

    label: str
    kind: str


class Completions(TypedDict):
    """Options for the text before the cursor, which replaces ``prefix``.

    ``isWhole`` says that the options are all there are, whatever the reader adds to the prefix.
    """

    prefix: str
    what: str
    quote: str
    options: list[Option]
    isWhole: bool


def complete(
    context: Context, scope: Scope, packaged: Callable[[], str], *, asked: bool
) -> Completions | None:
    """The options in a context; None if nothing can be said.

    ``packaged`` is for `modules.importable`. ``asked`` says that the reader asked for options, which then
    appear before anything has been typed.
    """
    makers: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
        "names": lambda: _names(context, scope) if context.prefix or asked else (),
        "attributes": lambda: _attributes_of(context.expression, scope),
        "keys": lambda: _keys(scope.resolve(context.expression), quoted=bool(context.quote)),
        "paths": lambda: _paths(context.prefix) if asked or _is_path(context) else (),
        "modules": lambda: _modules(context.expression, packaged),
        "members": lambda: _members(context.expression, scope),
    }
    if context.kind not in makers:
        return None
    prefix = context.prefix
    hidden = _HIDDEN.get(context.kind, ("_",))
    found: dict[str, str] = {}
    is_whole = True
    for label, kind in makers[context.kind]():
        if len(label) > _MOST_CHARACTERS or label in found:
            continue
        if label.startswith(hidden) and not prefix.startswith(hidden):
            continue
        if len(found) == MOST_OPTIONS:
            is_whole = False
            break
        found[label] = kind
    if not is_whole and prefix:
        wanted = prefix.lower()
        every = islice(makers[context.kind](), _MOST_SCANNED)
        found = dict(
            islice(((label, kind) for label, kind in every if wanted in label.lower()), MOST_OPTIONS)
        )
    options = [Option(label=label, kind=kind) for label, kind in found.items()]
    if not options:
        return None
    is_whole = is_whole and not (context.kind == "names" and not prefix)
    return Completions(
        prefix=prefix, what=context.kind, quote=context.quote, options=options, isWhole=is_whole
    )


def _names(context: Context, scope: Scope) -> Iterator[tuple[str, str]]:
    if context.call and context.call.is_innermost:
        yield from _arguments(context, scope)
    kinds: dict[int, str] = {}
    for name, value in _items(scope.names):
        yield name, _kind(value, kinds)
    for name, (_, member) in scope.imports.items():
        if name.isidentifier():
            yield name, "variable" if member else "namespace"
    for name in [*keyword.kwlist, *_SOFT_KEYWORDS]:
        yield name, "constant" if name in _VALUES else "keyword"
    for name, value in _items(vars(builtins)):
        yield name, _kind(value, kinds)


def _arguments(context: Context, scope: Scope) -> Iterator[tuple[str, str]]:
    """The parameters that the call could still give by name."""
    call = context.call
    found = scope.resolve(call.function) if call else None
    signature = signature_of(found, "") if found else None
    if call is None or signature is None or call.keyword:
        return
    for at, parameter in enumerate(signature.parameters):
        is_given = parameter.name in call.used or (parameter.kind == "" and at < call.position)
        if parameter.kind in ("", "*") and not is_given:
            yield f"{parameter.name}=", "property"


def _attributes_of(expression: str, scope: Scope) -> Iterator[tuple[str, str]]:
    found = scope.resolve(expression)
    if found is None:
        module, member = scope.imports.get(expression, ("", ""))
        if module and not member:  # the import has not run yet
            yield from modules.outline(module).items()
    yield from _attributes(found)


def _attributes(found: Found | None) -> Iterator[tuple[str, str]]:
    if found is None or found.is_hidden:
        return
    kinds: dict[int, str] = {}
    if not found.is_instance and is_module(found.value):
        yield from ((name, _kind(value, kinds)) for name, value in _items(instance_dict(found.value)))
        yield from ((name, "namespace") for name in modules.submodules(found.paths[0] if found.paths else ""))
        return
    listed = own_attributes(found.value) if found.is_instance else attributes(found.value)
    yield from ((name, _kind_of_attribute(stored, kinds)) for name, stored in listed)
    yield from ((name, "property") for name in _columns(found) if name.isidentifier())


def _keys(found: Found | None, *, quoted: bool) -> Iterator[tuple[str, str]]:
    if found is None or found.is_instance or found.is_hidden:
        return
    keys: Iterable[Any] = _columns(found)
    if is_exactly(found.value, _DICTIONARIES):
        keys = islice(dict.keys(found.value), _MOST_SCANNED)
    for key in keys:
        if type(key) is str and (quoted or len(key) <= _MOST_CHARACTERS):
            if not quoted:
                yield repr(key), "text"
            elif key.isprintable() and not {'"', "'", "\\"} & set(key):
                yield key, "text"
        elif is_exactly(key, (int, bool)) and not quoted and abs(key) < sys.maxsize:
            yield repr(key), "constant"


def _columns(found: Found) -> list[str]:
    """The columns of a data frame of pandas itself: its code knows no code of a reader's."""
    pandas = sys.modules.get("pandas")
    cls = instance_dict(pandas).get("DataFrame") if pandas else None
    if found.is_instance or cls is None or type(found.value) is not cls:
        return []
    with contextlib.suppress(Exception):  # half made, or changed
        columns = islice(list(found.value.columns), _MOST_SCANNED)
        return [column for column in columns if type(column) is str]
    return []


def _is_path(context: Context) -> bool:
    name = context.function
    return name in _READS_FILES or any(part in name for part in _READING) or "/" in context.prefix


def _paths(prefix: str) -> Iterator[tuple[str, str]]:
    folder = os.path.dirname(prefix)  # noqa: PTH120 - text, as the code has it
    if "://" in prefix:
        return
    with contextlib.suppress(OSError, ValueError), os.scandir(folder or ".") as entries:
        before = prefix[: len(prefix) - len(os.path.basename(prefix))]  # noqa: PTH119
        found = sorted((entry.name, entry.is_dir()) for entry in islice(entries, _MOST_SCANNED))
        for name, is_folder in found:
            if name.isprintable() and not {'"', "'", "\\"} & set(name):
                yield before + name + ("/" if is_folder else ""), "namespace" if is_folder else "text"


def _modules(package: str, packaged: Callable[[], str]) -> Iterator[tuple[str, str]]:
    names = modules.submodules(package) if package else modules.importable(packaged())
    return ((name, "namespace") for name in names)


def _members(name: str, scope: Scope) -> Iterator[tuple[str, str]]:
    found = scope.module(name)
    if found:
        yield from _attributes(found)
        return
    yield from modules.outline(name).items()
    yield from ((each, "namespace") for each in modules.submodules(name))


def _items(names: dict[Any, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in islice(names.items(), _MOST_SCANNED) if type(name) is str)


def _kind(value: Any, kinds: dict[int, str] | None = None) -> str:
    """The kind of a value. ``kinds`` remembers those of classes, by their identity."""
    cls = type(value)
    known = None if kinds is None else kinds.get(id(cls))
    if known is not None:
        return known
    if is_class(value):
        kind = "class"
    elif is_module(value):
        kind = "namespace"
    else:
        kind = "function" if is_exactly(value, CALLABLES) else "variable"
    if kinds is not None:
        kinds[id(cls)] = kind
    return kind


def _kind_of_attribute(stored: Any, kinds: dict[int, str]) -> str:
    known = kinds.get(id(type(stored)))
    if known is None:
        is_method = is_exactly(stored, (*CALLABLES, staticmethod, classmethod))
        other = _kind(stored) if is_class(stored) or is_module(stored) else "property"
        known = kinds[id(type(stored))] = "method" if is_method else other
    return known
