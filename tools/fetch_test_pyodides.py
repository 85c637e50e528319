"""Download the Pyodide distributions that the tests run on into the cache. They are too big for git.

The cache is the folder that PYRUN_CACHE names, ~/.cache/pyrun by default. Existing folders stay unchanged.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DISTRIBUTIONS", "PRERELEASE", "Distribution", "cache_folder", "fetch", "main"]

PRERELEASE = "315.0.0-alpha.2"
"""The newest prerelease of Pyodide at the last check: ``npm view pyodide dist-tags versions``."""


@dataclass(frozen=True)
class Distribution:
    """A Pyodide distribution inside an archive that a package registry serves."""

    version: str
    holds: str
    """A description, printed during the download."""
    download: tuple[str, ...]
    """A command that downloads the archive into the current folder."""
    archive: str
    """The archive's file name."""
    sha256: str
    """The archive's checksum, in hexadecimal."""
    folder: str
    """The distribution's folder inside the archive."""


DISTRIBUTIONS = (
    Distribution(
        version="0.28.3",
        holds="core and the scientific packages, 150 MB",
        # The only package in a registry that contains Pyodide together with the wheels of its packages. The
        # wheel requires this Python version; it is not installed.
        download=(
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-cache-dir", "--no-deps"),
            *("--only-binary=:all:", "--python-version=3.11", "open-webui==0.9.6"),
        ),
        archive="open_webui-0.9.6-py3-none-any.whl",
        sha256="ce5fdd1b8acf2b823c87417242dea4e6686d6130a98e766954ec6f04e5e146ed",
        folder="open_webui/frontend/pyodide/",
    ),
    Distribution(
        version="0.27.7",
        holds="core only, 6 MB: the oldest line that pyrun supports",
        download=("npm", "pack", "--silent", "pyodide@0.27.7"),
        archive="pyodide-0.27.7.tgz",
        sha256="89d5d952675eb08e11286e52c7238f1248ce71726e896db9703e73bef23dc343",
        folder="package/",
    ),
    Distribution(
        version="0.29.5",
        holds="core only, 5 MB: the newest of its line",
        download=("npm", "pack", "--silent", "pyodide@0.29.5"),
        archive="pyodide-0.29.5.tgz",
        sha256="6749b10ee515a1458ecea36d860c8ce2a48366e85b3f92d749ad1840e4aff181",
        folder="package/",
    ),
    Distribution(
        version=PRERELEASE,
        holds="core only, 6 MB: a prerelease, which shows early what an upgrade will need",
        download=("npm", "pack", "--silent", f"pyodide@{PRERELEASE}"),
        archive=f"pyodide-{PRERELEASE}.tgz",
        sha256="b4a12d58491af4e3fa4e4f19e79ba22aba972b55ecccf25a37903e1141c57dec",
        folder="package/",
    ),
)


def cache_folder() -> Path:
    """The folder that keeps big downloads between test runs."""
    return Path(os.environ.get("PYRUN_CACHE") or Path.home() / ".cache" / "pyrun")


def fetch(distribution: Distribution, cache: Path) -> Path:
    """The distribution's folder in the cache, downloaded if it is missing.

    Raises:
        SystemExit: the download fails, or the archive has an unexpected checksum.
    """
    target = cache / f"pyodide-{distribution.version}"
    if target.is_dir():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    # Unpacked next to the target and then renamed, so that the target is never incomplete.
    with tempfile.TemporaryDirectory(dir=cache, prefix=".download-") as scratch:
        archive = Path(scratch, distribution.archive)
        download = subprocess.run(distribution.download, cwd=scratch, stdout=subprocess.DEVNULL, check=False)
        if download.returncode:
            raise SystemExit(f"Pyodide {distribution.version} could not be downloaded; the reason is above.")
        with archive.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != distribution.sha256:
            raise SystemExit(f"{archive.name} has the checksum {found} instead of {distribution.sha256}.")
        unpacked = Path(scratch, "unpacked")
        unpack(archive, distribution.folder, unpacked)
        unpacked.rename(target)
    return target


def unpack(archive: Path, folder: str, target: Path) -> None:
    """Unpack one folder of a wheel or npm package to target. The caller has verified the checksum."""
    everything = target.with_name("everything")
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            names = [name for name in wheel.namelist() if name.startswith(folder)]
            wheel.extractall(everything, names)  # noqa: S202
    else:
        with tarfile.open(archive) as package:
            # Without a filter, because Python 3.11.2 of Debian 12 does not support filters.
            package.extractall(everything)  # noqa: S202
    shutil.move(everything / folder, target)


def main() -> None:
    """Fetch all distributions, and print a line for each."""
    for distribution in DISTRIBUTIONS:
        print(f"Pyodide {distribution.version} ({distribution.holds}): ", end="", flush=True)
        print(fetch(distribution, cache_folder()))


if __name__ == "__main__":
    main()
