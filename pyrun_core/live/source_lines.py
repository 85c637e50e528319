"""Where the text of a block is in a file, in which it may be indented and between quotation marks."""

from collections.abc import Sequence

__all__ = ["SourceLines"]

_BEFORE = "rRuU\"'"
_BEHIND = "\"'"


class SourceLines:
    """The lines of a file, in which texts are looked for regardless of indentation."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = [line.strip() for line in lines]
        # Quotation marks can precede the first line of a text, and follow the others.
        self._beginnings = [line.lstrip(_BEFORE) for line in self._lines]

    def __len__(self) -> int:
        return len(self._lines)

    def find(self, text: str, start: int = 0, end: int | None = None) -> int | None:
        """The index of the line at which a text begins, all of whose lines are between two indices."""
        first, *others = [each.strip() for each in text.strip("\n").split("\n")]
        first = first.lstrip(_BEFORE)
        for index in range(start, (len(self) if end is None else end) - len(others)):
            following = self._lines[index + 1 : index + 1 + len(others)]
            if self._beginnings[index] == first and all(
                there.rstrip(_BEHIND) == here.rstrip(_BEHIND)
                for there, here in zip(following, others, strict=True)
            ):
                return index
        return None
