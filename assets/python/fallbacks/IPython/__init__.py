"""Stands in for IPython where that is not installed: code written for notebooks finds `IPython.display`."""

from IPython.display import display

__all__ = ["display", "get_ipython", "version_info"]

version_info = (9, 0, 0, "")
__version__ = "9.0.0"


def get_ipython() -> None:
    """None: no IPython runs. It is what IPython itself says in an ordinary program."""
