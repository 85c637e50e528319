"""Sessions: the namespaces in which examples run."""

import builtins
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from types import ModuleType
from typing import Any

__all__ = ["LAST_VALUE", "Session", "Sessions"]

LAST_VALUE = "_"
"""The built-in name of the value that was shown last in a session, as in Python."""


class Session:
    """A namespace, and the code that has run in it."""

    def __init__(self) -> None:
        self._main = ModuleType("__main__")
        self._ran: set[str] = set()
        self.context = copy_context()
        """The context variables that code of the session has set, also through NumPy's `set_printoptions`."""
        self.settings: dict[str, Any] = {}
        """What set-up code of the session has set; see `settings`."""
        self.has_console = False
        """Whether a console has begun in it, which says first which Python it is."""
        self.console_settings: dict[str, Any] = {}
        """What entries of a console have set."""
        self._last: dict[str, Any] = {}
        """Its last value by `LAST_VALUE`, if there is one."""

    @property
    def names(self) -> dict[str, Any]:
        """The namespace in which code of the session runs."""
        return self._main.__dict__

    def has_run(self, code: str) -> bool:
        """Whether exactly this code has completed here."""
        return code in self._ran

    def mark_run(self, code: str) -> None:
        """Remember that this code has completed."""
        self._ran.add(code)

    @contextmanager
    def as_main(self) -> Iterator[None]:
        """Be the ``__main__`` module, where pickle and dataclasses look for what a cell defines."""
        before = sys.modules["__main__"]
        sys.modules["__main__"] = self._main
        # Otherwise a warning appears in the first run only, as if the second had fixed it.
        self.names.pop("__warningregistry__", None)
        # Code may have used these two for something else.
        self.names.update(__name__="__main__", __builtins__=builtins)
        shared = vars(builtins)
        shared.update(self._last)
        try:
            yield
        finally:
            sys.modules["__main__"] = before
            self._last = {LAST_VALUE: shared.pop(LAST_VALUE)} if LAST_VALUE in shared else {}


class Sessions:
    """The sessions of one interpreter, by name."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def find(self, name: str | None) -> Session | None:
        """The session of that name, if code has run in it."""
        return None if name is None else self._sessions.get(name)

    def open(self, name: str | None) -> Session:
        """The session of that name, created on first use; for None a new one, which is not shared."""
        return Session() if name is None else self._sessions.setdefault(name, Session())
