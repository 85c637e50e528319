"""Tokens that replace live examples while Markdown works on the page around them.

They consist of Unicode noncharacters, which are for internal use and not part of any text:
https://www.unicode.org/faq/private_use.html#noncharacters
"""

import re

__all__ = ["TOKEN", "make_token", "token_number"]

_BEGIN, _END = "\ufdd0", "\ufdd1"
_ZERO = 0xFDE0

TOKEN = re.compile(f"{_BEGIN}[{chr(_ZERO)}-{chr(_ZERO + 9)}]+{_END}")


def make_token(number: int) -> str:
    """The token for a number. It contains nothing that another extension looks for, not even digits."""
    return f"{_BEGIN}{''.join(chr(_ZERO + int(digit)) for digit in str(number))}{_END}"


def token_number(token: str) -> int:
    """The number in a token."""
    return int("".join(str(ord(character) - _ZERO) for character in token[1:-1]))
