"""The archive of a wheel, checked before anything in it is read."""

import re
import stat
import zipfile
from pathlib import Path

__all__ = ["HostileArchiveError", "open_archive"]

_OUTSIDE = re.compile(r"^/|^[A-Za-z]:|[\\\0]")
_MOST_BYTES = 1 << 30
"""Unpacked: more than a browser tab can use, and little enough for the machine that builds the site."""


class HostileArchiveError(zipfile.BadZipFile):
    """An archive that is dangerous to unpack."""


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive, whose names stay in the folder into which it is unpacked.

    Raises:
        HostileArchiveError: it is dangerous to unpack.
        zipfile.BadZipFile: it is not an archive.
    """
    archive = zipfile.ZipFile(path)
    try:
        _check(archive.infolist())
    except HostileArchiveError:
        archive.close()
        raise
    return archive


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names: set[str] = set()
    for entry in entries:
        name = entry.orig_filename  # zipfile cuts a name at a NUL
        if _OUTSIDE.search(name) or ".." in name.split("/"):
            raise HostileArchiveError(f"it has the file {name!r}, which is outside of it")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise HostileArchiveError(f"its file {name!r} is a link")
        if name in names:
            raise HostileArchiveError(f"it has the file {name!r} twice")
        names.add(name)
    size = sum(entry.file_size for entry in entries)
    if size > _MOST_BYTES:
        raise HostileArchiveError(f"its files have {size} bytes, and {_MOST_BYTES} at most are possible")
