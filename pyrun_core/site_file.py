"""A file that a built site serves."""

from dataclasses import dataclass
from pathlib import Path

from pyrun_core.cache import sha256_of
from pyrun_core.pinned_file import integrity_of

__all__ = ["SiteFile"]


@dataclass(frozen=True)
class SiteFile:
    """A copy of ``source`` at ``target``, a path with ``/`` relative to the folder of pyrun's files."""

    source: Path
    target: str

    @property
    def integrity(self) -> str:
        """The hash of the content, as browsers compare it."""
        return integrity_of(sha256_of(self.source))
