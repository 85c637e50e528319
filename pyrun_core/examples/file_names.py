"""Names of files as authors write them, and the files that they mean.

A name is looked for exactly as it is written before it counts as a pattern: ``data (1)[a].csv`` may be a
file. Letters with marks have two spellings in Unicode, composed (NFC) and decomposed (NFD). Keyboards write
the first, and the disks of some systems have the second, so both mean the same file.
"""

import glob
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from unicodedata import normalize

from pyrun_core.options.package_entries import CONTROL_CHARACTER

__all__ = ["NamedFile", "find_named", "find_one", "why_linked", "why_refused", "why_slow"]

_ANY_FOLDERS = "**"
_MOST_ANY_FOLDERS = 2
"""Each ``**`` in a pattern multiplies the time that it takes."""

_MOST_CHARACTERS = 1000
"""More than any path needs."""


class NamedFile(NamedTuple):
    """A file or folder: the ``name`` that code uses for it, and its ``path`` on the disk."""

    name: str
    path: Path


def find_named(written: str, folder: Path) -> list[NamedFile]:
    """What a name or a pattern means in a folder, sorted by name."""
    literal, base, rest = _split(written, folder)
    if not rest:
        return [NamedFile("/".join(literal), base)]
    found = {
        name.replace(os.sep, "/")
        for pattern in _spellings("/".join(rest))
        # Not Path.glob: it matches hidden files, and takes neither ".." nor an absolute path.
        for name in glob.glob(_short(pattern), root_dir=base, recursive=True)  # noqa: PTH207
    }
    named = (NamedFile("/".join([*literal, _composed(name, found)]), base / name) for name in found)
    return sorted(file for file in named if not CONTROL_CHARACTER.search(file.name))


def find_one(written: str, folder: Path) -> Path | None:
    """The file or folder of exactly this name, without patterns."""
    _, path, rest = _split(written, folder)
    return None if rest else path


def why_refused(written: str, folder: str, root: Path) -> str:
    """Why nothing is looked for, although there may be a file. Empty if there is no reason.

    ``folder`` is relative to ``root``, the folder of the documentation. Windows would ask another machine
    about some texts. Hidden files are settings of programs. One of git's has the token with which a workflow
    may push.
    """
    if written.startswith("\\") or written.replace("\\", "/").startswith("//") or ":" in written:
        return "can be a path on another machine or drive. Write a path in the documentation's folder"
    if len(written) > _MOST_CHARACTERS:
        return f"has more than {_MOST_CHARACTERS} characters. Write each file separately"
    if CONTROL_CHARACTER.search(written):
        return "has a line break or another control character. Rename the file"
    depth = 0
    for part in PurePosixPath(folder, written.lstrip("/").replace("\\", "/")).parts:
        if part == "..":
            depth -= 1
        elif part.startswith("."):
            return "is hidden, because a name in it begins with a dot. Rename it"
        elif part != _ANY_FOLDERS:  # which matches no folder, too
            depth += 1
        if depth < 0:
            return f"is outside of {root}. Move it into that folder"
    return ""


def why_linked(path: Path, root: Path) -> str:
    """Why a file may not be used, judged by where it is behind all links. Empty if there is no reason."""
    real, folder = path.resolve(), root.resolve()
    if not real.is_relative_to(folder):
        return f"is outside of {root}. Move it into that folder"
    if any(part.startswith(".") for part in real.relative_to(folder).parts):
        return "leads to a hidden file. Replace the link by a file"
    return ""


def why_slow(written: str) -> str:
    """Why looking for a pattern could take very long."""
    parts = _short(written.replace("\\", "/")).split("/")
    patterns = [number for number, part in enumerate(parts) if glob.has_magic(part)]
    if patterns and ".." in parts[patterns[0] :]:
        return "goes back after a pattern. Write '..' before the first '*'"
    if parts.count(_ANY_FOLDERS) > _MOST_ANY_FOLDERS:
        return f"has '**' more than {_MOST_ANY_FOLDERS} times. Write a shorter pattern"
    return ""


def _split(written: str, folder: Path) -> tuple[list[str], Path, list[str]]:
    """The leading parts that exist under these names, where they lead, and the other parts."""
    parts = written.replace(os.sep, "/").split("/")
    path = folder
    for count, part in enumerate(parts):
        place = _place(part, path)
        if place is None:
            return parts[:count], path, parts[count:]
        path = place
    return parts, path, []


def _place(name: str, folder: Path) -> Path | None:
    path = folder / name
    if os.path.exists(path):  # noqa: PTH110 - Path.exists raises for a name that is too long
        return path
    if name.isascii() or not folder.is_dir():
        return None
    composed = normalize("NFC", name)
    return next((each for each in sorted(folder.iterdir()) if normalize("NFC", each.name) == composed), None)


def _spellings(pattern: str) -> Iterator[str]:
    yield pattern
    if not pattern.isascii():
        yield from {normalize("NFC", pattern), normalize("NFD", pattern)} - {pattern}


def _composed(name: str, others: set[str]) -> str:
    """The name as keyboards write it, unless another file has that name."""
    composed = normalize("NFC", name)
    return name if composed in others else composed


def _short(pattern: str) -> str:
    """The pattern with one ``**`` for several in a row, which match the same."""
    parts = pattern.replace(os.sep, "/").split("/")
    pairs = zip(parts, ["", *parts], strict=False)
    return "/".join(part for part, before in pairs if part != _ANY_FOLDERS or part != before)
