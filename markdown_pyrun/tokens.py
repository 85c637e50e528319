"""Tokens that replace live examples while Markdown works on the page around them, and marks around others.

They consist of Unicode noncharacters, which are for internal use and not part of any text:
https://www.unicode.org/faq/private_use.html#noncharacters
"""

import re

__all__ = ["HAS_MARK", "MARK", "TOKEN", "make_marks", "make_token", "token_number"]

_BEGIN, _END = "\ufdd0", "\ufdd1"
_BEFORE, _AFTER = "\ufdd2", "\ufdd3"
_ZERO = 0xFDE0

_DIGITS = f"[{chr(_ZERO)}-{chr(_ZERO + 9)}]+"

TOKEN = re.compile(f"{_BEGIN}{_DIGITS}{_END}")

MARK = re.compile(f"(?P<before>{_BEFORE})?(?(before)|{_AFTER}){_DIGITS}{_END}")
"""A mark before or after a block that stays in the text."""

HAS_MARK = re.compile(f"[{_BEFORE}{_AFTER}]")


def make_token(number: int) -> str:
    """The token for a number. It contains nothing that another extension looks for, not even digits."""
    return f"{_BEGIN}{_digits(number)}{_END}"


def make_marks(number: int) -> tuple[str, str]:
    """The marks before and after a block with this number."""
    return f"{_BEFORE}{_digits(number)}{_END}", f"{_AFTER}{_digits(number)}{_END}"


def token_number(token: str) -> int:
    """The number in a token or a mark."""
    return int("".join(str(ord(character) - _ZERO) for character in token[1:-1]))


def _digits(number: int) -> str:
    return "".join(chr(_ZERO + int(digit)) for digit in str(number))
