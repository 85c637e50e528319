"""What a built site says of its examples."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyrun_core.settlement.folder import SETTLEMENT_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

__all__ = ["SettledSite"]

_CHECKSUM = re.compile("-[0-9a-f]{8}/$")


@dataclass
class SettledSite:
    """The settlement in pyrun's folder of a built site. Lists of packages are words."""

    folder: Path

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / SETTLEMENT_FILE).read_text(encoding="utf-8"))
        return content

    @property
    def pyodide(self) -> str:
        """The folder or URL of Pyodide, without the checksum."""
        return _CHECKSUM.sub("", self.content["pyodide"]["url"])

    def start(self, cell: Tag) -> str:
        """The packages that are loaded while Python starts for a cell."""
        return " ".join(self._of(cell).get("start", ()))

    def run(self, cell: Tag) -> str:
        """The packages that are loaded when a cell runs."""
        return " ".join(self._of(cell).get("run", ()))

    def files(self, cell: Tag) -> list[tuple[str, str, int, str]]:
        """Path, URL, size and integrity of each file of a cell."""
        return [tuple(file) for file in self._of(cell).get("files", ())]

    def _of(self, cell: Tag) -> dict[str, Any]:
        content = self.content
        key = cell.get("data-requirements")
        example: dict[str, Any] = content["examples"][key] if key else {"start": content["start"]}
        return example
