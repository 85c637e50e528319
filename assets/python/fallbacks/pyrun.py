"""Functions of the page for example code. The module exists only there."""

from pyrun_runtime.io.uploads import upload

__all__ = ["upload"]
