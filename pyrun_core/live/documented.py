"""The object that a docstring documents: the names that its examples can use, and its lines in a file."""

from dataclasses import dataclass
from functools import cached_property

from pyrun_core.live.preamble import ModuleNames, docstring_preamble
from pyrun_core.live.source_lines import SourceLines
from pyrun_core.options.declare import Values
from pyrun_core.problems import Location

__all__ = ["DocumentedObject"]


@dataclass(frozen=True)
class DocumentedObject:
    """An object by its full name.

    ``module`` is the module whose documentation has it, ``known`` are the modules whose names its examples
    can use. ``sources`` are all examples of the docstring. ``file`` has the docstring in ``lines``, of which
    the first one is ``line``.
    """

    name: str
    module: str = ""
    known: tuple[ModuleNames, ...] = ()
    sources: tuple[str, ...] = ()
    file: str = ""
    line: int = 1
    lines: tuple[str, ...] = ()

    def preamble(self, site: Values, page: Values) -> str:
        """What runs before the first example of the docstring."""
        return docstring_preamble(self.module, self.sources, self.known, site, page) if self.module else ""

    def location(self, text: str) -> Location:
        """Where a block with this text begins in the file. Without the file, the name of the object."""
        found = self.written(text)
        if found is not None:
            return found[0]
        return Location(self.file or self.name, self.line if self.file else None, is_inserted=True)

    def written(self, text: str) -> tuple[Location, str] | None:
        """Where a block with this text begins in the file, and its text there. ``None`` if it isn't found."""
        index = self._source.find(text)
        if index is None:
            return None
        return Location(self.file, self.line + index, is_inserted=True), self._source.written(index, text)

    @cached_property
    def _source(self) -> SourceLines:
        return SourceLines(self.lines)
