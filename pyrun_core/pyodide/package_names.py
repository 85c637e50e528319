"""The names in lock files and indexes: each becomes part of a path, of a URL or of a line that pip reads."""

import re
from urllib.parse import unquote, urlsplit

__all__ = ["check_package", "file_name_of"]

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+!-]*")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+!~-]*")
"""No path on any system, no option of a program, and one spelling in a URL."""

_FOLDER = re.compile(r"[^\\/:\x00-\x1f\x7f]+")
_SCHEMES = frozenset({"", "file", "http", "https"})
"""Not ``git+https``, for example, which pip would clone and build."""


def file_name_of(location: str) -> str:
    """The name of the file at a path or URL, decoded."""
    return unquote(urlsplit(location).path.rpartition("/")[2])


def check_package(name: str, version: str, location: str) -> None:
    """Refuse an entry with something else than names. ``location`` is a path or a URL.

    Raises:
        ValueError: the message says what it is.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a package")
    if version and not _VERSION.fullmatch(version):
        raise ValueError(f"{version!r} is not a version of {name}")
    if not _is_file(location):
        raise ValueError(f"{location!r} is not a file of {name}: its name could lead to another place")


def _is_file(location: str) -> bool:
    try:
        url = urlsplit(location)
    except ValueError:
        return False
    if url.scheme not in _SCHEMES or not _FILE_NAME.fullmatch(file_name_of(location)):
        return False
    if url.scheme:
        return url.scheme == "file" or bool(url.hostname)
    folders = location.removeprefix("./").split("/")[:-1]
    return all(_FOLDER.fullmatch(each) and each not in {".", ".."} for each in map(unquote, folders))
