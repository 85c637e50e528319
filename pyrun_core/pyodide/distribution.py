"""The Pyodide distribution of a site: where it comes from, and what it contains."""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.cache import cache_folder, store
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.glue_patches import UnknownGlueError, with_linking
from pyrun_core.pyodide.lock import FILE_NAME as LOCK_FILE
from pyrun_core.pyodide.lock import Lock, read_lock

__all__ = ["BUNDLED", "CDN", "LIBRARY", "LOCK_FILE", "Distribution", "choose_distribution"]

BUNDLED = "bundled"
CDN = "cdn"

# The public layout of the CDN: https://pyodide.org/en/stable/usage/downloading-and-deploying.html
_CDN_URL = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"

# What the browser fetches for the core. From 314 on, the compiled loader script (glue) is a module.
LIBRARY = "python_stdlib.zip"
_CORE_FILES = ("pyodide.mjs", "pyodide.asm.wasm", LIBRARY, LOCK_FILE)
_GLUE_FILES = ("pyodide.asm.mjs", "pyodide.asm.js")

# The version in the entry module: `version` in
# https://github.com/pyodide/pyodide/blob/main/src/js/version.ts, minified. Lock files have it only before
# 0.29, and the lock file of 0.28.3 has a different one.
_VERSION = re.compile(r'="(\d+\.\d+\.\d+[0-9a-z.]*)"')

# Files of a distribution that no page loads.
_NOT_SERVED = re.compile(r".*\.(map|d\.ts|html|md)|package\.json|pyodide\.js|.*-tests\.tar")


@dataclass(frozen=True)
class Distribution:
    """A Pyodide distribution, as a page uses it.

    - ``url`` ends in a slash. Without a scheme it is relative to the folder of pyrun's files.
    - ``folder`` is copied to ``url``. It is ``None`` if another server provides the distribution.
    - ``core`` is the folder of its core on this machine. It is also set if another server provides the core.
    - ``lock`` is its lock file, or ``None`` if the lock file is not on this machine.
    - ``packages_url`` is the URL of the packages that are not in ``folder``.
    - ``core_bytes`` is the size of the files that its start loads, for the progress that readers see. The
      site's lock file is slightly smaller than the original one.
    - ``linked_glue`` is its loader script (glue) with the patches of `pyrun_core.pyodide.glue_patches`, for
      snapshots. If it is ``None``, ``why_no_snapshots`` gives the reason.
    - ``compiled_library`` is its standard library with the bytecode of `pyrun_core.pyodide.stdlib_bytecode`.
    """

    url: str
    label: str
    folder: Path | None = None
    core: Path | None = None
    lock: Lock | None = None
    packages_url: str = ""
    core_bytes: int | None = None
    linked_glue: Path | None = None
    why_no_snapshots: str = "another server provides it"
    compiled_library: Path | None = None

    def source(self, path: Path) -> Path:
        """The file to copy for a path of ``served_files``."""
        changed = {**dict.fromkeys(_GLUE_FILES, self.linked_glue), LIBRARY: self.compiled_library}
        return changed.get(path.name) or Path(self.folder or "") / path

    def available_packages(self) -> Container[str]:
        """The packages that it serves without resolution. Contains every name if they are unknown."""
        if self.lock is None:
            return _Everything()
        if self.folder is None:
            return self.lock.packages
        present = {path.name for path in self.folder.iterdir()}
        return self.lock.without_files_but(present).packages

    def served_files(self) -> list[Path]:
        """The files to copy, relative to ``folder`` and sorted: all except those of packages."""
        if self.folder is None:
            return []
        packages = {package.file_name for package in self.lock.packages.values()} if self.lock else set()
        return sorted(
            path.relative_to(self.folder)
            for path in self.folder.iterdir()
            if path.is_file()
            and not _NOT_SERVED.fullmatch(path.name)
            and not path.name.endswith(".whl")
            and path.name not in packages
        )


class _Everything(Container[str]):
    def __contains__(self, name: object) -> bool:
        return True


def choose_distribution(choice: str, base: Path, browser_files: BrowserFiles) -> Distribution:
    """The distribution that the option ``pyodide`` selects. A path in it is relative to ``base``.

    Raises:
        PyrunError: the folder does not exist, or is not a Pyodide distribution.
    """
    version = browser_files.pyodide_version
    cdn = _CDN_URL.format(version=version)
    if choice == BUNDLED:
        bundled = _in_folder(browser_files.pyodide_folder, f"the bundled Pyodide {version}")
        return replace(bundled, packages_url=cdn)
    if choice == CDN:
        folder = browser_files.pyodide_folder
        return Distribution(
            url=cdn,
            label=f"Pyodide {version}",
            core=folder,
            lock=_read_lock(folder),
            packages_url=cdn,
            core_bytes=_core_bytes(folder),
        )
    if urlsplit(choice).scheme in {"http", "https"}:
        url = choice.rstrip("/") + "/"
        return Distribution(url=url, label=f"the Pyodide at {choice}", packages_url=url)
    folder = base / choice
    chosen = _in_folder(folder, f"the Pyodide in {choice}")
    present = {path.name for path in folder.iterdir()}
    return replace(chosen, lock=chosen.lock and chosen.lock.without_files_but(present))


def _in_folder(folder: Path, label: str) -> Distribution:
    if not folder.is_dir():
        raise PyrunError(
            f"pyodide: the folder {folder} does not exist. "
            "Use 'bundled', 'cdn', a URL that begins with https://, or the path of a folder.",
        )
    lock = _read_lock(folder)
    missing = [name for name in _CORE_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in _GLUE_FILES):
        missing.append(_GLUE_FILES[0])
    if missing:
        raise PyrunError(
            f"pyodide: the folder {folder} has no {', '.join(missing)}. Unpack a whole "
            "Pyodide distribution there (0.27 or newer).",
        )
    linked_glue, why_not = _link_glue(next(p for name in _GLUE_FILES if (p := folder / name).is_file()))
    return Distribution(
        url=f"pyodide-{_version(folder)}/",
        label=label,
        folder=folder,
        core=folder,
        lock=lock,
        core_bytes=_core_bytes(folder),
        linked_glue=linked_glue,
        why_no_snapshots=why_not,
    )


def _link_glue(path: Path) -> tuple[Path | None, str]:
    """Pyodide's loader script with the patches for snapshots, or the reason why they do not apply."""
    try:
        glue = with_linking(path.read_text(encoding="utf-8"))
        return store(cache_folder(), path.name, glue.encode()), ""
    except (UnknownGlueError, UnicodeDecodeError) as error:
        return None, f"pyrun cannot patch {path}: {error}"
    except OSError as error:
        return None, str(error)


def _read_lock(folder: Path) -> Lock:
    path = folder / LOCK_FILE
    try:
        return read_lock(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        raise PyrunError(
            f"pyodide: the folder {folder} has no {LOCK_FILE}, so it is not a Pyodide "
            "distribution. Unpack one there, or correct the path.",
        ) from None
    except (ValueError, PyrunError):
        raise PyrunError(
            f"pyodide: {path} is not a Pyodide lock file. Unpack the distribution again.",
        ) from None


def _version(folder: Path) -> str:
    """The version for the URL, so that browsers do not mix files of two versions, or ``unknown``."""
    found = _VERSION.search((folder / _CORE_FILES[0]).read_text(encoding="utf-8"))
    return found[1] if found else "unknown"


def _core_bytes(folder: Path) -> int:
    """The uncompressed size of the files that Pyodide loads after its entry module."""
    return sum((folder / name).stat().st_size for name in _CORE_FILES[1:])
