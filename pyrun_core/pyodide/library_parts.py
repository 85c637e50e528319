"""Splitting the standard library: what a start reads comes first, the rest when code reads it.

The archive is rewritten so that the files that a start reads are at its end, before the list of files. The
site serves this end and what precedes it as separate files. The worker puts the end in place, and the other
parts when something reads them (``assets/worker/start/library.js``), so that the whole archive seems to be
there.
"""

import json
import struct
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pyrun_core.cache import cache_folder, digest_of, new_file, sha256_of
from pyrun_core.pyodide.distribution import LIBRARY, Distribution, LibraryParts

__all__ = ["PROFILE", "split_archive", "with_library_in_parts"]

PROFILE = Path(__file__).with_name("start_modules.json")
"""The modules that the bundled Pyodide and pyrun's runtime import until the first example has run.

``tools/trace_start.py`` writes it.
"""

_VERSION = "1"
"""For cache keys. Raise it when parts change."""

_SOURCES = "python_stdlib-sources.bin"
"""The sources of modules that have bytecode: only tracebacks and `inspect` read them."""

_MODULES = "python_stdlib-modules.bin"
"""Modules without bytecode, which few examples import, and files that are no modules."""

_COMMON = "python_stdlib-common.bin"
"""Bytecode that a start with packages reads, or that examples import often."""

_BYTECODE = ".pyc"
_SOURCE = ".py"

# https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
_LOCAL = struct.Struct("<26xHH")
_ENTRY = struct.Struct("<4s4xH10xL4xHHH8xL")
_ENTRY_SIGNATURE = b"PK\1\2"
_END = struct.Struct("<4s6xHLLH")
_END_SIGNATURE = b"PK\5\6"
_OFFSET = struct.Struct("<L")
_OFFSET_AT = 42
_STREAMED = 1 << 3


@dataclass(frozen=True)
class _Entry:
    """A file of an archive: its name, its local header with its content, and its entry in the list."""

    name: str
    content: bytes
    listed: bytes


def with_library_in_parts(
    distribution: Distribution, log: Callable[[str], object], cache: Path | None = None
) -> Distribution:
    """The same distribution, with its library in parts if the site serves it and it has bytecode.

    The parts are kept in ``cache``, by default the user's cache folder. If they cannot be written, the author
    is told, and readers get the whole library.
    """
    if distribution.core_url:
        return distribution
    library = distribution.source(Path(LIBRARY))
    try:
        parts = _parts_of(library, _start_modules(distribution.lock.info), cache or cache_folder())
    except (ValueError, zipfile.BadZipFile):
        return distribution  # it has no bytecode, or is no plain archive
    except OSError as error:
        log(f"readers get Python's library in one piece: {error}")
        return distribution
    saved = sum(size for _, size in parts.sizes())
    return replace(distribution, library_parts=parts, core_bytes=distribution.core_bytes - saved)


def split_archive(archive: bytes, start: Collection[str] | None) -> dict[str, bytes]:
    """The parts of an archive by file name, in their order: back to back, they are an archive again.

    It has the same files in the same order, and the last part begins with the first file that a start reads.
    ``start`` are the names of the files with bytecode that a start reads; ``None`` for all that there are.

    Raises:
        ValueError: nothing in it has bytecode, or its format is an unusual one.
    """
    try:
        entries = list(_entries_of(archive))
    except struct.error:
        raise ValueError("it is no plain archive") from None
    names = {entry.name for entry in entries}
    if not any(name.endswith(_BYTECODE) for name in names):
        raise ValueError("nothing in it has bytecode")
    by_part: dict[str, list[_Entry]] = {_SOURCES: [], _MODULES: [], _COMMON: [], LIBRARY: []}
    for entry in entries:
        by_part[_part_of(entry.name, names, start)].append(entry)
    offsets: dict[str, int] = {}
    parts: dict[str, bytes] = {}
    end = 0
    for part, own in by_part.items():
        for entry in own:
            offsets[entry.name] = end
            end += len(entry.content)
        parts[part] = b"".join(entry.content for entry in own)
    listed = b"".join(
        entry.listed[:_OFFSET_AT]
        + _OFFSET.pack(offsets[entry.name])
        + entry.listed[_OFFSET_AT + _OFFSET.size :]
        for entry in entries
    )
    count = len(entries).to_bytes(2, "little")
    last = _END_SIGNATURE + bytes(4) + count + count + struct.pack("<LLH", len(listed), end, 0)
    parts[LIBRARY] += listed + last
    return {name: content for name, content in parts.items() if content}


def _part_of(name: str, names: Collection[str], start: Collection[str] | None) -> str:
    if name.endswith("/"):
        return LIBRARY
    if name.endswith(_BYTECODE):
        return LIBRARY if start is None or name in start else _COMMON
    return _SOURCES if name.endswith(_SOURCE) and name + "c" in names else _MODULES


def _entries_of(archive: bytes) -> Iterator[_Entry]:
    """Its files, in the order of its list.

    Raises:
        ValueError: its format is an unusual one.
    """
    end = len(archive) - _END.size
    signature, count, listed_bytes, at, comment = _END.unpack_from(archive, end)
    if signature != _END_SIGNATURE or comment or at + listed_bytes != end:
        raise ValueError("it is no plain archive")
    for _ in range(count):
        signature, flags, size, *lengths, place = _ENTRY.unpack_from(archive, at)
        if signature != _ENTRY_SIGNATURE or flags & _STREAMED:
            raise ValueError("it is no plain archive")
        length = _OFFSET_AT + _OFFSET.size + sum(lengths)
        begin = place + _LOCAL.size + sum(_LOCAL.unpack_from(archive, place)) + size
        name = archive[at + _OFFSET_AT + _OFFSET.size :][: lengths[0]].decode()
        yield _Entry(name, archive[place:begin], archive[at : at + length])
        at += length


def _parts_of(library: Path, start: Collection[str] | None, cache: Path) -> LibraryParts:
    """The parts of a library, from the cache or written to it.

    Raises:
        ValueError: it has no bytecode, or its format is an unusual one.
        OSError: the cache cannot be written.
    """
    key = digest_of(_VERSION, sha256_of(library), *sorted(start or ()))
    folder = cache / "libraries" / key
    index = folder / "parts.json"
    if index.is_file():
        names = json.loads(index.read_text(encoding="utf-8"))
    else:
        parts = split_archive(library.read_bytes(), start)
        names = list(parts)
        for name, content in parts.items():
            with new_file(folder / name) as partial:
                partial.write_bytes(content)
        with new_file(index) as partial:  # last: it says that all are there
            partial.write_text(json.dumps(names), encoding="utf-8")
    files = {name: folder / name for name in names}
    return LibraryParts(files.pop(LIBRARY), files)


def _start_modules(info: Mapping[str, str]) -> frozenset[str] | None:
    """The bytecode that a start reads. ``None`` for a Python that was not traced: all that has bytecode."""
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    return frozenset(profile["files"]) if profile["python"] == info["python"] else None
