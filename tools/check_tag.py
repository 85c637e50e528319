"""Check that a tag may be released: it matches pyproject.toml, and the changelog has a dated section.

python tools/check_tag.py v0.1.0
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

__all__ = ["main", "problems"]

ROOT = Path(__file__).resolve().parent.parent


def problems(tag: str, version: str, changelog: str) -> list[str]:
    """The problems that prevent a release, as sentences."""
    found = []
    if tag != f"v{version}":
        found.append(f"The tag is {tag!r}, but pyproject.toml has version {version}: expected 'v{version}'.")
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$"
    if not re.search(heading, changelog, re.MULTILINE):
        found.append(
            f"CHANGELOG.md has no dated section: expected a line like '## [{version}] - 2026-01-31'."
        )
    unreleased = re.search(r"^## \[Unreleased\]\n(.*?)(?=^## )", changelog, re.MULTILINE | re.DOTALL)
    if unreleased and unreleased[1].strip():
        found.append(f"CHANGELOG.md lists changes as unreleased: move them to the section {version}.")
    return found


def main(tag: str) -> None:
    """Check the tag against the files of this repository.

    Raises:
        SystemExit: the tag may not be released. The message lists the problems.
    """
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if found := problems(tag, version, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")):
        raise SystemExit("\n".join(found))
    print(f"{tag} may be released.")


if __name__ == "__main__":
    main(sys.argv[1])
