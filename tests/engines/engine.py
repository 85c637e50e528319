"""What the scenarios need of a browser, and nothing of how it is driven."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["SCRIPT_SECONDS", "START_SECONDS", "Engine", "Key", "Tab"]

Key = Literal["Enter"]

START_SECONDS = 30
"""A browser that has not started by then is not going to."""

SCRIPT_SECONDS = 300
"""The longest a call into a page may take: longer than anything that the page itself waits for (page.py)."""


class Tab(Protocol):
    """A page in a browser."""

    def open(self, url: str) -> None:
        """Go there and wait until it is loaded."""

    def leave_open(self) -> None:
        """Leave the page as it is: what is opened next is another page of the same reader."""

    def call(self, function: str, *arguments: Any) -> Any:  # noqa: ANN401 - any JSON
        """Call a function of JavaScript, given as text, with JSON values; what it or its promise brings."""

    def type(self, text: str) -> None:
        """Press keys, for what has the focus."""

    def press(self, key: Key) -> None:
        """Press one key that has a name."""

    def complaints(self) -> list[str]:
        """Errors of its console since this was asked last, where the engine tells of them."""

    def close(self) -> None:
        """Leave it."""


class Engine(Protocol):
    """A browser that runs while it is entered."""

    name: str
    """As readers know it."""

    ends_busy_workers: bool
    """Whether `terminate()` ends a worker that is busy in WebAssembly, or leaves it to burn a processor."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    @property
    def version(self) -> str:
        """Of the browser, as it says itself."""

    def new_tab(self) -> Tab:
        """Open a page that shares nothing with those that were closed, as far as the engine can do so."""
