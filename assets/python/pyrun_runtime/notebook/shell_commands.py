"""The commands of a shell that work in a page: those that show files and text."""

from __future__ import annotations

import glob
import os
import shlex
from pathlib import Path

__all__ = ["run_command"]

_OF_A_SHELL = frozenset({"|", "||", "&", "&&", ";", "<", ">", ">>"})


def run_command(command: str) -> str | None:
    """What a command prints. None if it is none of those that work, or is more than one command."""
    try:
        name, *arguments = shlex.split(command)
    except ValueError:  # nothing, or a quotation mark is missing
        return None
    run = {"cat": _cat, "echo": _echo, "ls": _ls, "pwd": _pwd}.get(name)
    if run is None or not _OF_A_SHELL.isdisjoint(arguments):
        return None
    words = [found for each in arguments for found in _matching(each)]
    return run([word for word in words if not word.startswith("-")])


def _matching(word: str) -> list[str]:
    """The files that a pattern matches; the word itself if there are none."""
    return sorted(glob.glob(word)) or [word]  # noqa: PTH207 - the names as they were written


def _cat(names: list[str]) -> str:
    return "".join(_content(name) for name in names)


def _content(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return f"cat: {name}: {error.strerror}\n"


def _echo(words: list[str]) -> str:
    return " ".join(words) + "\n"


def _ls(names: list[str]) -> str:
    found: list[str] = []
    for name in names or ["."]:
        path = Path(name)
        if path.is_dir():
            found += sorted(each for each in os.listdir(path) if not each.startswith("."))  # noqa: PTH208
        else:
            found.append(name if path.exists() else f"ls: cannot access '{name}': No such file or directory")
    return "".join(f"{each}\n" for each in found)


def _pwd(_: list[str]) -> str:
    return f"{Path.cwd()}\n"
