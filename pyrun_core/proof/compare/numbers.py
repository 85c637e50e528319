"""Numbers in texts that are equal otherwise."""

import math
import re
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["adopt_any", "adopt_close", "adopt_same", "adopt_wrapped"]

_UNSIGNED = r"(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NUMBER = rf"[-+]?{_UNSIGNED}(?:[ ]?[-+][ ]?{_UNSIGNED}[jJ]|[jJ]?)"
_TOKEN = re.compile(
    rf"(?P<number>(?<![\w.]){_NUMBER}(?:\.\.\.)?(?!\w))|(?P<ellipsis>\.\.\.)|(?P<word>\w+)|(?P<other>\S)"
)
_MOST_DIGITS = 1_000
"""Of a number. Longer ones are compared as text: Python refuses to read very long integers."""

_CUT = "..."
"""Behind a number: its other digits are not documented. Alone: any text."""

_SAME_RELATIVE = 1e-14
"""Some units in the last place of a float: mathematical libraries and the order of a sum decide them."""

_TWO_32 = 2**32
_LIMITS = {2**63 - 1: 2**31 - 1, -(2**63): -(2**31), 2**64 - 1: 2**32 - 1}
"""The limits of integers with 64 bits, and those with 32 bits."""

_Close = Callable[[str, str], bool]


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


def adopt_same(want: str, got: str) -> str:
    """``got`` with the documented writing of each float that has the same value, up to its last digit."""
    return _adopt(want, got, _is_same)


def adopt_close(want: str, got: str, relative: float, absolute: float) -> str:
    """``got`` with the documented numbers instead of those that are close: as `numpy.allclose` has it.

    Two integers are never close to each other, unless they are equal.
    """

    def is_close(one: str, other: str) -> bool:
        if _is_integer(one) and _is_integer(other):
            return int(one) == int(other)
        wanted, shown = _value(one), _value(other)
        if math.isnan(wanted.real) or math.isinf(wanted.real):
            return str(wanted) == str(shown)
        return _size(shown - wanted) <= absolute + relative * _size(wanted)

    return _adopt(want, got, is_close)


def adopt_wrapped(want: str, got: str) -> str:
    """``got`` with the documented integers instead of those that have lost their upper 32 bits."""

    def is_wrapped(one: str, other: str) -> bool:
        if not (_is_integer(one) and _is_integer(other)):
            return one == other
        wanted, shown = int(one), int(other)
        return (wanted - shown) % _TWO_32 == 0 or _LIMITS.get(wanted) == shown

    return _adopt(want, got, is_wrapped)


def adopt_any(want: str, got: str) -> str:
    """``got`` with the documented numbers instead of any other ones."""
    return _adopt(want, got, lambda _one, _other: True)


def _is_same(one: str, other: str) -> bool:
    if _is_integer(one) or _is_integer(other):
        return one == other
    wanted, shown = _value(one), _value(other)
    return _size(wanted - shown) <= _SAME_RELATIVE * max(_size(wanted), _size(shown))


def _is_integer(number: str) -> bool:
    return re.search(r"[.eEjJ]", number) is None


def _value(number: str) -> complex:
    return complex(re.sub(r"[ _]", "", number).removesuffix(_CUT))


def _size(number: complex) -> float:
    """The larger one of its parts. Its absolute value can be too large for a float."""
    return max(abs(number.real), abs(number.imag))


def _adopt(want: str, got: str, is_close: _Close) -> str:
    """``got`` with the documented numbers, if all are close and the rest agrees but for white space."""
    wanted, shown = _tokens(want), _tokens(got)
    pairs = _pair(wanted, shown, is_close)
    adopted = ""
    end = 0
    for one, other in pairs or ():
        if one.kind == "number":
            adopted += got[end : other.start] + one.text
            end = other.start + len(other.text)
    return adopted + got[end:]


def _tokens(text: str) -> list[_Token]:
    return [
        _Token("word" if len(found[0]) > _MOST_DIGITS else found.lastgroup or "", found[0], found.start())
        for found in _TOKEN.finditer(text)
    ]


def _pair(wanted: list[_Token], shown: list[_Token], is_close: _Close) -> list[tuple[_Token, _Token]] | None:
    """The tokens that belong together. An ellipsis stands for any number of them, as in doctest."""
    pieces: list[list[_Token]] = [[]]
    for token in wanted:
        if token.kind == "ellipsis":
            pieces.append([])
        else:
            pieces[-1].append(token)

    def pair_at(piece: list[_Token], index: int) -> list[tuple[_Token, _Token]] | None:
        there = shown[index : index + len(piece)]
        if index < 0 or len(there) < len(piece):
            return None
        pairs = list(zip(piece, there, strict=True))
        return pairs if all(_equal(one, other, is_close) for one, other in pairs) else None

    first, *others = pieces
    found = pair_at(first, 0)
    if not others:
        return found if len(shown) == len(first) else None
    last = others.pop()
    start, end = len(first), len(shown) - len(last)
    at_end = pair_at(last, end)
    if found is None or at_end is None or end < start:
        return None
    for piece in others:
        places = range(start, end - len(piece) + 1)
        found_at = next(((at, pairs) for at in places if (pairs := pair_at(piece, at)) is not None), None)
        if found_at is None:
            return None
        start = found_at[0] + len(piece)
        found += found_at[1]
    return found + at_end


def _equal(one: _Token, other: _Token, is_close: _Close) -> bool:
    if one.kind == other.kind == "number":
        return is_close(one.text, other.text)
    return one.text == other.text
