"""The wheel of the documented project, built from the author's working tree."""

import hashlib
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pyrun_core.cache import new_file
from pyrun_core.packages.pip import PipError, pip
from pyrun_core.packages.wheel import Wheel
from pyrun_core.problems import PyrunError
from pyrun_core.programs import find_program

__all__ = ["ProjectBuilder"]

_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
_SHOWN_LINES = 8


@dataclass(frozen=True)
class ProjectBuilder:
    """Builds wheels of projects, once for each state of a project. They are kept in ``cache``."""

    cache: Path

    def build(self, folder: Path) -> Wheel:
        """The wheel of the project in the folder.

        A project under git is built again when a file changes that git does not ignore, or when the commit or
        the tags change. Any other project is built every time.

        Raises:
            PyrunError: the folder has no project, or the project cannot be built.
        """
        if not any((folder / name).is_file() for name in _PROJECT_FILES):
            raise PyrunError(
                f"{folder} is not a Python project: it has no pyproject.toml. Correct the path, which is "
                "relative to the configuration file",
            )
        state = _state_under_git(folder)
        kept = self.cache / (state or hashlib.sha256(str(folder.resolve()).encode()).hexdigest())
        found = sorted(kept.glob("*.whl"))
        if state and found:
            return Wheel.open(found[0])
        built = self._build(folder, kept)
        for old in found:
            if old != built.path:
                old.unlink()
        return built

    def _build(self, folder: Path, target: Path) -> Wheel:
        with tempfile.TemporaryDirectory(prefix="pyrun-") as scratch:
            try:
                arguments = ("--no-deps", "--wheel-dir", scratch, "--", folder.resolve())
                pip("wheel", *arguments, environment=_of_commit(folder))
            except PipError as error:
                last = "\n".join(str(error).strip().splitlines()[-_SHOWN_LINES:])
                raise PyrunError(f"the wheel of {folder} could not be built. pip says:\n{last}") from error
            wheels = list(Path(scratch).glob("*.whl"))
            if len(wheels) != 1 or wheels[0].is_symlink():
                raise PyrunError(f"{folder} did not become one wheel. Correct its build backend")
            (built,) = wheels
            with new_file(target / built.name) as partial:
                partial.write_bytes(built.read_bytes())
            return Wheel.open(target / built.name)


def _state_under_git(folder: Path) -> str | None:
    """A checksum of everything that can be in the wheel. ``None`` if the folder is not under git."""
    try:
        listed = _git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", ".")
        head = _git(folder, "describe", "--always", "--tags", "--long", "--dirty")
    except (OSError, subprocess.CalledProcessError):
        return None
    names = sorted(filter(None, listed.split("\0")))
    if not any(name in names for name in _PROJECT_FILES):
        return None
    checksum = hashlib.sha256(f"{folder.resolve()}\0{head}".encode())
    for name in names:
        path = folder / name
        content = path.read_bytes() if path.is_file() else b""
        checksum.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return checksum.hexdigest()


def _of_commit(folder: Path) -> dict[str, str]:
    """Variables with which the same commit gives the same wheel, byte for byte.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    if "SOURCE_DATE_EPOCH" in os.environ:
        return {}
    try:
        return {"SOURCE_DATE_EPOCH": _git(folder, "log", "-1", "--format=%ct").strip()}
    except (OSError, subprocess.CalledProcessError):
        return {}


def _git(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}  # git only reads here
    git = find_program("git")
    if git is None:
        raise FileNotFoundError("there is no git on the PATH")
    command = [git, "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
