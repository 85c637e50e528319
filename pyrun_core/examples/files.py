"""Files of the documentation that examples can open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, product
from pathlib import Path

from pyrun_core.cache import sha256_of
from pyrun_core.examples.file_names import (
    NamedFile,
    find_named,
    find_one,
    why_linked,
    why_refused,
    why_slow,
)
from pyrun_core.examples.web_files import WebFiles
from pyrun_core.options.page_files import is_web_url
from pyrun_core.pinned_file import integrity_of
from pyrun_core.problems import Location, Problem, Report, shorten
from pyrun_core.site_file import SiteFile

__all__ = ["ExampleFile", "ExampleFiles", "describe_files", "readable_size"]

FILES_FOLDER = "files/"
"""The folder of these files, below the folder of pyrun's files."""

_HASH_DIGITS = 12
_SHOWN_NAMES = 5

_SEPARATORS = (" ", ", ")
"""What stands between the words of a name that text cuts."""

_MOST_WORDS = 6
"""In the name of a file that was cut at its spaces."""


@dataclass(frozen=True)
class ExampleFile:
    """A file: the ``path`` that code opens, its ``source``, and its ``target`` below pyrun's files.

    A file of the web has an ``address``, under which code finds it too. Its ``path`` is empty if another file
    of the example has it.
    """

    path: str
    source: Path
    target: str
    size_bytes: int
    integrity: str
    address: str = ""

    @property
    def site_file(self) -> SiteFile:
        """The file to copy into the site."""
        return SiteFile(self.source, self.target)


