"""Lengths.

Examples:
    >>> double(1)
    2
"""

import math
from dataclasses import dataclass

RIGHT_ANGLE = math.pi / 2


def double(number: float) -> float:
    """Return twice the number.

    ```python
    print(double(math.pi))
    ```

    Examples:
        Whole numbers:

        >>> double(4)
        8
        >>> two = double(1)

        Names stay:

        >>> double(two)  # doctest: +ELLIPSIS
        4
    """
    return 2 * number


@dataclass
class Length:
    """A length.

    Examples:
        <!-- pyrun: off -->

        >>> Length(1)
        Length(metres=1)

        It grows:

        >>> Length(2).grown()
        Length(metres=3)
    """

    metres: int

    def grown(self) -> "Length":
        """Return a longer one.

        Examples:
            >>> for metres in range(2):
                    Length(metres)
            Length(metres=0)

            This one is right:

            >>> Length(1).grown()
            Length(metres=2)
        """
        return Length(self.metres + 1)
