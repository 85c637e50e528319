"""A module that is documented."""


def double(number: float) -> float:
    """Return the number, doubled.

    Args:
        number: Any number.

    Returns:
        The product.

    Example:
        .. pyrun::

           number = 21
           print("number:", number)

        Another one:

        .. pyrun::

           print("doubled:", number * 2)
    """
    return number * 2
