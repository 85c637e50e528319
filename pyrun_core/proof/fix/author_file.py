"""A file of the author, read so that everything but the changed lines stays as it is."""

import codecs
import io
import os
import shutil
import stat
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pyrun_core.cache import new_file
from pyrun_core.problems import PyrunError

__all__ = ["PYTHON", "AuthorFile", "Edit", "RefusedError", "open_file"]

PYTHON = frozenset({".py", ".pyi"})
_TEXT = frozenset({".md", ".markdown", ".rst", ".rest", ".txt", ".inc"})
"""Files whose text is the text of an example. In HTML or a notebook, for instance, it is encoded."""

_NOT_EDITED = frozenset(
    {"site-packages", "dist-packages", "node_modules", ".git", ".hg", ".nox", ".tox", ".venv"}
)
"""Folders inside of projects whose files come from elsewhere."""


_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
"""The superuser may write files that nobody may write."""


class RefusedError(Exception):
    """An output that is not written. The message says why, and completes "It was not written, because"."""


class Edit(NamedTuple):
    """Lines of a file and what replaces them. ``first`` is the number of the first one, from 1."""

    first: int
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class AuthorFile:
    """``lines`` are without their ends, which are those of ``content``."""

    path: Path
    content: bytes
    encoding: str
    text: str

    @property
    def is_python(self) -> bool:
        """Whether it is a module of Python."""
        return self.path.suffix in PYTHON

    @property
    def lines(self) -> list[str]:
        """Its lines, each without its end."""
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text with lines replaced. The new ones end as the line above them does."""
        lines = self.text.split("\n")
        for first, old, new in sorted(edits, reverse=True):
            above = lines[max(first - 2, 0)]
            end = "\r" if above.endswith("\r") else ""
            lines[first - 1 : first - 1 + len(old)] = [line + end for line in new]
        return "\n".join(lines)

    def encoded(self, text: str) -> bytes:
        """The bytes of a text in this file.

        Raises:
            RefusedError: the encoding of the file does not have a character.
        """
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            character = text[error.start]
            raise RefusedError(f"the file has the encoding {self.encoding}, without {character!a}") from None

    def write(self, text: str) -> None:
        """Replace the file at once. Its permissions stay.

        Raises:
            PyrunError: the file has changed since it was read, or cannot be written.
        """
        content = self.encoded(text)
        try:
            if self.path.read_bytes() != self.content:
                raise PyrunError(f"{self.path} has changed during the check. Check again")
            with new_file(self.path) as partial:
                partial.write_bytes(content)
                shutil.copymode(self.path, partial)
        except OSError as error:
            raise PyrunError(f"{self.path} cannot be written: {error.strerror}") from error


def open_file(name: str, root: Path, here: Path) -> AuthorFile:
    """The file of a location. A relative name is relative to ``here``.

    Raises:
        RefusedError: it is no file of the project in ``root``, or it cannot be read.
    """
    try:
        path = (here / name).resolve(strict=True)
    except (OSError, ValueError):
        raise RefusedError(f"there is no file {name}") from None
    if not path.is_relative_to(root.resolve()):
        raise RefusedError(f"{name} is not in the folder of the project, {root}")
    parts = path.relative_to(root.resolve()).parts
    if not _NOT_EDITED.isdisjoint(parts):
        raise RefusedError(f"{name} is not a file that you edit")
    if not path.is_file() or path.suffix not in PYTHON | _TEXT:
        raise RefusedError(f"the examples in files such as {path.name} are not plain text")
    if not os.access(path, os.W_OK) or not path.stat().st_mode & _WRITABLE:
        raise RefusedError(f"{name} is read-only")
    try:
        content = path.read_bytes()
        encoding = _encoding(path, content)
        text = content.decode(encoding)
    except (OSError, UnicodeDecodeError, SyntaxError, LookupError):
        raise RefusedError(f"{name} cannot be read") from None
    file = AuthorFile(path, content, encoding, text)
    if file.encoded(text) != content:
        raise RefusedError(f"{name} would change where nothing was edited")
    return file


def _encoding(path: Path, content: bytes) -> str:
    if path.suffix in PYTHON:
        return tokenize.detect_encoding(io.BytesIO(content).readline)[0]
    return "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
