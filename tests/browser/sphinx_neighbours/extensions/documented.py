"""A module that is documented.

.. pyrun::

   number = 20
   print(number)
"""


def double(number: float) -> float:
    """Return the number, doubled.

    Parameters
    ----------
    number : float
        Any number.

    Examples
    --------
    A number that the module's example defines:

    .. pyrun::

       number *= 2
       print("doubled:", number)

    >>> double(2)
    4
    """
    return number * 2


def half(number: float) -> float:
    """Return half of the number.

    Examples
    --------
    .. pyrun::

       whole = 9
       print("whole:", whole)

    .. pyrun::

       print("half:", whole / 2)
    """
    return number / 2
