"""The entries of the option ``packages``: names, requirements, paths, URLs and ``auto``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidName, NormalizedName, canonicalize_name

__all__ = ["AUTO", "LocalPath", "plain_names", "read_entry", "read_path", "requirement_name", "split_entries"]

AUTO = "auto"
"""The entry for the packages that the examples import."""

_SEPARATOR = re.compile(r"\s+|,(?=\s|[A-Za-z0-9./])")
_SPACED_OPERATOR = re.compile(r"\s*(===|[~<>=!]=|[<>@])\s*")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_PATH_EXTRAS = re.compile(r"(?P<path>.*?)(?:\[(?P<extras>[^\]]*)\])?")
_WHEEL = ".whl"


@dataclass(frozen=True)
class LocalPath:
    """An entry that names a folder or a wheel in the author's repository."""

    path: str
    extras: tuple[str, ...] = ()


def split_entries(value: object) -> list[str]:
    """The entries of a list, or of text with spaces, commas or line breaks between them.

    In text, a requirement with a marker needs a separate line.

    Raises:
        ValueError: the value is neither.
    """
    if isinstance(value, str):
        return [entry for line in value.splitlines() for entry in _split_line(line)]
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise ValueError(f"{value!r} is not a list of packages")
    return [entry.strip() for entry in value if entry.strip()]


def read_entry(entry: str) -> str:
    """The entry in its normal form: names canonical, requirements without unnecessary spaces.

    Raises:
        ValueError: it is not a package entry.
    """
    if entry.lower() == AUTO:
        return AUTO
    if _is_url(entry):
        return _read_url(entry)
    if read_path(entry):
        return entry
    try:
        requirement = Requirement(entry)
        requirement.name = canonicalize_name(requirement.name, validate=True)
    except (InvalidRequirement, InvalidName):
        raise ValueError(
            f"{entry!r} is not a package: write a name, a requirement such as 'numpy>=2', "
            "the path of a wheel or a project (./), or the URL of a wheel",
        ) from None
    if requirement.url and not _is_wheel_url(requirement.url):
        raise ValueError(f"{entry!r}: a URL must name a wheel, and end in {_WHEEL}")
    return str(requirement)


def read_path(entry: str) -> LocalPath | None:
    """The path that an entry names; ``None`` if it is not a path."""
    match = _PATH_EXTRAS.fullmatch(entry)
    path = match["path"] if match else entry
    if "://" in entry or "@" in entry:
        return None
    is_path = path in {".", ".."} or "/" in path or "\\" in path or path.endswith(_WHEEL)
    if not is_path:
        return None
    extras = (match["extras"] if match else None) or ""
    return LocalPath(path, tuple(filter(None, (extra.strip() for extra in extras.split(",")))))


def requirement_name(requirement: str) -> NormalizedName:
    """The canonical name of the package that a requirement is for."""
    return canonicalize_name(Requirement(requirement).name)


def plain_names(entries: Iterable[str]) -> tuple[str, ...]:
    """The packages of those entries that are a name or a requirement, each once."""
    names = (requirement_name(entry) for entry in entries if entry != AUTO and read_path(entry) is None)
    return tuple(dict.fromkeys(names))


def _split_line(line: str) -> list[str]:
    if ";" in line:
        return [line.strip().rstrip(",")]
    line = _SPACED_OPERATOR.sub(r"\1", line)
    # A comma between extras does not separate packages.
    line = _BRACKETS.sub(lambda brackets: re.sub(r"\s", "", brackets[0]).replace(",", "\0"), line)
    return [entry.strip(",").replace("\0", ",") for entry in _SEPARATOR.split(line) if entry.strip(",")]


def _is_url(entry: str) -> bool:
    return urlsplit(entry).scheme in {"http", "https"}


def _is_wheel_url(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https", "file"} and urlsplit(url).path.endswith(_WHEEL)


def _read_url(entry: str) -> str:
    """A bare URL as a requirement. The name is that of the wheel."""
    file_name = PurePosixPath(unquote(urlsplit(entry).path)).name
    if not file_name.endswith(_WHEEL):
        raise ValueError(f"{entry!r}: a URL must name a wheel, and end in {_WHEEL}")
    return f"{canonicalize_name(file_name.partition('-')[0])} @ {entry}"
