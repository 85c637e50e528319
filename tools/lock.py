"""Write requirements/*.txt: exact versions, with checksums, for the requirements in pyproject.toml.

One set of versions is used for every supported Python, so that all of them test the same versions. Each .in
file in requirements/environments describes a separate environment for tests/environments and is locked too.
Run it as `make lock`; `--upgrade` selects the newest versions that are acceptable.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["ENVIRONMENTS", "GROUPS", "HOSTS", "NODE", "main"]

ROOT = Path(__file__).resolve().parent.parent

GROUPS = ("test", "docs")
"""The dependency groups that have a lock file. The first includes the others, which use its versions."""

NODE = "node"
"""The group that tools/install.sh installs only if no suitable Node.js is installed."""

HOSTS = ("sphinx", "mkdocs")
"""The extras that the groups are locked with."""

OLDEST_PYTHON = "3.11"

ENVIRONMENTS = {
    "oldest-sphinx": OLDEST_PYTHON,
    "newest-sphinx": "3.12",
    "oldest-mkdocs": OLDEST_PYTHON,
    "properdocs": OLDEST_PYTHON,
    "zensical": OLDEST_PYTHON,
    "mkdocs-neighbours": OLDEST_PYTHON,
    "any-site": OLDEST_PYTHON,
    "real-documentation": OLDEST_PYTHON,
    "real-documentation-samples": OLDEST_PYTHON,
    "sphinx-neighbours": OLDEST_PYTHON,
    "older-sphinx-neighbours": OLDEST_PYTHON,
}
"""The oldest Python version of each environment."""


def main(arguments: list[str]) -> None:
    """Resolve each group with the extras of both hosts, then Node.js alone, then each environment."""
    for group in GROUPS:
        agree = () if group == GROUPS[0] else ("--constraint", f"requirements/{GROUPS[0]}.txt")
        source = ("pyproject.toml", "--group", group, *(f"--extra={host}" for host in HOSTS))
        compile_lock((*source, *agree, *arguments), f"requirements/{group}.txt", OLDEST_PYTHON)
    compile_lock(("--group", NODE, *arguments), f"requirements/{NODE}.txt", OLDEST_PYTHON)
    for name, python in ENVIRONMENTS.items():
        stem = f"requirements/environments/{name}"
        compile_lock((f"{stem}.in", *arguments), f"{stem}.txt", python)


def compile_lock(source: tuple[str, ...], target: str, python: str) -> None:
    """Resolve the requirements of the source, for this Python and newer ones, and write the target."""
    subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", *source, "--quiet"),
            *("--universal", "--fork-strategy", "fewest", "--python-version", python),
            *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
            *("--custom-compile-command", "make lock"),
            *("--output-file", target),
        ],
        cwd=ROOT,
        check=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
