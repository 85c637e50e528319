"""Where the text of a block is in a file, in which it may be indented and between quotation marks."""

from collections.abc import Sequence
from textwrap import dedent

from pyrun_core.live.doctest_flags import BLANK_LINE, without_flags

__all__ = ["SourceLines"]

_BEFORE = "rRuU\"'"
_BEHIND = "\"'"


class SourceLines:
    """The lines of a file, in which texts are looked for regardless of indentation.

    A text can lack what is doctest's: flags, and the marks for empty lines. Generators can remove them.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._written = lines

    def __len__(self) -> int:
        return len(self._written)

    def find(self, text: str, start: int = 0, end: int | None = None) -> int | None:
        """The index of the line at which a text begins, all of whose lines are between two indices."""
        # Quotation marks can precede the first line of a text, and follow the others.
        first, *others = [_bare(each) for each in text.strip("\n").split("\n")]
        first = first.lstrip(_BEFORE)
        others = [each.rstrip(_BEHIND) for each in others]
        for index in range(start, (len(self) if end is None else end) - len(others)):
            line = self._written[index]
            if first not in line or _bare(line).lstrip(_BEFORE) != first:  # the first is the faster one
                continue
            following = self._written[index + 1 : index + 1 + len(others)]
            if [_bare(each).rstrip(_BEHIND) for each in following] == others:
                return index
        return None

    def written(self, index: int, text: str) -> str:
        """A text that begins at an index as its author wrote it, without the indentation."""
        wanted = text.strip("\n").split("\n")
        first, *others = self._written[index : index + len(wanted)]
        if others and _bare(others[-1]) != _bare(wanted[-1]):
            others[-1] = others[-1].rstrip().rstrip(_BEHIND)
        stripped = first.lstrip()
        bare = stripped.lstrip(_BEFORE)
        if bare == stripped:
            return dedent("\n".join([first, *others]))
        return "\n".join([bare, *dedent("\n".join(others)).split("\n")])  # behind quotation marks


def _bare(line: str) -> str:
    bare = without_flags(line).strip()
    return "" if bare == BLANK_LINE else bare
