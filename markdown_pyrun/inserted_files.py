"""Files whose text a page inserts: with pymdownx.snippets, or with the plugin include-markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown import Markdown

from pyrun_core.live.source_lines import SourceLines
from pyrun_core.problems import Location

__all__ = ["InsertedFiles"]

_SNIPPETS = "snippet"
"""The preprocessor of pymdownx.snippets."""

_INSERTION = re.compile(
    r"""-{1,}8<-{1,}\s+(?P<quote>["'])(?P<snippet>.+?)(?P=quote)"""
    r"""|\{%-?\s*include(?:-markdown)?\s+(?P<mark>["'])(?P<included>.+?)(?P=mark)"""
)
_SCISSORS = re.compile(r"\s*-{1,}8<-{1,}\s*")
_SECTION = re.compile(r":[\w-]+$|(?::-?\d*)+$")
"""What follows the name of a file from which a part is inserted."""


@dataclass
class InsertedFiles:
    """The files that a page with these ``lines`` inserts, and those that they insert.

    Names in it are relative to ``folders``, and to the folders of pymdownx.snippets.
    """

    md: Markdown
    lines: Sequence[str]
    folders: Sequence[Path]
    _read: dict[Path, SourceLines] | None = field(default=None)

    def find(self, text: str) -> Location | None:
        """Where a text begins in one of the files."""
        if self._read is None:
            self._read = {}
            self._follow(self.lines)
        for file, lines in self._read.items():
            if (index := lines.find(text)) is not None:
                return Location(str(file), index + 1)
        return None

    def _follow(self, lines: Sequence[str]) -> None:
        for name in _names(lines):
            file = next((path for folder in self._all_folders() if (path := folder / name).is_file()), None)
            if file is None or self._read is None or file in self._read:
                continue
            try:
                inserted = file.read_text(encoding="utf-8-sig").split("\n")
            except (OSError, UnicodeError):
                continue
            self._read[file] = SourceLines(inserted)
            self._follow(inserted)

    def _all_folders(self) -> Iterator[Path]:
        yield from self.folders
        if _SNIPPETS in self.md.preprocessors:
            found = getattr(self.md.preprocessors[_SNIPPETS], "base_path", ())
            yield from map(Path, [found] if isinstance(found, str) else found)


def _names(lines: Sequence[str]) -> Iterator[str]:
    """The names of files that lines insert."""
    is_list = False  # between two lines of scissors, each line is a name
    for line in lines:
        if _SCISSORS.fullmatch(line):
            is_list = not is_list
        elif is_list and line.strip():
            yield _SECTION.sub("", line.strip())
        else:
            for match in _INSERTION.finditer(line):
                yield _SECTION.sub("", match["snippet"] or match["included"])
