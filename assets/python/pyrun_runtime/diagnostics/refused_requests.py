"""Requests that the browser did not make, or whose answer it does not show."""

import re
from collections.abc import Callable

__all__ = ["was_refused"]

_UNEXPLAINED = re.compile(
    "Failed to fetch|NetworkError when attempting to fetch|Load failed|Failed to execute 'send'",
)
"""What Chromium, Firefox and WebKit tell code whose own request failed: nothing."""


def was_refused(refusal: str) -> Callable[[BaseException], dict[str, str] | None]:
    """A pattern for failed requests, by the word for the reason: see ``pyrun_runtime/web/transport.py``."""

    def match(error: BaseException) -> dict[str, str] | None:
        found = getattr(error, "refusal", None)
        # A JsException is no OSError, and code can raise other errors with these words.
        is_of_browser = isinstance(error, OSError) or type(error).__name__ == "JsException"
        if found is None and is_of_browser and _UNEXPLAINED.search(str(error)):
            found = "unknown"  # of `fetch`, or `pyfetch`
        return {"host": getattr(error, "host", "")} if found == refusal else None

    return match
