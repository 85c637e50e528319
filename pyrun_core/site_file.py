"""A file that a built site serves."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["SiteFile"]


@dataclass(frozen=True)
class SiteFile:
    """A copy of ``source`` at ``target``, a path with ``/`` relative to the folder of pyrun's files."""

    source: Path
    target: str
