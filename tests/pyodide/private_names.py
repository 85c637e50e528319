"""The private names of `private_names.toml`, and which versions of Pyodide have them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class PrivateName:
    """An entry; the comment at the top of the table explains its fields."""

    name: str
    owner: str
    used_by: list[str]
    since: str
    breaks: str
    checks: list[str]
    until: str = ""
    spelling: str = ""
    in_file: str = ""
    text: str = ""

    def is_in(self, version: str) -> bool:
        """Whether a version of Pyodide has the name."""
        return parts(self.since) <= parts(version) and (
            not self.until or parts(version)[: len(parts(self.until))] <= parts(self.until)
        )


def parts(version: str) -> tuple[int, ...]:
    """The numbers of a version, without a prerelease suffix."""
    return tuple(map(int, re.findall(r"\d+", version.partition("-")[0])))


PRIVATE_NAMES = [PrivateName(**entry) for entry in tomllib.loads(TABLE.read_text(encoding="utf-8"))["names"]]

CHECKS = sorted({check for entry in PRIVATE_NAMES for check in entry.checks})
