"""Areas."""


def square(side: int) -> int:
    """Return an area.

    Examples:
        One:

        >>> square(1)
        1

        Another:

        >>> square(2)
        4
    """
    return side * side
