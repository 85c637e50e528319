"""The code of existing blocks, and reports of what keeps a block from going live."""

import doctest
from pathlib import Path

from docutils import nodes

from pyrun_core.examples.provenance import Flag
from pyrun_core.live.code import BlockError, LiveCode, read_code
from pyrun_core.live.hidden_code import without_comments
from pyrun_core.live.source_lines import SourceLines
from pyrun_core.live.transcript import read_transcript
from pyrun_core.problems import Location, Problem
from pyrun_syntax.prompts import is_ipython
from sphinx_pyrun.live.blocks import Block
from sphinx_pyrun.live.docstrings import Docstring, DocstringLines
from sphinx_pyrun.report import report

__all__ = ["CodeReader", "PageFiles", "flags_of", "is_session", "text_of"]


class CodeReader:
    """Reads the blocks of one page."""

    def __init__(self) -> None:
        self._docstrings = DocstringLines()
        self._files = PageFiles()

    def location(self, block: Block, docstring: Docstring | None) -> Location:
        """Where a block is: in the file of its docstring, or in the page."""
        node = block.node
        if docstring:
            return self._docstrings.location(docstring, text_of(node), node.line)
        return Location(block.source, block.line)

    def read(self, block: Block, location: Location) -> LiveCode | None:
        """The code of a block. If the block has a mistake, that is reported."""
        text = text_of(block.node)
        file, first = self.first_line(block.node, location)
        try:
            code = read_transcript(text) if is_session(block) else read_code(text)
        except BlockError as error:
            near = first or location.line
            line = None if near is None else near + error.line - 1
            report(Problem.LIVE, str(error), Location(file, line, location.is_inserted))
            return None
        placed = code.placed(file, first).with_flags(flags_of(block.node))
        return without_comments(placed, report, location)

    def first_line(self, node: nodes.Element, location: Location) -> tuple[str, int | None]:
        """The file that has the first line of a block's text, and its line there if it is known."""
        text = text_of(node)
        if location.is_inserted and location.line:  # the line of a docstring
            return location.file, location.line - _empty_lines(text)
        included = node.get("source")  # by `literalinclude`
        if included and (line := self._files.find(text, Location(included))):
            return included, line
        return location.file, self._files.find(text, location)


class PageFiles:
    """The files that the text of a page is in, each read once."""

    def __init__(self) -> None:
        self._files: dict[str, SourceLines | None] = {}

    def find(self, text: str, location: Location, *, is_below: bool = False) -> int | None:
        """The line of a file at which a text begins. ``None`` if it is not there as it is in the page.

        What docutils knows is the line of a directive above it, or in old versions the last line of the text.
        ``is_below``: it is the line of a directive.
        """
        file = location.file
        if file not in self._files:
            self._files[file] = _read(file)
        lines = self._files[file]
        near = (location.line or 1) - 1 - (0 if is_below else text.strip("\n").count("\n"))
        found = lines.find(text, max(0, near)) if lines else None
        return None if found is None else found + 1 - _empty_lines(text)


def is_session(block: Block) -> bool:
    """Whether a block has prompts."""
    return "doctest" in block.words or ("ipython" in block.words and is_ipython(block.node.astext()))


def text_of(node: nodes.Element) -> str:
    """The text as its author wrote it: `sphinx.ext.doctest` removes flags from what it shows."""
    text: str = node.get("test") or node.astext()
    return text


def flags_of(node: nodes.Element) -> tuple[Flag, ...]:
    """The flags that the options of a directive of `sphinx.ext.doctest` set."""
    options: dict[int, bool] = node.get("options") or {}
    if not options:
        return ()
    names = {flag: name for name, flag in doctest.OPTIONFLAGS_BY_NAME.items()}
    return tuple(Flag(names[flag], is_on) for flag, is_on in options.items() if flag in names)


def _empty_lines(text: str) -> int:
    """The empty lines at the beginning of a text."""
    return len(text) - len(text.lstrip("\n"))


def _read(file: str) -> SourceLines | None:
    try:
        return SourceLines(Path(file).read_text(encoding="utf-8-sig").splitlines())
    except (OSError, ValueError):
        return None
