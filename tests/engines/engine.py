"""What the scenarios need from a browser, independent of how the browser is driven."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["SCRIPT_SECONDS", "START_SECONDS", "BrowserLostError", "Engine", "Key", "Tab"]

Key = Literal["Enter"]

START_SECONDS = 30
"""A browser that hasn't started after this time won't start."""

SCRIPT_SECONDS = 300
"""The longest time for a call into a page: longer than any wait inside the page itself (page.py)."""


class BrowserLostError(Exception):
    """The browser, or its process for the page, has ended by itself or answers no more."""


class Tab(Protocol):
    """A page in a browser."""

    def open(self, url: str) -> None:
        """Open the URL and wait until the page is loaded."""

    def leave_open(self) -> None:
        """Leave the page open: the next page that opens belongs to the same reader."""

    def call(self, function: str, *arguments: Any) -> Any:  # noqa: ANN401 - any JSON
        """Call a JavaScript function, given as text, with JSON values; return its (awaited) result."""

    def type(self, text: str) -> None:
        """Press keys for the element that has the focus."""

    def press(self, key: Key) -> None:
        """Press one named key."""

    def complaints(self) -> list[str]:
        """Console errors since the last call, if the engine reports them."""

    def close(self) -> None:
        """Close the page."""


class Engine(Protocol):
    """A browser that runs while its context is open."""

    name: str
    """The engine's name, as readers know it."""

    ends_busy_workers: bool
    """Whether `terminate()` ends a worker that is busy in WebAssembly, or leaves it using CPU time."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    @property
    def version(self) -> str:
        """The version that the browser reports."""

    def new_tab(self) -> Tab:
        """Open a page that shares nothing with the pages that were closed, as far as the engine allows."""