@dataclass
class ExampleFiles:
    """Finds the files that examples name. ``root`` is the folder of the documentation.

    ``built`` is the folder of the built site, for hosts that look for files once it is complete. It also has
    the files that no author wrote into the documentation, but a plugin added, in the same place below it.
    ``web`` finds those of the web.
    """

    root: Path
    report: Report
    built: Path | None = None
    web: WebFiles | None = None
    _found: dict[tuple[str, str], tuple[ExampleFile, ...]] = field(default_factory=dict)

    def find(self, patterns: Iterable[str], page_folder: str, location: Location) -> tuple[ExampleFile, ...]:
        """The files that a page's patterns match. A pattern without a match is reported once.

        ``page_folder`` is relative to the folder of the documentation.
        """
        found: dict[str, ExampleFile] = {}
        names = list(patterns)
        for number, pattern in enumerate(names):
            key = (_folder_of(pattern, page_folder), pattern)
            if key not in self._found:
                self._found[key] = self._match(names[number:], page_folder, location)
            for file in self._found[key]:
                is_taken = file.address and file.path in found and found[file.path] != file
                found[file.address if is_taken else file.path] = replace(file, path="") if is_taken else file
        return tuple(found.values())

    def forget(self) -> None:
        """Look at the files again the next time, because they may have changed."""
        self._found.clear()

    def all(self) -> list[ExampleFile]:
        """All files that have been found so far, each once."""
        return list({file.target: file for files in self._found.values() for file in files}.values())

    def matches(self) -> list[Path]:
        """The files that the patterns match now, of those patterns that have been looked for."""
        found: list[Path] = []
        for page_folder, pattern in self._found:
            if not is_web_url(pattern) and (base := self._base(pattern, page_folder)):
                found += [each.path for each in find_named(pattern.lstrip("/"), base)]
        return found

    def _match(self, names: Sequence[str], page_folder: str, location: Location) -> tuple[ExampleFile, ...]:
        """The files that the first name means, which may be a part of a longer one with the others."""
        pattern = names[0]
        if is_web_url(pattern):
            return self._of_web(pattern, location)
        folder = _folder_of(pattern, page_folder)
        if why := self._why_not(pattern, folder):
            self.report(Problem.FILES, f"files: {shorten(pattern)[1:-1]} {why}", location)
            return ()
        root = self._root_with(pattern.lstrip("/"), folder)
        base = root / folder
        named = find_named(pattern.lstrip("/"), base)
        prefix = "/" if pattern.startswith("/") else ""
        files = [(prefix + each.name, each.path) for each in named if each.path.is_file()]
        if not files and not self._is_split(names, page_folder, location):
            self.report(Problem.FILES, f"files: {self._why_none(pattern, base, named)}", location)
        reasons = {name: why_linked(path, root) for name, path in files}
        for reason in dict.fromkeys(filter(None, reasons.values())):
            listed = _listed([name for name, why in reasons.items() if why == reason])
            self.report(Problem.FILES, f"files: {listed} {reason}", location)
        return tuple(_read(name, path) for name, path in files if not reasons[name])

    def _of_web(self, url: str, location: Location) -> tuple[ExampleFile, ...]:
        download = self.web and self.web.find(url, location)
        return (replace(_read(download.path.name, download.path), address=url),) if download else ()

    def _is_split(self, names: Sequence[str], page_folder: str, location: Location) -> bool:
        """Whether the names begin with the parts of one file's name, which was cut at its spaces or commas.

        If so, that is reported, and its parts count as found.
        """
        for whole, count in _joined(names[:_MOST_WORDS]):
            base = self._base(whole, page_folder)
            path = base and find_one(whole.lstrip("/"), base)
            if path and path.is_file():
                message = (
                    f"files: the name {shorten(whole)} was read as {count} names, because spaces and commas "
                    "separate files. Put it in quotes, inside of other quotes if the option has them, or "
                    "write a list in the options of the page"
                )
                self.report(Problem.FILES, message, location)
                self._found |= {(_folder_of(name, page_folder), name): () for name in names[:count]}
                return True
        return False

    def _base(self, written: str, page_folder: str) -> Path | None:
        """The folder to which a name is relative. ``None`` if nothing may be looked for."""
        folder = _folder_of(written, page_folder)
        if self._why_not(written, folder):
            return None
        return self._root_with(written.lstrip("/"), folder) / folder

    def _why_not(self, pattern: str, folder: str) -> str:
        """Why nothing is looked for, although there may be a file. Empty if there is no reason."""
        return why_refused(pattern, folder, self.root) or why_slow(pattern)

    def _root_with(self, pattern: str, folder: str) -> Path:
        """The folder of the documentation, unless only the built site has such files."""
        for root in filter(None, (self.root, self.built)):
            if any(each.path.is_file() for each in find_named(pattern, root / folder)):
                return root
        return self.root

    def _why_none(self, pattern: str, base: Path, named: list[NamedFile]) -> str:
        if named:
            return f"'{pattern}' is a folder. To use all files in it, write '{pattern.rstrip('/')}/**'"
        fix = f"Correct the path, or begin it with / if it is relative to {self.root}"
        return f"'{pattern}' matches no file in {base}. {fix}"


def _folder_of(written: str, page_folder: str) -> str:
    """The folder, below that of the documentation, to which a name is relative. A URL is relative to none."""
    return "" if written.startswith("/") or is_web_url(written) else page_folder


def _joined(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The names of which the first words can be parts, and the number of these words. The longest first."""
    for count in range(len(words), 1, -1):
        for separators in product(_SEPARATORS, repeat=count - 1):
            yield "".join(chain.from_iterable(zip(words, [*separators, ""], strict=False))), count


def _listed(names: list[str]) -> str:
    more = len(names) - _SHOWN_NAMES
    return ", ".join(names[:_SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")


def describe_files(files: Iterable[ExampleFile]) -> str:
    """The files and their sizes, for a log."""
    return ", ".join(f"{file.address or file.path} ({readable_size(file.size_bytes)})" for file in files)


def readable_size(size_bytes: int) -> str:
    """A size in decimal units, as browsers show downloads."""
    if size_bytes < 1000:  # noqa: PLR2004 - the units are decimal
        return f"{size_bytes} bytes"
    return f"{size_bytes / 1e3:.1f} kB" if size_bytes < 1_000_000 else f"{size_bytes / 1e6:.1f} MB"  # noqa: PLR2004


def _read(path: str, source: Path) -> ExampleFile:
    checksum = sha256_of(source)
    target = f"{FILES_FOLDER}{checksum[:_HASH_DIGITS]}/{source.name}"
    return ExampleFile(path, source, target, source.stat().st_size, integrity_of(checksum))
