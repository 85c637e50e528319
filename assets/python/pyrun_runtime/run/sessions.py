"""Whose names an example sees."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

__all__ = ["Session", "Sessions"]


class Session:
    """A namespace, and what has run in it."""

    def __init__(self) -> None:
        self._main = ModuleType("__main__")
        self._ran: set[str] = set()

    @property
    def names(self) -> dict[str, Any]:
        """The namespace in which code of the session runs."""
        return self._main.__dict__

    def has_run(self, code: str) -> bool:
        """Whether exactly this code came to its end here."""
        return code in self._ran

    def mark_run(self, code: str) -> None:
        """Remember that this code came to its end."""
        self._ran.add(code)

    @contextmanager
    def as_main(self) -> Iterator[None]:
        """Be the ``__main__`` module, where pickle and dataclasses look for what a cell defines."""
        before = sys.modules["__main__"]
        sys.modules["__main__"] = self._main
        # Or else a warning comes in the first run only, and whoever runs again believes to have mended it.
        self.names.pop("__warningregistry__", None)
        try:
            yield
        finally:
            sys.modules["__main__"] = before


class Sessions:
    """The sessions of one interpreter, by name."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def open(self, name: str | None) -> Session:
        """The session of that name, made on first use; a new one that nobody shares for None."""
        return Session() if name is None else self._sessions.setdefault(name, Session())
