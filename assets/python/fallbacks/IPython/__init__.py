"""Replaces IPython if it is not installed, so that code for notebooks can import `IPython.display`."""

from IPython.display import display

__all__ = ["display", "get_ipython", "version_info"]

version_info = (9, 0, 0, "")
__version__ = "9.0.0"


def get_ipython() -> None:
    """None, which IPython returns in programs outside of it."""
