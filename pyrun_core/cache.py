"""The cache that all builds of a user share: where it is, and how files get into it."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_path

__all__ = ["cache_folder", "digest_of", "new_file", "sha256_of", "store"]

_DIGITS_IN_NAME = 8


def cache_folder() -> Path:
    """The folder for downloads and built files: the one that PYRUN_CACHE names, or the user's cache."""
    return Path(os.environ.get("PYRUN_CACHE") or user_cache_path("pyrun"))


def sha256_of(path: Path) -> str:
    """The checksum of a file, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of(*parts: str) -> str:
    """A cache key for everything that a cached file depends on, hexadecimal."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A path to write to. If the block succeeds, the file is renamed to ``target``.

    Two builds may write the same file at the same time: neither ever reads half a file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as scratch:
        partial = Path(scratch) / target.name
        yield partial
        partial.replace(target)


def store(cache: Path, name: str, content: bytes) -> Path:
    """A file with this content in the cache. Its name carries a checksum of the content."""
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS_IN_NAME]
    target = cache / "written" / f"{stem}-{digest}{dot}{suffix}"
    if not target.is_file():
        with new_file(target) as partial:
            partial.write_bytes(content)
    return target
