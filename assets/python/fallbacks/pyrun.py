"""What code can ask of the page it runs in. Elsewhere there is no such module."""

from pyrun_runtime.io.uploads import upload

__all__ = ["upload"]
