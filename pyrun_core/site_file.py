"""One file that a built site serves."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["SiteFile"]


@dataclass(frozen=True)
class SiteFile:
    """``source`` is copied to ``target``, which is relative to the folder of pyrun's files, with ``/``."""

    source: Path
    target: str
