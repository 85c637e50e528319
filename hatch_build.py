"""Builds the browser files with npm, when a wheel is made and when pyrun is installed from its source."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["BrowserFilesHook"]

LEAST_NODE_MAJOR = 20
"""The oldest Node whose release line the build is tested with, as `engines` in package.json says."""

CURE = (
    f"Install Node.js {LEAST_NODE_MAJOR} or newer (with npm) and try again, "
    "or install the ready wheel, which needs neither: pip install --only-binary pyrun-docs pyrun-docs"
)


class BrowserFilesHook(BuildHookInterface[Any]):
    """Fills pyrun_core/browser/ before hatchling collects the files of a wheel or an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the interface's
        """Install the locked npm packages if need be, then build.

        Raises:
            SystemExit: with one sentence, when Node or npm is missing, too old, or fails.
        """
        root = Path(self.root)
        npm = find_npm()
        if npm_packages_are_stale(root):
            run_npm(npm, "ci", cwd=root)
        run_npm(npm, "run", "build", cwd=root)


def find_npm() -> str:
    """The path of npm, once it is clear that Node is there and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        missing = "Node.js" if node is None else "npm"
        raise SystemExit(
            f"pyrun-docs: {missing} is missing, and building pyrun-docs from source needs it "
            f"to bundle the files that run in the browser. {CURE}"
        )
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").split(".")[0]) < LEAST_NODE_MAJOR:
        raise SystemExit(f"pyrun-docs: Node.js {version} is too old to build pyrun-docs from source. {CURE}")
    return npm


def npm_packages_are_stale(root: Path) -> bool:
    """Whether node_modules is missing or was installed before package-lock.json last changed."""
    installed = root / "node_modules" / ".package-lock.json"  # npm writes it last
    return not installed.exists() or installed.stat().st_mtime < (root / "package-lock.json").stat().st_mtime


def run_npm(npm: str, *arguments: str, cwd: Path) -> None:
    """Run npm, with its output where the build's own goes."""
    if subprocess.run([npm, *arguments], cwd=cwd, check=False).returncode:
        raise SystemExit(f"pyrun-docs: `npm {' '.join(arguments)}` failed; its own message is above.")
