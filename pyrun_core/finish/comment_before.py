"""The comment before a place in built HTML."""

import re

__all__ = ["comment_before"]

_COMMENT = re.compile(r"<!--(?P<text>(?:(?!-->).)*)-->\s*\Z", re.DOTALL)
_LONGEST = 1000
"""Characters of a comment with options, and of the white space behind it."""


def comment_before(html: str, place: int) -> str:
    """The text of the comment that ends just before a place, white space aside; otherwise empty."""
    before = html[max(0, place - _LONGEST) : place]
    comment = _COMMENT.search(before) if before.rstrip().endswith("-->") else None
    return comment["text"] if comment else ""
