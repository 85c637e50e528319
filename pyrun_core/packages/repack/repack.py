"""Repacking the wheels that the site serves: with bytecode, without files that browsers do not use."""

import json
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyrun_core.cache import digest_of, new_file, sha256_of
from pyrun_core.packages.publish.published_package import PublishedPackage
from pyrun_core.packages.repack.import_graph import reachable_files
from pyrun_core.packages.repack.prune_rules import prunable_files
from pyrun_core.packages.repack.repacked_wheel import read_wheel, write_wheel
from pyrun_core.pyodide.bytecode import CompileError, CompileJob, build_of, compile_modules, find_node

__all__ = ["Repacker"]

_VERSION = "2"
"""For cache keys. Raise it when repacked wheels change."""

_SITE_PACKAGES = "site"
"""The ``install_dir`` of packages whose modules are at the path that their bytecode has."""

_OF_PYRUN = (
    "matplotlib.backends.backend_agg",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PpmImagePlugin",
)
"""The modules of packages that ``assets/python/pyrun_runtime`` imports, directly or through a function.

pyrun saves each matplotlib figure with Pillow. The first save calls ``PIL.Image.preinit``, which imports
these plugins inside a function, where `reachable_files` does not find them. Without bytecode, compiling them
takes 45 ms at the first figure. The fifth plugin that ``preinit`` imports, ``PIL.PngImagePlugin``, is not
listed, because ``matplotlib.image`` imports it at module level.
"""


@dataclass(frozen=True)
class _Original:
    """A wheel before it is repacked."""

    path: Path

    @cached_property
    def sha256(self) -> str:
        return sha256_of(self.path)

    @cached_property
    def kept(self) -> Mapping[str, bytes]:
        """The files that stay. Empty if the file is not a wheel."""
        try:
            files = read_wheel(self.path)
        except zipfile.BadZipFile:
            return {}
        unused = prunable_files(files)
        return {name: content for name, content in files.items() if name not in unused}


@dataclass(frozen=True)
class Repacker:
    """Repacks wheels for one Pyodide, whose core is in the folder ``pyodide``.

    Repacked wheels are kept in ``cache``. ``imported`` are the full names that examples import.
    """

    cache: Path
    pyodide: Path
    imported: Collection[str]
    log: Callable[[str], object]

    def repack(self, published: Mapping[str, PublishedPackage]) -> dict[str, PublishedPackage]:
        """The same packages, with repacked wheels where the site serves them and repacking succeeds."""
        originals = {
            name: _Original(each.file) for name, each in published.items() if each.file and _is_wheel(each)
        }
        if not originals:
            return dict(published)
        modules = {module for name in originals for module in published[name].package.imports}
        roots = {name for name in (*self.imported, *_OF_PYRUN) if name.partition(".")[0] in modules}
        targets: dict[str, Path] = {}
        try:
            sources = self._sources(sorted(roots), originals)
            build = self._build_of_pyodide()
            for name, original in originals.items():
                key = digest_of(build, original.sha256, *sources[name])
                targets[name] = self._folder / key / original.path.name
            missing = {name: originals[name] for name, path in targets.items() if not path.is_file()}
            self._write(missing, targets, sources)
        except CompileError as error:
            self.log(f"packages are published without bytecode, and take longer to import: {error}")
        return {
            name: each.with_file(path) if (path := targets.get(name)) and path.is_file() else each
            for name, each in published.items()
        }

    @property
    def _folder(self) -> Path:
        return self.cache / "repacked"

    def _sources(self, roots: Iterable[str], originals: Mapping[str, _Original]) -> dict[str, list[str]]:
        """The modules of each wheel that get bytecode. Finding them takes seconds, so the result is cached.

        Raises:
            CompileError: the result is not cached, and there is no Node.js to compile them.
        """
        key = digest_of(_VERSION, *roots, *(f"{name} {originals[name].sha256}" for name in sorted(originals)))
        kept = self._folder / f"{key}.json"
        if kept.is_file():
            found: dict[str, list[str]] = json.loads(kept.read_text(encoding="utf-8"))
            return found
        find_node()  # without it, the search is useless
        files = {file: content for each in originals.values() for file, content in each.kept.items()}
        imported = reachable_files(roots, files)
        found = {name: sorted(imported.intersection(each.kept)) for name, each in originals.items()}
        with new_file(kept) as partial:
            partial.write_text(json.dumps(found), encoding="utf-8")
        return found

    def _write(
        self,
        wheels: Mapping[str, _Original],
        targets: Mapping[str, Path],
        sources: Mapping[str, list[str]],
    ) -> None:
        """Repack these wheels.

        Raises:
            CompileError: some have no bytecode. They are left out.
        """
        if not wheels:
            return
        with tempfile.TemporaryDirectory(prefix="pyrun-") as scratch_name:
            scratch = Path(scratch_name)
            jobs = {
                name: CompileJob(wheel.path, sources[name], scratch / f"{name}.zip")
                for name, wheel in wheels.items()
                if wheel.kept
            }
            if not jobs:
                return
            try:
                self.log(f"adding bytecode to packages, for this build and later ones: {', '.join(jobs)}")
                compile_modules(jobs.values(), self.pyodide, scratch)
            finally:
                for name, job in jobs.items():
                    if job.bytecode.is_file():
                        with new_file(targets[name]) as partial:
                            write_wheel(partial, job.wheel, wheels[name].kept, job.bytecode)

    def _build_of_pyodide(self) -> str:
        """What the bytecode depends on, apart from its source."""
        return f"{_VERSION} {build_of(self.pyodide)}"


def _is_wheel(published: PublishedPackage) -> bool:
    package = published.package
    return package.wheel_name.endswith(".whl") and package.install_dir == _SITE_PACKAGES
