"""Texts without what a tolerance ignores: each function returns the same text for outputs that it accepts."""

import re

__all__ = [
    "is_marked_as_varying",
    "sort_braces",
    "with_one_integer",
    "with_plain_quotes",
    "without_class_path",
    "without_comments",
    "without_error_numbers",
    "without_help_links",
    "without_layout",
    "without_loose_space",
    "without_main",
    "without_numpy",
    "without_types",
]

_VARIES = re.compile(
    r"^[ \t]*(?:[^\s#].*#\s*(?i:random|may vary|uninitialized)\b|#\s*(?:random|may vary|uninitialized)\s*$)",
    re.MULTILINE,
)
"""A comment behind an output, or a line with nothing else. Other lines can be headings of Markdown."""

_MAIN = re.compile(r"\b__main__\.")
_ERROR_NUMBER = re.compile(r"\[Errno \d+\]")
_CLASS = re.compile(r"^(?:\w+\.)+(?=\w+(?::|$))")
_HELP_LINK = re.compile(r"\n[ \t]*For further information visit https://errors\.pydantic\.dev/\S*")
_COMMENT = re.compile(r"[ \t]+#.*$|^#.*\n?", re.MULTILINE)
_PREFIX = re.compile(r"\b[uU](?=['\"])")
_DEFAULT_INTEGER = re.compile(r"\b(u?)int(?:32|64|p|_)\b|(?<=[<'\"])([iu])[48](?=['\"])")
_ITS_TYPE = re.compile(r",\s*dtype='?int'?(?=\s*[,)])")
_TYPE = re.compile(r",\s*dtype=(?:'[^']*'|\"[^\"]*\"|[\w.]+(?:\[[^\]]*\])?)(?=\s*[,)])")
_SHAPE = re.compile(r",\s*shape=\([\d, ]*\)(?=\s*[,)])")
_SCALAR = re.compile(
    r"\b(?:np|numpy)\.(?:(?:u?int|float|complex)(?:\d+|p|c|_)?|u?(?:byte|short|longlong|long)|bool_?"
    r"|str_|bytes_|longdouble|clongdouble|datetime64|timedelta64)\("
)
_TWO_PARTS = re.compile(r"(?<=[\w.])(?<![eE])[-+]")
_CONSTANT = re.compile(r"\b(?:np|numpy)\.(True|False)_\b")
_LITERAL = r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\""
_LOOSE_SPACE = re.compile(rf"({_LITERAL})|\s(?=[^\w\s])|(?<=[^\w\s])\s|\s$|^\s")
_TRAILING_COMMA = re.compile(rf"({_LITERAL})|,(?=[)\]}}])")
_DEEPEST = 30
"""Curly brackets in each other, whose items are sorted."""

_OPENING = {"(": ")", "[": "]", "{": "}"}


def is_marked_as_varying(text: str) -> bool:
    """Whether the author says of a documented output that it is one of many."""
    return _VARIES.search(text) is not None


def without_main(text: str) -> str:
    """Classes of the example without their module."""
    return _MAIN.sub("", text)


def without_error_numbers(text: str) -> str:
    """The messages of operating systems without the numbers that each gives to its errors."""
    return _ERROR_NUMBER.sub("[Errno ...]", text)


def without_class_path(text: str) -> str:
    """An exception and its message, without the module of its class."""
    return _CLASS.sub("", text)


def without_help_links(text: str) -> str:
    """The text of a pydantic error without the lines that link to its documentation."""
    return _HELP_LINK.sub("", text)


def without_comments(text: str) -> str:
    """A documented output without comments."""
    return _COMMENT.sub("", text).rstrip()


def with_plain_quotes(text: str) -> str:
    """One kind of quotation marks."""
    return _PREFIX.sub("", text).replace('"', "'")


def with_one_integer(text: str) -> str:
    """The same name for default integers of both sizes, and none behind an array."""
    named = _DEFAULT_INTEGER.sub(lambda found: f"{found[1] or found[2] or ''}int", text)
    return _ITS_TYPE.sub("", named)


def without_numpy(text: str) -> str:
    """Scalars of NumPy as Python's, and no shape behind an abbreviated array."""
    text = _SHAPE.sub("", _CONSTANT.sub(r"\1", text))
    result: list[str] = []
    position = 0
    while found := _SCALAR.search(text, position):
        end = _closing(text, found.end() - 1)
        if end is None:
            break
        value = text[found.end() : end]
        # Python has brackets around a number with two parts.
        written = f"({value})" if "complex" in found[0] and _TWO_PARTS.search(value) else value
        result += [text[position : found.start()], written]
        position = end + 1
    return "".join([*result, text[position:]])


def without_types(want: str, got: str) -> tuple[str, str]:
    """Arrays without the types behind them, if only one of two texts has them."""
    if len(_TYPE.findall(want)) == len(_TYPE.findall(got)):
        return want, got
    return _TYPE.sub("", want), _TYPE.sub("", got)


def without_loose_space(text: str) -> str:
    """No white space beside anything but letters and digits, except in literals of strings."""
    return _LOOSE_SPACE.sub(lambda found: found[1] or "", re.sub(r"\s+", " ", text))


def without_layout(text: str) -> str:
    """The code of a value without what a formatter decides. The content of its strings stays."""
    return _TRAILING_COMMA.sub(lambda found: _in_double_quotes(found[1] or ""), without_loose_space(text))


def _in_double_quotes(literal: str) -> str:
    return literal if '"' in literal else literal.replace("'", '"')


def sort_braces(text: str, depth: int = 0) -> str:
    """The items between curly brackets in alphabetical order, the inner ones first."""
    result: list[str] = []
    position = 0
    while depth < _DEEPEST and (start := text.find("{", position)) >= 0:
        end = _closing(text, start)
        if end is None:
            break
        items = sorted(sort_braces(item.strip(), depth + 1) for item in _items(text[start + 1 : end]))
        result.append(f"{text[position:start]}{{{', '.join(items)}}}")
        position = end + 1
    return "".join([*result, text[position:]])


def _closing(text: str, start: int) -> int | None:
    """The index of the bracket that closes the one at an index. Those in literals do not count."""
    expected = [_OPENING[text[start]]]
    literal = re.compile(_LITERAL)
    index = start + 1
    while index < len(text):
        if found := literal.match(text, index):
            index = found.end()
            continue
        each = text[index]
        if each in _OPENING:
            expected.append(_OPENING[each])
        elif each == expected[-1]:
            expected.pop()
            if not expected:
                return index
        index += 1
    return None


def _items(text: str) -> list[str]:
    """What is between the commas of a display; those in brackets and in literals of strings do not count."""
    items: list[str] = []
    literal = re.compile(_LITERAL)
    start = index = 0
    while index < len(text):
        if found := literal.match(text, index):
            index = found.end()
            continue
        if text[index] in _OPENING:
            index = _closing(text, index) or index
        elif text[index] == ",":
            items.append(text[start:index])
            start = index + 1
        index += 1
    last = text[start:]
    return [*items, last] if last.strip() else items
