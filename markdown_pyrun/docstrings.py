"""Docstrings on pages of mkdocstrings: what they document. The only module that uses its private names.

They are in mkdocstrings 1.0, with the handler mkdocstrings-python 2.0, and with Griffe 2.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from markdown import Markdown

from markdown_pyrun.fences import Fence, OtherFence, find_fences
from pyrun_core.live.documented import DocumentedObject
from pyrun_core.live.preamble import ModuleNames
from pyrun_syntax.prompts import without_prompts

__all__ = ["Docstrings", "directives", "is_on_page"]

_IDS = "mkdocstrings_ids"
"""The tree processor of the Markdown instance for docstrings. It prefixes the name of the object."""

_AFTER_NAME = "--"
_DIRECTIVES = "mkdocstrings"

_DIRECTIVE = re.compile(r"[> \t]*(?:#{1,6} *|):::[ \t]?(?P<name>\S+)[ \t]*")
_PROMPT, _MORE = ">>>", "..."


class _Docstring(Protocol):
    """A docstring, as Griffe describes it."""

    value: str
    lineno: int | None
    endlineno: int | None


class _Object(Protocol):
    """An object, or another name of one, as Griffe describes it."""

    path: str
    is_alias: bool
    is_module: bool
    runtime: bool
    parent: "_Object | None"
    module: "_Object"
    final_target: "_Object"
    target_path: str
    members: "Mapping[str, _Object]"
    filepath: object
    docstring: _Docstring | None


@dataclass
class Docstrings:
    """The objects on a page of mkdocstrings. Knows those that it has found before."""

    _found: dict[str, DocumentedObject] = field(default_factory=dict)

    def around(self, md: Markdown) -> DocumentedObject | None:
        """The object whose docstring this Markdown instance converts, ``None`` if it converts a page."""
        if _IDS not in md.treeprocessors:
            return None
        prefix = getattr(md.treeprocessors[_IDS], "id_prefix", "")
        return self.find(prefix.removesuffix(_AFTER_NAME), md)

    def find(self, name: str, md: Markdown) -> DocumentedObject:
        """The object with this full name."""
        if name not in self._found:
            found = next(_collected(name, md), None)
            self._found[name] = _describe(name, found) if found is not None else DocumentedObject(name)
        return self._found[name]


def is_on_page(md: Markdown) -> bool:
    """Whether mkdocstrings works on the page."""
    return _DIRECTIVES in md.parser.blockprocessors


def directives(lines: Sequence[str]) -> list[str]:
    """The names of the objects that a page documents, in order."""
    return [match["name"] for line in lines if (match := _DIRECTIVE.fullmatch(line))]


def _collected(name: str, md: Markdown) -> Iterator[_Object]:
    """The object, as the handlers of mkdocstrings have collected it."""
    if _DIRECTIVES not in md.parser.blockprocessors:
        return
    handlers = getattr(md.parser.blockprocessors[_DIRECTIVES], "_handlers", None)
    for handler in getattr(handlers, "seen_handlers", ()):
        try:
            yield getattr(handler, "_modules_collection")[name]  # noqa: B009 - it is private
        except (AttributeError, LookupError, ValueError):
            continue


def _describe(name: str, found: _Object) -> DocumentedObject:
    """What Griffe knows of an object."""
    try:
        target = found.final_target if found.is_alias else found
        modules = [_module_of(found), target.module]
        known = {module.path: ModuleNames(module.path, dict(_names(module))) for module in modules}
        docstring = target.docstring
    except Exception:  # noqa: BLE001 - Griffe raises many for aliases that cannot be resolved
        return DocumentedObject(name)
    file, line, lines = _lines(target.filepath, docstring)
    sources = tuple(_sources(docstring.value if docstring else ""))
    return DocumentedObject(name, modules[0].path, tuple(known.values()), sources, file, line, lines)


def _module_of(found: _Object) -> _Object:
    """The module in whose documentation the object is."""
    while not found.is_module and found.parent is not None:
        found = found.parent
    return found


def _names(module: _Object) -> Iterator[tuple[str, str]]:
    """The names of a module. A name for a whole module comes with the name of that module."""
    for name, member in module.members.items():
        if (name.startswith("__") and name.endswith("__")) or not member.runtime:
            continue
        whole = member.target_path if member.is_alias and "." not in member.target_path else ""
        yield name, whole


def _lines(file: object, docstring: _Docstring | None) -> tuple[str, int, tuple[str, ...]]:
    """The file of a docstring, its first line, and its lines."""
    if docstring is None or docstring.lineno is None or not isinstance(file, Path):
        return "", 1, ()
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeError):
        return "", 1, ()
    here = Path.cwd()
    shown = file.relative_to(here).as_posix() if file.is_relative_to(here) else str(file)
    return shown, docstring.lineno, tuple(lines[docstring.lineno - 1 : docstring.endlineno])


def _sources(text: str) -> Iterator[str]:
    """The code of all examples in a docstring. Statements come one by one, because one may be wrong."""
    lines = text.split("\n")
    for fence in find_fences(lines):
        if isinstance(fence, Fence | OtherFence):
            lines[fence.first : fence.last + 1] = [""] * (fence.last + 1 - fence.first)
            if _PROMPT in fence.source:
                yield from _statements(fence.source.split("\n"))
            else:
                yield fence.source
    yield from _statements(lines)


def _statements(lines: Sequence[str]) -> Iterator[str]:
    """The statements of sessions, and nothing of what is around them."""
    statement: list[str] = []
    for line in [*(line.strip() for line in lines), ""]:
        if statement and not line.startswith(_MORE):
            yield without_prompts("\n".join(statement))
            statement = []
        if line.startswith(_PROMPT) or statement:
            statement.append(line)
