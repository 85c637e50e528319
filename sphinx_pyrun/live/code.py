"""The code of existing blocks, and reports of what keeps a block from going live."""

from pathlib import Path

from docutils import nodes

from pyrun_core.live.code import BlockError, LiveCode, read_code
from pyrun_core.live.source_lines import SourceLines
from pyrun_core.live.transcript import read_transcript
from pyrun_core.problems import Location, Problem
from pyrun_syntax.prompts import is_ipython
from sphinx_pyrun.live.blocks import Block
from sphinx_pyrun.live.docstrings import Docstring, DocstringLines
from sphinx_pyrun.report import report

__all__ = ["CodeReader"]


class CodeReader:
    """Reads the blocks of one page."""

    def __init__(self) -> None:
        self._docstrings = DocstringLines()

    def location(self, block: Block, docstring: Docstring | None) -> Location:
        """Where a block is: in the file of its docstring, or in the page."""
        node = block.node
        if docstring:
            return self._docstrings.location(docstring, _text(node), node.line)
        return Location(block.source, block.line)

    def read(self, block: Block, location: Location) -> LiveCode | None:
        """The code of a block. If the block has a mistake, that is reported."""
        text = _text(block.node)
        try:
            return read_transcript(text) if is_session(block) else read_code(text)
        except BlockError as error:
            first = _first_line(text, location)
            line = None if first is None else first + error.line - 1
            report(Problem.LIVE, str(error), Location(location.file, line, location.is_inserted))
            return None


def is_session(block: Block) -> bool:
    """Whether a block has prompts."""
    return "doctest" in block.words or ("ipython" in block.words and is_ipython(block.node.astext()))


def _text(node: nodes.Element) -> str:
    """The text as its author wrote it: `sphinx.ext.doctest` removes flags from what it shows."""
    text: str = node.get("test") or node.astext()
    return text


def _first_line(text: str, location: Location) -> int | None:
    """The line of the file in which the text begins.

    What docutils knows is the line of a directive above it, or in old versions the last line of the text.
    """
    try:
        lines = Path(location.file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return location.line
    near = (location.line or 1) - 1 - text.strip("\n").count("\n")
    found = SourceLines(lines).find(text, max(0, near))
    return location.line if found is None else found + 1
