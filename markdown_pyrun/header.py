"""What stands behind the opening of a fence: is it pyrun's, and with which options?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Header", "read_header"]

_PYTHON = frozenset({"py", "python", "python3"})
_PYRUN = "pyrun"

# Language (or nothing), then either braces or options, as in pymdownx.superfences.
_INFO = re.compile(r"\.?(?P<language>[\w#.+-]*)\s*(?P<rest>.*)", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MENTIONS_PYRUN = re.compile(r"(?<![\w-])pyrun(?![\w-])", re.IGNORECASE)
_WORD = re.compile(
    r"""
    (?:
      \.(?P<class>[^\s=}"']+)
      | \#(?P<id>[^\s=}"']+)
      | (?P<option>[A-Za-z][\w-]*)
        (?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'}]+)))?
    )
    (?=\s|$)
    """,
    re.VERBOSE,
)
_CURE = 'Write ```pyrun packages="numpy" or ```{.python .pyrun packages="numpy"}'


@dataclass(frozen=True)
class Header:
    """The opening of a live example.

    ``options`` are as the author wrote them; ``None`` is an option without a value. ``classes``
    are for the highlighted block. ``broken`` says what could not be read, and how to mend it.
    """

    options: Mapping[str, str | None]
    classes: tuple[str, ...] = ()
    broken: str | None = None


@dataclass(frozen=True)
class _Words:
    classes: tuple[str, ...]
    options: Mapping[str, str | None]
    broken: str | None


def read_header(info: str) -> Header | None:
    """The header if the fence is meant for pyrun, otherwise ``None``."""
    info = info.strip()
    if not _MENTIONS_PYRUN.search(_QUOTED.sub("", info)):
        return None
    match = _INFO.fullmatch(info)
    language, rest = (match["language"], match["rest"]) if match else ("", info)
    in_braces = rest.startswith("{")
    closed = rest.endswith("}")
    words = _read_words(rest[1:].removesuffix("}") if in_braces else rest)
    if language != _PYRUN and not (in_braces and _PYRUN in words.classes):
        return Header({}, broken=f"pyrun does not understand the fence '{info}'. {_CURE}")
    broken = words.broken
    if in_braces and not closed and broken is None:
        broken = f"the fence '{info}' has no closing brace: end it with }}"
    if not in_braces and words.classes and broken is None:
        broken = f"the fence '{info}' has a class outside of braces. {_CURE}"
    classes = tuple(name for name in words.classes if name not in {_PYRUN, *_PYTHON})
    return Header(words.options, classes, broken)


def _read_words(text: str) -> _Words:
    classes: list[str] = []
    options: dict[str, str | None] = {}
    for word in _words(text):
        if isinstance(word, str):
            broken = (
                f"the fence has an attribute that cannot be read: {word}. "
                'Write it as name="value", with both quotes'
            )
            return _Words(tuple(classes), options, broken)
        if word["class"]:
            classes.append(word["class"])
        elif word["id"]:
            options["name"] = word["id"]
        else:
            given = (word["double"], word["single"], word["bare"])
            options[word["option"]] = next((value for value in given if value is not None), None)
    return _Words(tuple(classes), options, None)


def _words(text: str) -> Iterator[re.Match[str] | str]:
    """One match a word; a word that cannot be read is itself, with all that follows, and the last."""
    position = 0
    while rest := text[position:].lstrip():
        position = len(text) - len(rest)
        match = _WORD.match(text, position)
        if match is None:
            yield rest.rstrip()
            return
        yield match
        position = match.end()
