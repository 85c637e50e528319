"""Runs a coroutine in a context, so that context variables which code sets are still set in its next run."""

from collections.abc import Coroutine, Generator
from contextvars import Context
from functools import partial
from typing import Any, Generic, TypeVar

__all__ = ["InContext"]

T = TypeVar("T")


class InContext(Generic[T]):
    """The result of a coroutine, to be awaited. A task would drop its context with all changes."""

    def __init__(self, coroutine: Coroutine[Any, Any, T], context: Context) -> None:
        self._coroutine = coroutine
        self._context = context

    def __await__(self) -> Generator[Any, Any, T]:
        """Go on in the context whenever the event loop continues the coroutine."""
        go_on = partial(self._coroutine.send, None)
        while True:
            try:
                awaited = self._context.run(go_on)
            except StopIteration as end:
                result: T = end.value
                return result
            try:
                received = yield awaited
            except GeneratorExit:
                self._coroutine.close()
                raise
            except BaseException as error:  # noqa: BLE001 - the coroutine handles it
                go_on = partial(self._coroutine.throw, error)
            else:
                go_on = partial(self._coroutine.send, received)
