"""Where the page's Pyodide comes from, and what it has."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from packaging.utils import canonicalize_name

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.problems import PyrunError

__all__ = ["BUNDLED", "CDN", "Distribution", "choose_distribution"]

BUNDLED = "bundled"
CDN = "cdn"

# Public layout, https://pyodide.org/en/stable/usage/downloading-and-deploying.html
_CDN_URL = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"

LOCK_FILE = "pyodide-lock.json"

# What the browser fetches for the core itself. From 314 on the compiled glue is a module.
_CORE_FILES = ("pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip", LOCK_FILE)
_GLUE_FILES = ("pyodide.asm.mjs", "pyodide.asm.js")

# The version as the entry module itself has it: `version` in
# https://github.com/pyodide/pyodide/blob/main/src/js/version.ts, minified. Lock files carry it only
# up to 0.29, and the one of 0.28.3 names another.
_VERSION = re.compile(r'="(\d+\.\d+\.\d+[0-9a-z.]*)"')

# Files of a distribution that no page asks for.
_NOT_SERVED = re.compile(r".*\.(map|d\.ts|html|md)|package\.json|pyodide\.js|.*-tests\.tar")


@dataclass(frozen=True)
class Distribution:
    """A Pyodide as a page sees it.

    ``url`` ends in a slash; without a scheme it is relative to the folder of pyrun's files.
    ``folder`` is what must be copied there, or ``None`` where somebody else serves it.
    ``packages`` are the canonical names it can load, ``None`` where that cannot be known at
    build time. ``core_bytes`` is what starting it fetches, for the progress a reader sees.
    """

    url: str
    label: str
    folder: Path | None = None
    packages: frozenset[str] | None = None
    core_bytes: int | None = None

    def unknown(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the names that a page could not load."""
        return () if self.packages is None else tuple(n for n in names if n not in self.packages)

    def served_files(self) -> list[Path]:
        """The files to copy, relative to ``folder``, sorted."""
        if self.folder is None:
            return []
        return sorted(
            path.relative_to(self.folder)
            for path in self.folder.iterdir()
            if path.is_file() and not _NOT_SERVED.fullmatch(path.name)
        )


def choose_distribution(choice: str, base: Path, browser_files: BrowserFiles) -> Distribution:
    """The distribution an author asked for with the option ``pyodide``.

    ``base`` is the folder that a relative path is relative to.

    Raises:
        PyrunError: a folder is not there, or is not a Pyodide distribution.
    """
    version = browser_files.pyodide_version
    if choice == BUNDLED:
        return _in_folder(browser_files.pyodide_folder, f"the bundled Pyodide {version}")
    if choice == CDN:
        lock = _read_lock(browser_files.pyodide_folder)
        return Distribution(
            url=_CDN_URL.format(version=version),
            label=f"Pyodide {version}",
            packages=_names(lock),
            core_bytes=_core_bytes(browser_files.pyodide_folder),
        )
    if urlsplit(choice).scheme in {"http", "https"}:
        return Distribution(url=choice.rstrip("/") + "/", label=f"the Pyodide at {choice}")
    folder = base / choice
    return _in_folder(folder, f"the Pyodide in {choice}")


def _in_folder(folder: Path, label: str) -> Distribution:
    if not folder.is_dir():
        raise PyrunError(
            f"pyodide: there is no folder {folder}. "
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
    present = {path.name for path in folder.iterdir()}
    return Distribution(
        url=f"pyodide-{_version(folder)}/",
        label=label,
        folder=folder,
        packages=_names(lock, present),
        core_bytes=_core_bytes(folder),
    )


def _read_lock(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    path = folder / LOCK_FILE
    try:
        lock = json.loads(path.read_text(encoding="utf-8"))
        lock["packages"]  # the part used here
    except FileNotFoundError:
        raise PyrunError(
            f"pyodide: the folder {folder} has no {LOCK_FILE}, so it is not a Pyodide "
            "distribution. Unpack one there, or correct the path.",
        ) from None
    except (ValueError, KeyError, TypeError):
        raise PyrunError(
            f"pyodide: {path} is not a Pyodide lock file. Unpack the distribution again.",
        ) from None
    return lock  # type: ignore[no-any-return]  # its shape was checked above


def _version(folder: Path) -> str:
    """Keeps browsers from mixing files of two versions; a distribution without one still runs."""
    found = _VERSION.search((folder / _CORE_FILES[0]).read_text(encoding="utf-8"))
    return found[1] if found else "unknown"


def _names(lock: dict[str, dict[str, dict[str, str]]], present: set[str] | None = None) -> frozenset[str]:
    """Names in the lock file; with ``present``, only those whose file is among these."""
    return frozenset(
        canonicalize_name(package["name"])
        for package in lock["packages"].values()
        if present is None or package["file_name"] in present
    )


def _core_bytes(folder: Path) -> int:
    """What Pyodide itself fetches after its entry module, uncompressed."""
    return sum((folder / name).stat().st_size for name in _CORE_FILES[1:])
