"""The options of a block of code in built HTML: lines at its top, and attributes of its elements."""

import re
from typing import NamedTuple

from pyrun_core.examples.code_file import without_excerpt
from pyrun_core.finish.code_blocks import Block
from pyrun_core.options.declare import Scope, declared_options

__all__ = ["OPTION_MARK", "BlockOptions", "read_block_options"]

OPTION_MARK = "#|"
"""Begins a line with an option."""

_NAMES = frozenset(option.name for option in declared_options(Scope.BLOCK))

_OPTION_LINE = re.compile(rf"{re.escape(OPTION_MARK)}\s*(?P<name>[\w-]+)\s*:\s*(?P<value>.*)")
_LIST = re.compile(r"\[(.*)\]")
_ITEM = re.compile(r"""(?:"[^"]*"|'[^']*'|[^,])+""")
_QUOTED = re.compile(r"""(["'])((?:(?!\1).)*)\1""")


class BlockOptions(NamedTuple):
    """The options that a block ``has``, and the number of ``lines`` at its top that are options."""

    has: dict[str, object]
    lines: int

    @property
    def are_known(self) -> bool:
        """Whether any of them is an option of pyrun."""
        return not _NAMES.isdisjoint(self.has)


def read_block_options(block: Block, source: str) -> BlockOptions:
    """The options of a block with this code. Lines take precedence over attributes."""
    attributes = {
        name.removeprefix("data-"): value
        for tag in block.tags
        for name, value in tag.attributes.items()
        if name.startswith("data-") and name.removeprefix("data-") in _NAMES
    }
    written, count = _option_lines(source)
    # Themes write `data-file` and `data-lines` too.
    return BlockOptions({**without_excerpt(attributes), **written}, count)


def _option_lines(source: str) -> tuple[dict[str, object], int]:
    """The options in lines ``#| name: value`` at the top, as Quarto writes them, and their number."""
    options: dict[str, object] = {}
    count = 0
    for line in source.split("\n"):
        match = _OPTION_LINE.fullmatch(line.rstrip())
        if match is None:
            break
        options[match["name"]] = _value(match["value"].strip())
        count += 1
    return options, count


def _value(text: str) -> object:
    """A value as in YAML: a list in brackets, or text, with or without quotes."""
    if items := _LIST.fullmatch(text):
        return [_unquoted(item.strip()) for item in _ITEM.findall(items[1]) if item.strip()]
    return _unquoted(text)


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return quoted[2] if quoted else text
