"""Source archives of the projects, and an environment with what their configuration names."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tools.fetch_test_pyodides import cache_folder

if TYPE_CHECKING:
    from tools.real_documentation.projects import Project

__all__ = ["ENVIRONMENT", "ROOT", "environment", "unpacked"]

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = "real-documentation"
"""The name of the lock file in requirements/environments."""


def unpacked(project: Project, folder: Path) -> Path:
    """The source of the project, unpacked into a folder that builds may write to."""
    with tarfile.open(archive(project)) as packed:
        # Without a filter, which Python 3.11.2 of Debian 12 does not support. The checksum is pinned.
        packed.extractall(folder)  # noqa: S202
    (source,) = folder.iterdir()
    return source


def archive(project: Project) -> Path:
    """The source archive in the cache, downloaded by pip if it is missing.

    Raises:
        SystemExit: the download fails, or the archive has an unexpected checksum.
    """
    folder = cache_folder() / "sources" / f"{project.name}-{project.version}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".download-") as scratch:
            command = (
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", scratch),
                *("--no-binary", project.name, project.requirement),
            )
            if subprocess.run(command, check=False).returncode:
                raise SystemExit(f"{project.requirement} could not be downloaded; the reason is above.")
            (found,) = Path(scratch).iterdir()
            checksum = hashlib.sha256(found.read_bytes()).hexdigest()
            if checksum != project.sha256:
                raise SystemExit(f"{found.name} has the checksum {checksum} instead of {project.sha256}.")
            # Renamed at last, so that the folder is never incomplete.
            complete = Path(scratch, "complete")
            complete.mkdir()
            shutil.move(found, complete)
            complete.rename(folder)
    (path,) = folder.iterdir()
    return path


def environment() -> Path:
    """The Python of an environment with the projects, their extensions, and the pyrun of this checkout."""
    lock = ROOT / "requirements" / "environments" / f"{ENVIRONMENT}.txt"
    key = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    folder = cache_folder() / "environments" / f"{ENVIRONMENT}-written-{key}"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock], check=True)
        (folder / "complete").touch()
    with tempfile.TemporaryDirectory() as scratch:
        build = ("wheel", "-q", "--no-deps", "--no-build-isolation", "--wheel-dir", scratch, str(ROOT))
        subprocess.run([sys.executable, "-m", "pip", *build], check=True)
        install = ("install", "-q", "--no-deps", "--no-index", "--force-reinstall")
        subprocess.run([python, "-m", "pip", *install, *Path(scratch).iterdir()], check=True)
    return python
