"""The header of a fence: whether it is pyrun's, and its options or attributes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyrun_core.examples.block_kinds import KINDS

__all__ = ["Header", "Info", "read_header", "read_info"]

_PYTHON = frozenset({"py", "python", "python3"})
_PYRUN = "pyrun"
_OURS = frozenset({_PYRUN, *KINDS})

# Language (or nothing), then either braces or options, as in pymdownx.superfences.
_INFO = re.compile(r"\.?(?P<language>[\w#.+-]*)\s*(?P<rest>.*)", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MENTIONS_PYRUN = re.compile(r"(?<![\w-])pyrun(?:-console|-playground)?(?![\w-])", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""
    (?:
      (?P<file>[^\s={}"'<>&]+\.py)
      | \.(?P<class>[^\s=}"'<>&]+)
      | \#(?P<id>[^\s=}"']+)
      | (?P<option>[A-Za-z][\w-]*)
        (?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'}]+)))?
    )
    (?=\s|$)
    """,
    re.VERBOSE,
)
_NOT_SPACE = re.compile(r"\S")
_FIX = 'Write ```pyrun packages="numpy" or ```{.python .pyrun packages="numpy"}'


@dataclass(frozen=True)
class Header:
    """The opening of a live example.

    ``options`` are as the author wrote them; ``None`` is an option without a value. ``classes`` are for the
    highlighted block. ``broken`` says what cannot be read, and how to fix it.
    """

    options: Mapping[str, str | None]
    classes: tuple[str, ...] = ()
    broken: str | None = None


@dataclass(frozen=True)
class _Attributes:
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
    attributes = _read_attributes(rest[1:].removesuffix("}") if in_braces else rest)
    ours = _OURS & {language, *(attributes.classes if in_braces else ())}
    if not ours:
        return Header({}, broken=f"pyrun does not understand the fence '{info}'. {_FIX}")
    broken = attributes.broken
    if in_braces and not closed and broken is None:
        broken = f"the fence '{info}' has no closing brace. End it with }}"
    if not in_braces and attributes.classes and broken is None:
        broken = f"the fence '{info}' has a class outside braces. {_FIX}"
    classes = tuple(name for name in attributes.classes if name not in {*_OURS, *_PYTHON})
    made = {KINDS[name]: "true" for name in ours if name in KINDS}
    return Header({**made, **attributes.options}, classes, broken)


def _read_attributes(text: str) -> _Attributes:
    classes: list[str] = []
    options: dict[str, str | None] = {}
    for attribute in _attributes(text):
        if isinstance(attribute, str):
            broken = (
                f"the fence has an attribute that cannot be read: {attribute}. "
                'Write it as name="value", with both quotes'
            )
            return _Attributes(tuple(classes), options, broken)
        if attribute["class"]:
            classes.append(attribute["class"])
        elif attribute["id"]:
            options["name"] = attribute["id"]
        elif attribute["file"]:
            options["file"] = attribute["file"]
        else:
            given = (attribute["double"], attribute["single"], attribute["bare"])
            options[attribute["option"]] = next((value for value in given if value is not None), None)
    return _Attributes(tuple(classes), options, None)


def _attributes(text: str) -> Iterator[re.Match[str] | str]:
    """One match for each attribute. From the first one that cannot be read on, the rest of the text."""
    position = 0
    while start := _NOT_SPACE.search(text, position):
        match = _ATTRIBUTE.match(text, start.start())
        if match is None:
            yield text[start.start() :].rstrip()
            return
        yield match
        position = match.end()


@dataclass(frozen=True)
class Info:
    """What follows the marks of a fence that is not pyrun's. ``language`` is in lower case, or empty."""

    language: str
    classes: tuple[str, ...] = ()
    attributes: Mapping[str, str | None] = field(default_factory=dict)


def read_info(info: str) -> Info:
    """What the fence says about its block, as far as it can be read."""
    match = _INFO.fullmatch(info.strip())
    language, rest = (match["language"], match["rest"]) if match else ("", "")
    read = _read_attributes(rest.removeprefix("{").removesuffix("}"))
    classes = read.classes
    if not language and classes:
        language, *others = classes
        classes = tuple(others)
    return Info(language.lower(), classes, read.options)
