"""The wheel of a project with compiled code, which its author has built for browsers."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from pyrun_core.packages.wheel import Wheel
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.target import Target

__all__ = ["find_compiled_wheel", "project_name"]

_ANY = "any"
"""The platform of wheels that need no compiler. The build makes those itself, from the current files."""


def find_compiled_wheel(project: Path, wheels: Path | None, target: Target) -> Wheel | None:
    """The newest wheel of a project in the folder ``wheels`` that was compiled for this target.

    ``None`` if there is none: then the project is pure Python, or has not been built for browsers.

    Raises:
        PyrunError: the wheel is of another version than the project.
    """
    about, name = _about(project), project_name(project)
    if wheels is None or not name:
        return None
    found = sorted(_compiled(wheels, name, target), key=lambda each: each[0])
    if not found:
        return None
    version, path = found[-1]
    if isinstance(declared := about.get("version"), str) and _differ(declared, version):
        raise PyrunError(
            f"{path} has version {version}, and {project} has version {declared}. Build the wheel again with "
            "pyodide-build"
        )
    return Wheel.open(path)


def project_name(project: Path) -> str:
    """The canonical name of a project. Empty if ``pyproject.toml`` does not say it."""
    name = _about(project).get("name")
    return canonicalize_name(name) if isinstance(name, str) else ""


def _compiled(wheels: Path, name: str, target: Target) -> Iterator[tuple[Version, Path]]:
    for path in wheels.glob("*.whl"):
        try:
            own, version, _, tags = parse_wheel_filename(path.name)
        except InvalidWheelFilename:
            continue
        if own == name and all(tag.platform != _ANY for tag in tags) and not target.why_not(path.name):
            yield version, path


def _about(project: Path) -> dict[str, Any]:
    """The table ``project`` of ``pyproject.toml``."""
    try:
        about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8")).get("project")
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}


def _differ(declared: str, version: Version) -> bool:
    try:
        return Version(declared) != version
    except InvalidVersion:
        return False
