"""A file that readers' browsers load, with the checksum that its content must have."""

import base64
from dataclasses import dataclass

__all__ = ["PinnedFile", "integrity_of"]


@dataclass(frozen=True)
class PinnedFile:
    """A file that the build has pinned: browsers refuse other content.

    ``url`` is relative to the folder of pyrun's files, or absolute. ``sha256`` is hexadecimal.
    """

    url: str
    sha256: str

    @property
    def integrity(self) -> str:
        """The checksum as browsers check it."""
        return integrity_of(self.sha256)


def integrity_of(sha256: str) -> str:
    """A hexadecimal SHA-256 checksum, as browsers check it (https://www.w3.org/TR/SRI/)."""
    return "sha256-" + base64.b64encode(bytes.fromhex(sha256)).decode()
