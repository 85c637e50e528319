"""What an author can write in a list of packages: one word for each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidName, canonicalize_name

__all__ = ["AUTO", "LocalPath", "plain_names", "read_path", "read_word", "split_words"]

AUTO = "auto"
"""The packages that the examples import."""

_SEPARATOR = re.compile(r"\s+|,(?=\s|[A-Za-z0-9./])")
_SPACED_OPERATOR = re.compile(r"\s*(===|[~<>=!]=|[<>@])\s*")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_PATH_EXTRAS = re.compile(r"(?P<path>.*?)(?:\[(?P<extras>[^\]]*)\])?")
_WHEEL = ".whl"


@dataclass(frozen=True)
class LocalPath:
    """A word that names a folder or a wheel in the author's repository."""

    path: str
    extras: tuple[str, ...] = ()


def split_words(value: object) -> list[str]:
    """The words of a list, or of a text with spaces, commas or line breaks between them.

    In a text a requirement with a marker has a line of its own.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(value, str):
        return [word for line in value.splitlines() for word in _split_line(line)]
    if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
        raise ValueError(f"{value!r} is not a list of packages")
    return [word.strip() for word in value if word.strip()]


def read_word(word: str) -> str:
    """The word in its one spelling: names canonical, requirements without needless spaces.

    Raises:
        ValueError: it is none of what can be written.
    """
    if word.lower() == AUTO:
        return AUTO
    if _is_url(word):
        return _read_url(word)
    if read_path(word):
        return word
    try:
        requirement = Requirement(word)
        requirement.name = canonicalize_name(requirement.name, validate=True)
    except (InvalidRequirement, InvalidName):
        raise ValueError(
            f"{word!r} is not a package: write a name, a requirement such as 'numpy>=2', "
            "the path of a wheel or a project (./), or the URL of a wheel",
        ) from None
    if requirement.url and not _is_wheel_url(requirement.url):
        raise ValueError(f"{word!r}: a URL has to be that of a wheel, and end in {_WHEEL}")
    return str(requirement)


def read_path(word: str) -> LocalPath | None:
    """The path that a word is; ``None`` if it is something else."""
    match = _PATH_EXTRAS.fullmatch(word)
    path = match["path"] if match else word
    if "://" in word or "@" in word:
        return None
    is_path = path in {".", ".."} or "/" in path or "\\" in path or path.endswith(_WHEEL)
    if not is_path:
        return None
    extras = (match["extras"] if match else None) or ""
    return LocalPath(path, tuple(filter(None, (extra.strip() for extra in extras.split(",")))))


def plain_names(words: Iterable[str]) -> tuple[str, ...]:
    """The names of those words that are nothing but a name or a requirement, each once."""
    return tuple(dict.fromkeys(_names(words)))


def _names(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word != AUTO and read_path(word) is None:
            yield canonicalize_name(Requirement(word).name)


def _split_line(line: str) -> list[str]:
    if ";" in line:
        return [line.strip().rstrip(",")]
    line = _SPACED_OPERATOR.sub(r"\1", line)
    # A comma between extras separates no packages.
    line = _BRACKETS.sub(lambda brackets: re.sub(r"\s", "", brackets[0]).replace(",", "\0"), line)
    return [word.strip(",").replace("\0", ",") for word in _SEPARATOR.split(line) if word.strip(",")]


def _is_url(word: str) -> bool:
    return urlsplit(word).scheme in {"http", "https"}


def _is_wheel_url(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https", "file"} and urlsplit(url).path.endswith(_WHEEL)


def _read_url(word: str) -> str:
    """A bare URL as a requirement: the name is that of the wheel."""
    file_name = PurePosixPath(unquote(urlsplit(word).path)).name
    if not file_name.endswith(_WHEEL):
        raise ValueError(f"{word!r}: a URL has to be that of a wheel, and end in {_WHEEL}")
    return f"{canonicalize_name(file_name.partition('-')[0])} @ {word}"
