"""A module whose examples are live.

```pyrun
import humanize
print("module", humanize.intcomma(1000))
```
"""


def double(number: int) -> int:
    """Return twice the number.

    Examples:
        >>> double(4)
        8

        ```pyrun session="double"
        print("function", 2 * 4)
        ```
    """
    return 2 * number
