"""Files of the documentation that examples can open."""

import base64
import glob
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from pyrun_core.problems import Location, Problem, Report
from pyrun_core.site_file import SiteFile

__all__ = ["ExampleFile", "ExampleFiles", "describe_files", "readable_size"]

FILES_FOLDER = "files/"
"""The folder of these files, below the folder of pyrun's files."""

_HASH_DIGITS = 12


@dataclass(frozen=True)
class ExampleFile:
    """A file: the ``path`` that code opens, its ``source``, and its ``target`` below pyrun's files."""

    path: str
    source: Path
    target: str
    size_bytes: int
    integrity: str

    @property
    def site_file(self) -> SiteFile:
        """The file to copy into the site."""
        return SiteFile(self.source, self.target)


@dataclass
class ExampleFiles:
    """Finds the files that examples name. ``root`` is the folder of the documentation."""

    root: Path
    report: Report
    _found: dict[tuple[Path, str], tuple[ExampleFile, ...]] = field(default_factory=dict)

    def find(self, patterns: Iterable[str], page_folder: Path, location: Location) -> tuple[ExampleFile, ...]:
        """The files that a page's patterns match. A pattern without a match is reported once."""
        found: dict[str, ExampleFile] = {}
        for pattern in patterns:
            key = (page_folder, pattern)
            if key not in self._found:
                self._found[key] = self._match(pattern, page_folder, location)
            found.update({file.path: file for file in self._found[key]})
        return tuple(found.values())

    def attribute(self, files: Iterable[ExampleFile]) -> str:
        """The attribute for the files of an example. Empty if there are none."""
        listed = [[file.path, quote(file.target), file.size_bytes, file.integrity] for file in files]
        return json.dumps(listed, separators=(",", ":")) if listed else ""

    def all(self) -> list[ExampleFile]:
        """All files that have been found so far, each once."""
        return list({file.target: file for files in self._found.values() for file in files}.values())

    def _match(self, pattern: str, page_folder: Path, location: Location) -> tuple[ExampleFile, ...]:
        is_rooted = pattern.startswith("/")
        base = self.root if is_rooted else page_folder
        # Not Path.glob: it matches hidden files, and takes neither ".." nor an absolute path.
        names = sorted(glob.glob(pattern.lstrip("/"), root_dir=base, recursive=True))  # noqa: PTH207
        prefix = "/" if is_rooted else ""
        files = [(prefix + name.replace("\\", "/"), base / name) for name in names if (base / name).is_file()]
        if not files:
            self.report(Problem.FILES, f"files: {self._why_none(pattern, base, names)}", location)
        outside = [name for name, path in files if not path.resolve().is_relative_to(self.root.resolve())]
        if outside:
            message = f"files: {', '.join(outside)} is outside of {self.root}. Move it into that folder"
            self.report(Problem.FILES, message, location)
        return tuple(_read(name, path) for name, path in files if name not in outside)

    def _why_none(self, pattern: str, base: Path, names: list[str]) -> str:
        if names:
            return f"'{pattern}' is a folder. To use all files in it, write '{pattern.rstrip('/')}/**'"
        fix = f"Correct the path, or begin it with / if it is relative to {self.root}"
        return f"'{pattern}' matches no file in {base}. {fix}"


def describe_files(files: Iterable[ExampleFile]) -> str:
    """The files and their sizes, for a log."""
    return ", ".join(f"{file.path} ({readable_size(file.size_bytes)})" for file in files)


def readable_size(size_bytes: int) -> str:
    """A size in decimal units, as browsers show downloads."""
    if size_bytes < 1000:  # noqa: PLR2004 - the units are decimal
        return f"{size_bytes} bytes"
    return f"{size_bytes / 1e3:.1f} kB" if size_bytes < 1_000_000 else f"{size_bytes / 1e6:.1f} MB"  # noqa: PLR2004


def _read(path: str, source: Path) -> ExampleFile:
    content = source.read_bytes()
    digest = hashlib.sha256(content)
    target = f"{FILES_FOLDER}{digest.hexdigest()[:_HASH_DIGITS]}/{source.name}"
    integrity = "sha256-" + base64.b64encode(digest.digest()).decode()
    return ExampleFile(path, source, target, len(content), integrity)
