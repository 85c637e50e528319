"""The Pyodide distribution of a site: where it comes from, and what it contains."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.cache import cache_folder, digest_of, sha256_of, store
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.pinned_file import PinnedFile
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.core_files import CORE_FILES, GLUE_FILES, LIBRARY, copy_core, is_script, version_in
from pyrun_core.pyodide.glue_patches import UnknownGlueError, with_linking
from pyrun_core.pyodide.lock import FILE_NAME as LOCK_FILE
from pyrun_core.pyodide.lock import Lock, read_lock

__all__ = [
    "BUNDLED",
    "CDN",
    "LIBRARY",
    "LOCK_FILE",
    "Distribution",
    "LibraryParts",
    "choose_distribution",
    "with_pins",
]

BUNDLED = "bundled"
CDN = "cdn"

# The public layout of the CDN: https://pyodide.org/en/stable/usage/downloading-and-deploying.html
_CDN_URL = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"

# The files of the npm package that the bundled core comes from: https://www.jsdelivr.com/documentation
_CDN_CORE_URL = "https://cdn.jsdelivr.net/npm/pyodide@{version}/"

_DIGEST_DIGITS = 8

# Files of a distribution that no page loads.
_NOT_SERVED = re.compile(r".*\.(map|d\.ts|html|md)|package\.json|pyodide\.js|.*-tests\.tar")


# The file of a package in the lock file of a distribution: neither a path nor a URL.
_BARE_NAME = re.compile(r"[^/\\:]+")


@dataclass(frozen=True)
class LibraryParts:
    """A standard library in parts: ``end`` is the last one, ``rest`` has those before it, in order."""

    end: Path
    rest: Mapping[str, Path]

    def sizes(self) -> list[tuple[str, int]]:
        """The names and sizes of the rest."""
        return [(name, path.stat().st_size) for name, path in self.rest.items()]


@dataclass(frozen=True)
class Distribution:
    """A Pyodide distribution, as a page uses it.

    - ``url`` is the folder of the site that has its scripts, relative to the folder of pyrun's files. It ends
      in a slash.
    - ``folder`` is the folder on this machine that has its core.
    - ``lock`` is its lock file.
    - ``core_bytes`` is the size of the files that its start loads, for the progress that readers see. The
      site's lock file is slightly smaller than the original one.
    - ``core_url`` is where readers load the other files of the core. It is empty if the site serves them.
    - ``packages_url`` is the URL of the packages that are not in ``folder``.
    - ``linked_glue`` is its loader script (glue) with the patches of `pyrun_core.pyodide.glue_patches`, for
      snapshots. If it is ``None``, ``why_no_snapshots`` gives the reason.
    - ``compiled_library`` is its standard library with the bytecode of `pyrun_core.pyodide.stdlib_bytecode`.
    - ``library_parts`` are the parts of `pyrun_core.pyodide.library_parts`, in place of the library.
    - ``known_sums`` are checksums of files at ``core_url``. Those of the others are those of ``folder``.
    - ``files`` are the files of its core by name, once `with_pins` has pinned them.
    - ``is_remote``: another server provides its scripts, so the build never runs them on this machine.
    """

    url: str
    label: str
    folder: Path
    lock: Lock
    core_bytes: int
    core_url: str = ""
    packages_url: str = ""
    linked_glue: Path | None = None
    why_no_snapshots: str = ""
    compiled_library: Path | None = None
    library_parts: LibraryParts | None = None
    known_sums: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, PinnedFile] = field(default_factory=dict)
    is_remote: bool = False

    def source(self, path: Path) -> Path:
        """The file to copy for a path of ``served_files``."""
        parts = self.library_parts
        library = parts.end if parts else self.compiled_library
        changed = {**dict.fromkeys(GLUE_FILES, self.linked_glue), LIBRARY: library, **self._rest}
        return changed.get(path.name) or self.folder / path

    def served_files(self) -> list[Path]:
        """The files to copy, relative to ``folder`` and sorted: all except those of packages.

        Scripts always come from the site, so that a page runs no script of another server.
        """
        if self.core_url:
            return [Path(name) for name in self.core_files() if is_script(name)]
        packages = {package.file_name for package in self.lock.packages.values()}
        present = {
            path.relative_to(self.folder)
            for path in self.folder.iterdir()
            if path.is_file()
            and not _NOT_SERVED.fullmatch(path.name)
            and not path.name.endswith(".whl")
            and path.name not in packages
        }
        return sorted(present.union(map(Path, self._rest)))

    def core_files(self) -> list[str]:
        """The names of the files of its core, sorted."""
        present = (name for name in (*CORE_FILES, *GLUE_FILES) if (self.folder / name).is_file())
        return sorted({*present, *self._rest})

    @property
    def _rest(self) -> Mapping[str, Path]:
        return self.library_parts.rest if self.library_parts else {}


def choose_distribution(
    choice: str, base: Path, browser_files: BrowserFiles, downloads: KeptDownloads | None = None
) -> Distribution:
    """The distribution that the option ``pyodide`` selects. A path in it is relative to ``base``.

    Raises:
        PyrunError: the folder does not exist, or is not a Pyodide distribution. The URL cannot be reached.
    """
    version = browser_files.pyodide_version
    cdn = _CDN_URL.format(version=version)
    if choice == BUNDLED:
        bundled = _in_folder(browser_files.pyodide_folder, f"the bundled Pyodide {version}")
        return replace(bundled, packages_url=cdn)
    if choice == CDN:
        bundled = _in_folder(browser_files.pyodide_folder, f"Pyodide {version}")
        original = browser_files.original_library
        return replace(
            bundled,
            core_url=_CDN_CORE_URL.format(version=version),
            packages_url=cdn,
            core_bytes=bundled.core_bytes - (bundled.folder / LIBRARY).stat().st_size + original.size_bytes,
            known_sums={LIBRARY: original.sha256},
        )
    if urlsplit(choice).scheme in {"http", "https"}:
        url = choice.rstrip("/") + "/"
        core = copy_core(url, downloads or KeptDownloads(cache_folder(), lambda _: None))
        chosen = _in_folder(core.folder, f"the Pyodide at {choice}")
        _check_files(chosen.lock, url)
        return replace(chosen, core_url=url, packages_url=url, known_sums=core.sums, is_remote=True)
    folder = base / choice
    chosen = _in_folder(folder, f"the Pyodide in {choice}")
    present = {path.name for path in folder.iterdir()}
    return replace(chosen, lock=chosen.lock.without_files_but(present))


def _check_files(lock: Lock, url: str) -> None:
    """Refuse a file of a package that is not below the URL, such as a file of this machine."""
    for package in lock.packages.values():
        if not _BARE_NAME.fullmatch(package.file_name.removeprefix(url)):
            raise PyrunError(
                f"pyodide: the lock file at {url} lists {package.file_name!r} as the file of {package.name}, "
                "which is not below that URL. Correct the lock file, or download that Pyodide and set "
                "'pyodide' to its folder."
            )


def with_pins(distribution: Distribution) -> Distribution:
    """The distribution with the checksums of its core, at a URL that differs if any of its files does.

    Files that readers' browsers keep, and those that versions of a site share, are then never mixed with
    those of another pyrun, which may patch the same Pyodide in another way.
    """
    served = {path.as_posix(): distribution.source(path) for path in distribution.served_files()}
    sums = {name: sha256_of(source) for name, source in served.items()}
    elsewhere = {
        name: distribution.known_sums.get(name) or sha256_of(distribution.folder / name)
        for name in distribution.core_files()
        if name not in served
    }
    digest = digest_of(*(f"{name} {checksum}" for name, checksum in sorted((sums | elsewhere).items())))
    url = f"{distribution.url.rstrip('/')}-{digest[:_DIGEST_DIGITS]}/"
    files = {name: PinnedFile(url + name, sums[name]) for name in distribution.core_files() if name in sums}
    files |= {name: PinnedFile(distribution.core_url + name, each) for name, each in elsewhere.items()}
    return replace(distribution, url=url, files=files)


def _in_folder(folder: Path, label: str) -> Distribution:
    if not folder.is_dir():
        raise PyrunError(
            f"pyodide: the folder {folder} does not exist. "
            "Use 'bundled', 'cdn', a URL that begins with https://, or the path of a folder.",
        )
    lock = _read_lock(folder)
    missing = [name for name in CORE_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in GLUE_FILES):
        missing.append(GLUE_FILES[0])
    if missing:
        raise PyrunError(
            f"pyodide: the folder {folder} has no {', '.join(missing)}. Unpack a whole "
            "Pyodide distribution there (0.27 or newer).",
        )
    linked_glue, why_not = _link_glue(next(p for name in GLUE_FILES if (p := folder / name).is_file()))
    return Distribution(
        url=f"pyodide-{version_in(folder)}/",
        label=label,
        folder=folder,
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


def _core_bytes(folder: Path) -> int:
    """The uncompressed size of the files that Pyodide loads after its entry module."""
    return sum((folder / name).stat().st_size for name in CORE_FILES[1:])
