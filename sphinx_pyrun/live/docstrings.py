"""Documented objects around blocks: their names, their modules, and the lines of their docstrings."""

import inspect
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import PycodeError
from sphinx.pycode import ModuleAnalyzer

from pyrun_core.live.source_lines import SourceLines
from pyrun_core.problems import Location

__all__ = ["Docstring", "DocstringLines", "docstring_of", "modules_of", "object_around"]

_MARK = "docstring of "
"""In the source of each line of a docstring: ``path/module.py:docstring of module.name``."""


class Docstring(NamedTuple):
    """A docstring in a page.

    ``name`` is the full name of the object as the page documents it, ``defined`` the one where it is defined:
    ``package.function`` and ``package._private.function``. ``file`` is the file of the latter, or empty.
    """

    name: str
    defined: str
    file: str


def docstring_of(node: nodes.Node, source: str) -> Docstring | None:
    """The docstring that a block comes from, or None for the text of the page. ``source`` is the block's."""
    file, mark, defined = source.partition(_MARK)
    if not mark:
        return None
    described = next(_descriptions(node), None)
    name = next(_names(described), "") if described is not None else ""
    return Docstring(name or defined, defined, file.removesuffix(":"))


def object_around(node: nodes.Node, docstring: Docstring | None) -> str:
    """The full name of the innermost documented object around a block. Empty if there is none."""
    if docstring:
        return docstring.name
    return next((name for each in _descriptions(node) for name in _names(each)), "")


def modules_of(docstring: Docstring) -> Sequence[ModuleType]:
    """The module in which the object is documented, then the one that defines it. None if not imported."""
    modules: list[ModuleType] = []
    for name in (docstring.name, docstring.defined):
        module = _module_around(name)
        if module is not None and module not in modules:
            modules.append(module)
    if modules:
        home = sys.modules.get(_home_of(modules[0], docstring.name) or "")
        if home is not None and home not in modules:
            modules.append(home)
    return modules


class DocstringLines:
    """The lines of docstrings in their files. The same code can occur twice, so it remembers finds."""

    def __init__(self) -> None:
        self._next: dict[Docstring, int] = {}
        self._files: dict[str, SourceLines] = {}

    def location(self, docstring: Docstring, text: str, line: int | None) -> Location:
        """The position of a block in the file. ``line`` is the one that docutils knows, in the docstring."""
        analyzer = _analyzer(docstring)
        if analyzer is None:
            name = docstring.file or f"docstring of {docstring.defined}"
            return Location(name, None if docstring.file else line, is_inserted=True)
        if docstring.file not in self._files:
            self._files[docstring.file] = SourceLines(analyzer.code.splitlines())
        lines = self._files[docstring.file]
        first, last = _range(docstring, analyzer, len(lines))
        start = self._next.get(docstring, first)
        found = lines.find(text, start, last)
        if found is None:  # the blocks are in another order, or a directive has changed the text
            first_line = text.strip("\n").partition("\n")[0]
            found = lines.find(text, first, last) or lines.find(first_line, start, last)
        if found is not None:
            self._next[docstring] = found + 1
        return Location(docstring.file, (first if found is None else found) + 1, is_inserted=True)


def _descriptions(node: nodes.Node) -> Iterator[addnodes.desc]:
    """The descriptions of Python objects around a node, the innermost first."""
    around = node.parent
    while around is not None:
        if isinstance(around, addnodes.desc) and around.get("domain") == "py":
            yield around
        around = around.parent


def _names(description: addnodes.desc) -> Iterator[str]:
    """The full names in the signatures of a description."""
    for signature in description.findall(addnodes.desc_signature):
        if signature.parent is description and signature.get("fullname"):
            module = signature.get("module")
            yield f"{module}.{signature['fullname']}" if module else signature["fullname"]


def _module_around(name: str) -> ModuleType | None:
    """The imported module that is, or contains, the object of this name."""
    while name:
        if module := sys.modules.get(name):
            return module
        name = name.rpartition(".")[0]
    return None


def _home_of(module: ModuleType, name: str) -> str | None:
    """The name of the module that defines an object, for decorated ones too."""
    found: Any = module
    try:
        for part in name.removeprefix(f"{module.__name__}.").split("."):
            found = inspect.getattr_static(found, part)
        home = getattr(inspect.unwrap(found), "__module__", None)
    except (AttributeError, ValueError):
        return None
    return home if isinstance(home, str) else None


def _analyzer(docstring: Docstring) -> ModuleAnalyzer | None:
    """What Sphinx knows of the file. autodoc has read it already, and keeps it."""
    try:
        analyzer = ModuleAnalyzer.for_file(docstring.file, "")
        analyzer.analyze()
    except (PycodeError, OSError):
        return None
    return analyzer


def _range(docstring: Docstring, analyzer: ModuleAnalyzer, count: int) -> tuple[int, int]:
    """The lines of the object as indices: its first, and the one behind its last."""
    parts = docstring.defined.split(".")
    for length in range(1, len(parts)):  # the name without its module, whose length only the module knows
        if tag := analyzer.tags.get(".".join(parts[length:])):
            return max(0, tag[1] - 1), min(count, tag[2])
    return 0, count
