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

from tools.fetch_test_pyodides import DISTRIBUTIONS, cache_folder, fetch

if TYPE_CHECKING:
    from tools.real_documentation.projects import Project

__all__ = [
    "ENVIRONMENT",
    "ROOT",
    "SAMPLES",
    "environment",
    "pages_of_objects",
    "pyodide",
    "unpacked",
    "wheels",
]

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = "real-documentation"
"""The name of the lock file in requirements/environments."""
SAMPLES = "real-documentation-samples"
"""The same for the samples."""

NEAREST_PYTHONS = ("python3.14", "python3.13")
"""The Python of the bundled Pyodide, and the one before it, to which examples are compared."""


def unpacked(project: Project, folder: Path) -> Path:
    """The source of the project, unpacked into a folder that builds may write to."""
    with tarfile.open(archive(project)) as packed:
        # Without a filter, which Python 3.11.2 of Debian 12 does not support. The checksum is pinned.
        packed.extractall(folder)  # noqa: S202
    (source,) = folder.iterdir()
    return source


def pages_of_objects(project: Project, python: Path, folder: Path) -> Path:
    """The pages of a sample, which the Python of its environment writes into a new folder."""
    script = Path(__file__).with_name("object_pages.py")
    subprocess.run([python, script, folder, *project.modules], check=True)
    return folder


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


def wheels(project: Project) -> list[str]:
    """The paths of the wheels that the project needs, downloaded by pip if they are missing."""
    if not project.wheels:
        return []
    key = hashlib.sha256(" ".join(project.wheels).encode()).hexdigest()[:12]
    folder = cache_folder() / "sources" / f"{project.name}-wheels-{key}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".download-") as scratch:
            complete = Path(scratch, "complete")
            pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:")
            subprocess.run([*pip, "--dest", complete, *project.wheels], check=True)
            complete.rename(folder)
    return sorted(map(str, folder.iterdir()))


def pyodide(project: Project) -> str:
    """The folder of the Pyodide distribution that the project needs."""
    distribution = next(each for each in DISTRIBUTIONS if each.version == project.pyodide)
    return str(fetch(distribution, cache_folder()))


def nearest_python() -> str:
    """The installed Python that is nearest to that of the bundled Pyodide, or else the one that runs this."""
    for name in NEAREST_PYTHONS:
        found = shutil.which(name)
        if found and not subprocess.run([found, "-V"], capture_output=True, check=False).returncode:
            return found
    return sys.executable


def environment(name: str = ENVIRONMENT) -> Path:
    """The Python of an environment with the projects, their extensions, and the pyrun of this checkout."""
    lock = ROOT / "requirements" / "environments" / f"{name}.txt"
    base = nearest_python()
    key = hashlib.sha256(lock.read_bytes() + base.encode()).hexdigest()[:12]
    folder = cache_folder() / "environments" / f"{name}-written-{key}"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([base, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock], check=True)
        (folder / "complete").touch()
    with tempfile.TemporaryDirectory() as scratch:
        build = ("wheel", "-q", "--no-deps", "--no-build-isolation", "--wheel-dir", scratch, str(ROOT))
        subprocess.run([sys.executable, "-m", "pip", *build], check=True)
        install = ("install", "-q", "--no-deps", "--no-index", "--force-reinstall")
        subprocess.run([python, "-m", "pip", *install, *Path(scratch).iterdir()], check=True)
    return python
