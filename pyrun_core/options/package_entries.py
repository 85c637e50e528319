"""The entries of the option ``packages``: names, requirements, paths, URLs and ``auto``."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidName, NormalizedName, canonicalize_name

from pyrun_core.problems import shorten

__all__ = [
    "AUTO",
    "CONTROL_CHARACTER",
    "LocalPath",
    "read_entry",
    "read_path",
    "requirement_line",
    "requirement_name",
    "split_entries",
]

AUTO = "auto"
"""The entry for the packages that the examples import."""

_SEPARATOR = re.compile(r"\s+|,(?=\s|[A-Za-z0-9./])")
# Each of these takes time in proportion to the text, however long a page makes it.
_SPACED_OPERATOR = re.compile(r"(?<!\s)\s*+(===|[~<>=!]=|[<>@])\s*+")
_BRACKETS = re.compile(r"\[[^\[\]]*+\]")
_EXTRA = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
"""As in https://packaging.python.org/en/latest/specifications/name-normalization/."""

_WHEEL = ".whl"
_CERTAIN_PATH = ("./", "../", "/")

CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What could end a line of pip's requirements file, or hide a part of a message."""

_IN_REQUIREMENTS_FILE = re.compile(r"\\|\$\{|(?:^|\s)[#-]")
"""What has a meaning in that file: a line that continues, a variable, a comment, an option.

https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

_MOST_CHARACTERS = 2000
"""More than any package entry needs. The URL of a wheel may be signed."""

_MOST_PARENTHESES = 20
"""In a marker. Each one is a level of recursion of the parser."""


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
        raise ValueError(f"{shorten(value)} is not a list of packages")
    return [entry.strip() for entry in value if entry.strip()]


def read_entry(entry: str) -> str:
    """The entry in its normal form: names canonical, requirements without unnecessary spaces.

    Raises:
        ValueError: it is not a package entry.
    """
    if CONTROL_CHARACTER.search(entry):
        raise ValueError(
            f"{shorten(entry)} has a line break or another control character. A package entry is one line"
        )
    if len(entry) > _MOST_CHARACTERS or entry.count("(") > _MOST_PARENTHESES:
        raise ValueError(f"{shorten(entry)} is too long for a package entry. Write each package separately")
    if entry.lower() == AUTO:
        return AUTO
    if path := read_path(entry):
        if wrong := next((extra for extra in path.extras if not _EXTRA.fullmatch(extra)), None):
            raise ValueError(f"{shorten(entry)}: {shorten(wrong)} is not an extra. Write names: ./[a,b]")
        return entry
    return str(_read_requirement(_named(entry) if _is_url(entry) else entry))


def _read_requirement(entry: str) -> Requirement:
    try:
        requirement = Requirement(entry)
        requirement.name = canonicalize_name(requirement.name, validate=True)
    except (InvalidRequirement, InvalidName):
        raise ValueError(
            f"{shorten(entry)} is not a package: write a name, a requirement such as 'numpy>=2', "
            "the path of a wheel or a project, which begins with ./ if it has an '@', or the URL of a wheel",
        ) from None
    if requirement.url and not _is_wheel_url(requirement.url):
        raise ValueError(f"{entry!r}: a URL must name a wheel, and end in {_WHEEL}")
    if _IN_REQUIREMENTS_FILE.search(str(requirement)):
        raise ValueError(
            f"{shorten(entry)} has a backslash, '${{', ' #' or ' -', to which pip gives another meaning. "
            "Keep passwords in .netrc or a keyring, or in the URL of PIP_INDEX_URL or PIP_EXTRA_INDEX_URL"
        )
    return requirement


def requirement_line(requirement: str) -> str:
    """The line for a requirement in a file that pip reads.

    Entries have been read before. This is the last look at them: in that file, a line can also be an option.

    Raises:
        ValueError: it is not a single requirement.
    """
    line = str(Requirement(requirement))
    if CONTROL_CHARACTER.search(line) or _IN_REQUIREMENTS_FILE.search(line):
        raise ValueError(f"{shorten(requirement)} is not a single requirement")
    return line


def read_path(entry: str) -> LocalPath | None:
    """The path that an entry names; ``None`` if it is not a path. Names of folders may have an ``@``."""
    if ("://" in entry or "@" in entry) and not entry.startswith(_CERTAIN_PATH):
        return None
    path, _, extras = entry.removesuffix("]").partition("[") if entry.endswith("]") else (entry, "", "")
    is_path = path in {".", ".."} or "/" in path or "\\" in path or path.endswith(_WHEEL)
    if not is_path:
        return None
    return LocalPath(path, tuple(filter(None, (extra.strip() for extra in extras.split(",")))))


def requirement_name(requirement: str) -> NormalizedName:
    """The canonical name of the package that a requirement is for."""
    return canonicalize_name(Requirement(requirement).name)


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


def _named(url: str) -> str:
    """A bare URL as a requirement. The name is that of the wheel."""
    file_name = PurePosixPath(unquote(urlsplit(url).path)).name
    if not file_name.endswith(_WHEEL):
        raise ValueError(f"{url!r}: a URL must name a wheel, and end in {_WHEEL}")
    return f"{canonicalize_name(file_name.partition('-')[0])} @ {url}"
