"""The files of packages on this machine: found in folders, or downloaded once and kept."""

import shutil
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pyrun_core.cache import sha256_of
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.packages.pip import PipError, last_line, pip, target_options
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.lock import Package
from pyrun_core.pyodide.target import Target

__all__ = ["WheelCache"]

_TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class WheelCache:
    """Finds files by their checksum, and downloads missing ones into ``cache``.

    ``folders`` are searched first: the folder of the distribution, and the author's ``wheels``.
    ``downloads`` takes files that come without a checksum.
    """

    cache: Path
    target: Target
    downloads: KeptDownloads
    folders: tuple[Path, ...] = ()

    def find(self, package: Package) -> Path | None:
        """The package's file, if it is on this machine."""
        for path in self._candidates(package):
            if path.is_file() and (not package.sha256 or sha256_of(path) == package.sha256):
                return path
        return None

    def fetch(self, wanted: Mapping[str, Package]) -> dict[str, Path]:
        """The files of packages by their URLs. Missing ones are downloaded.

        Raises:
            PyrunError: a file cannot be downloaded, or its checksum differs from that of the lock file.
        """
        found = {url: path for url, package in wanted.items() if (path := self.find(package))}
        missing = {url: package for url, package in wanted.items() if url not in found}
        for url, package in list(missing.items()):
            if not urlsplit(url).scheme:
                raise self._changed(package)
            if not package.sha256:
                found[url] = self.downloads.fetch(url).path
                del missing[url]
        if missing:
            (self.cache / "files").mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.cache / "files") as scratch:
                self._download(missing, Path(scratch))
                found |= {url: self._keep(url, package, Path(scratch)) for url, package in missing.items()}
        return found

    def _download(self, wanted: Mapping[str, Package], folder: Path) -> None:
        wheels = [f"{url}#sha256={p.sha256}" for url, p in wanted.items() if p.wheel_name.endswith(".whl")]
        try:
            if wheels:  # by pip, which knows the author's proxies, certificates and passwords
                pip("download", "--no-deps", *target_options(self.target), "--dest", folder, "--", *wheels)
        except PipError as error:
            names = ", ".join(package.wheel_name for package in wanted.values())
            raise PyrunError(f"could not download {names}. pip says: {last_line(error)}") from error
        for url, package in wanted.items():
            if package.wheel_name.endswith(".whl"):
                continue
            try:
                with (
                    urllib.request.urlopen(url, timeout=_TIMEOUT_SECONDS) as answer,  # noqa: S310
                    (folder / package.wheel_name).open("wb") as file,
                ):
                    shutil.copyfileobj(answer, file)
            except OSError as error:
                raise PyrunError(f"could not download {url}: {error}") from error

    def _keep(self, url: str, package: Package, folder: Path) -> Path:
        downloaded = folder / package.wheel_name
        if not downloaded.is_file():  # the server named it otherwise
            raise PyrunError(f"{url} is not a file with the name {package.wheel_name}")
        checksum = sha256_of(downloaded)
        if checksum != package.sha256:
            # Pyodide's own packages have bare names, and the author's lock file does not decide about them.
            is_listed_by_author = urlsplit(package.file_name).scheme in {"http", "https"}
            fix = ". If the change is intended, run 'pyrun lock --upgrade'" if is_listed_by_author else ""
            raise PyrunError(
                f"{url} is not the file in the lock file: its checksum is {checksum}, but the lock file has "
                f"{package.sha256}{fix}",
            )
        target = self._kept(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        return downloaded.replace(target)

    def _changed(self, package: Package) -> PyrunError:
        """What is wrong with a file that the distribution should have."""
        paths = [folder / package.wheel_name for folder in self.folders]
        path = next(filter(Path.is_file, paths), paths[0])
        checksum = f"its checksum is {sha256_of(path)}" if path.is_file() else "it does not exist"
        return PyrunError(
            f"{path} is not the file in the lock file beside it: {checksum}, but the lock file has "
            f"{package.sha256}",
        )

    def _candidates(self, package: Package) -> Iterator[Path]:
        url = urlsplit(package.file_name)
        if url.scheme == "file":
            yield Path(url2pathname(url.path))
        for folder in self.folders:
            yield folder / package.wheel_name
        if package.sha256:
            yield self._kept(package)

    def _kept(self, package: Package) -> Path:
        return self.cache / "files" / package.sha256 / package.wheel_name
