"""The formatter ruff for browsers: downloaded once, known by its checksums, and served by sites that use it.

It is not a part of pyrun, because it is larger than all the rest.
"""

import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pyrun_core.cache import new_file, sha256_of
from pyrun_core.kept_download import DownloadError, KeptDownloads, cache_error
from pyrun_core.pinned_file import PinnedFile
from pyrun_core.problems import PyrunError
from pyrun_core.programs import find_program
from pyrun_core.site_file import SiteFile

__all__ = ["RUFF_VERSION", "Ruff", "RunNpm", "copy_ruff", "pack_with_npm"]

RUFF_VERSION = "0.16.9"
_PACKAGE = "@astral-sh/ruff-wasm-web"
_URL = f"https://cdn.jsdelivr.net/npm/{_PACKAGE}@{RUFF_VERSION}/"

_SCRIPT, _MODULE, _LICENCE = "ruff_wasm.js", "ruff_wasm_bg.wasm", "LICENSE"
_SUMS = {
    _SCRIPT: "8a90aec3c47c6d0b06a0930d2ff7be0b584e15fc7c09768f74717fc8b5103d0e",
    _MODULE: "9126a38a11627d1abf850e32c37a24efd5fb329af620ab209529ad1d6bfe04fc",
    _LICENCE: "2597d854122b77ddc71971564ca2350a37608575ce324adc5650a2b2051c8f18",
}
"""The files of the npm package that sites serve, with their SHA-256 checksums in hexadecimal."""

_DIGEST_DIGITS = 8
_MOST_SECONDS = 120
"""For npm, which waits for a network that does not answer."""

RunNpm = Callable[[Path], None]
"""Has npm put the package, as an archive, into a folder.

Raises:
    OSError: there is no npm, or it fails.
"""


@dataclass(frozen=True)
class Ruff:
    """The files of ruff on this machine, by the names that they have in its package."""

    paths: Mapping[str, Path] = field(default_factory=dict)

    @property
    def files(self) -> tuple[SiteFile, ...]:
        """What a site serves."""
        return tuple(SiteFile(path, _target(name)) for name, path in self.paths.items())

    @property
    def script(self) -> PinnedFile:
        """The module that a page imports."""
        return PinnedFile(_target(_SCRIPT), _SUMS[_SCRIPT])

    @property
    def module(self) -> PinnedFile:
        """The WebAssembly that the page compiles for it."""
        return PinnedFile(_target(_MODULE), _SUMS[_MODULE])


def _target(name: str) -> str:
    return f"ruff-{RUFF_VERSION}-{_SUMS[_MODULE][:_DIGEST_DIGITS]}/{name}"


def pack_with_npm(folder: Path) -> None:
    """Download the package with npm: a `RunNpm`."""
    npm = find_program("npm")
    if npm is None:
        raise FileNotFoundError("npm is not installed")
    command = [npm, "pack", "--silent", f"{_PACKAGE}@{RUFF_VERSION}"]
    try:
        subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=_MOST_SECONDS)
    except subprocess.SubprocessError as error:
        raise OSError(f"npm could not download it either: {error}") from error


def copy_ruff(downloads: KeptDownloads, run_npm: RunNpm | None = None) -> Ruff:
    """The files from the cache, from the CDN, or from the registry that npm uses here, in this order.

    Raises:
        PyrunError: none of these has them.
    """
    missing = _missing(downloads)
    problems: list[str] = []
    for supply in (_download, partial(_unpack, run_npm=run_npm or pack_with_npm)):
        if missing and (problem := supply(downloads, missing)):
            problems.append(problem)
        missing = missing and _missing(downloads)
    if missing:
        raise PyrunError(_explain(downloads, problems))
    return Ruff({name: downloads.place(_URL + name, checksum) for name, checksum in _SUMS.items()})


def _missing(downloads: KeptDownloads) -> list[str]:
    return [name for name, checksum in _SUMS.items() if not downloads.kept(_URL + name, checksum)]


def _download(downloads: KeptDownloads, names: list[str]) -> str:
    """Download files from the CDN. Returns what went wrong, if anything did."""
    try:
        for name in names:
            if downloads.fetch(_URL + name).sha256 != _SUMS[name]:
                return f"{_URL}{name} is not the file that this version of pyrun knows"
    except DownloadError as error:
        return str(error)
    return ""


def _unpack(downloads: KeptDownloads, names: list[str], run_npm: RunNpm) -> str:
    """Take files from the package that npm downloads. Returns what went wrong, if anything did."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            run_npm(Path(scratch))
            archive = next(Path(scratch).glob("*.tgz"))
            with tarfile.open(archive) as package:
                for name in names:
                    _keep(downloads, package, name)
        except (OSError, StopIteration, tarfile.TarError, KeyError) as error:
            return str(error) or "npm has downloaded nothing"
    return ""


def _keep(downloads: KeptDownloads, package: tarfile.TarFile, name: str) -> None:
    stream = package.extractfile(f"package/{name}")
    content = stream.read() if stream else b""
    target = downloads.place(_URL + name, _SUMS[name])
    try:
        with new_file(target) as new:
            new.write_bytes(content)
            if sha256_of(new) != _SUMS[name]:
                raise OSError(f"{name} of npm's package is not the file that this version of pyrun knows")
    except PermissionError as error:
        raise cache_error(downloads.cache, error) from error


def _explain(downloads: KeptDownloads, problems: list[str]) -> str:
    folder = downloads.place(_URL + _MODULE, "SHA-256 of the file").parent
    return (
        f"format: ruff cannot be downloaded, so readers cannot format code: {'; '.join(problems)}. Build "
        "once where the CDN or npm's registry can be reached, and keep pyrun's cache; or put "
        f"{', '.join(_SUMS)} of the npm package {_PACKAGE} {RUFF_VERSION} into folders such as {folder}"
    )
