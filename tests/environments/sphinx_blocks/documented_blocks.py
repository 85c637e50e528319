"""A module whose docstrings have examples in the convention of NumPy."""

import math as m

__all__ = ["double", "m"]


def double(number: float) -> float:
    """Return the number, doubled.

    Parameters
    ----------
    number : float
        Any number.

    Examples
    --------
    >>> double(m.floor(2.5))
    4

    Once more:

    >>> double(
        3)
    6
    """
    return number * 2
