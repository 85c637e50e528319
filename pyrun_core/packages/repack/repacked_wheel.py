"""Writing a repacked wheel: without some of its files, and with bytecode."""

import base64
import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pyrun_core.packages.archive import open_archive

__all__ = ["read_wheel", "write_wheel"]

_RECORD = re.compile(r"[^/]+\.dist-info/RECORD")
_BEST = 9
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold."""

_REGULAR_FILE = 0o100644 << 16
_UNIX = 3


def read_wheel(path: Path) -> dict[str, bytes]:
    """The content of all files of a wheel, by name.

    Raises:
        zipfile.BadZipFile: the file is not a wheel.
    """
    with open_archive(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_wheel(target: Path, original: Path, kept: Mapping[str, bytes], bytecode: Path) -> None:
    """Write a wheel with the files ``kept`` of the original, and those of the archive ``bytecode``.

    Its list of files (RECORD) is updated. The same files give the same wheel.
    """
    with open_archive(original) as archive:
        entries = {name: _entry_like(archive.getinfo(name)) for name in kept}
    files = {name: content for name, content in kept.items() if not _RECORD.fullmatch(name)}
    for name, content in read_wheel(bytecode).items():
        entries[name] = _new_entry(name)
        files[name] = content
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(entries[name], content, zipfile.ZIP_DEFLATED, _BEST)
        for name in filter(_RECORD.fullmatch, kept):  # last, as PEP 427 recommends
            record = _record(files, name)
            archive.writestr(entries[name], record, zipfile.ZIP_DEFLATED, _BEST)


def _entry_like(original: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(original.filename, original.date_time)
    entry.external_attr, entry.create_system = original.external_attr, original.create_system
    return entry


def _new_entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.external_attr, entry.create_system = _REGULAR_FILE, _UNIX
    return entry


def _record(files: Mapping[str, bytes], name: str) -> str:
    """https://packaging.python.org/specifications/recording-installed-packages/#the-record-file."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for file, content in files.items():
        if not file.endswith("/"):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            rows.writerow((file, f"sha256={digest}", len(content)))
    rows.writerow((name, "", ""))
    return text.getvalue()
