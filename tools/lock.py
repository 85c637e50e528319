"""Write requirements/*.txt: exact versions, with checksums, of what pyproject.toml asks for.

One set serves every supported Python, so that all of them test the same versions.
Run it as `make lock`; `--upgrade` takes the newest versions that fit.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["GROUPS", "main"]

ROOT = Path(__file__).resolve().parent.parent

GROUPS = ("test", "docs")
"""The dependency groups that have a lock file. The first holds the others, which then take its versions."""

OLDEST_PYTHON = "3.11"


def main(arguments: list[str]) -> None:
    """Resolve each group, with both hosts' extras."""
    for group in GROUPS:
        agree = () if group == GROUPS[0] else ("--constraint", f"requirements/{GROUPS[0]}.txt")
        subprocess.run(
            [
                *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"),
                *("--group", group, "--all-extras"),
                *("--universal", "--fork-strategy", "fewest", "--python-version", OLDEST_PYTHON),
                *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
                *("--custom-compile-command", "make lock"),
                *("--output-file", f"requirements/{group}.txt"),
                *agree,
                *arguments,
            ],
            cwd=ROOT,
            check=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
