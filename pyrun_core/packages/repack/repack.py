"""Wheels that the site serves, packed anew for browsers: with bytecode, and without what has no use there."""

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

_VERSION = "1"
"""For the cache: of what is left out, taken to be imported, and written."""

_SITE_PACKAGES = "site"
"""The ``install_dir`` of packages whose modules are where bytecode says they are."""

_OF_PYRUN = ("matplotlib.backends.backend_agg",)
"""What ``assets/python/pyrun_runtime`` imports of packages."""


@dataclass(frozen=True)
class _Original:
    """A wheel as it was found."""

    path: Path

    @cached_property
    def sha256(self) -> str:
        return sha256_of(self.path)

    @cached_property
    def kept(self) -> Mapping[str, bytes]:
        """The files that stay; none of what is no wheel."""
        try:
            files = read_wheel(self.path)
        except zipfile.BadZipFile:
            return {}
        unused = prunable_files(files)
        return {name: content for name, content in files.items() if name not in unused}


@dataclass(frozen=True)
class Repacker:
    """Repacks for one Pyodide, whose core is in the folder ``pyodide``.

    What was repacked once is in ``cache``. ``imported`` are the names of what examples import.
    """

    cache: Path
    pyodide: Path
    imported: Collection[str]
    say: Callable[[str], object]

    def repack(self, served: Mapping[str, PublishedPackage]) -> dict[str, PublishedPackage]:
        """The same packages, their wheels repacked where they are the site's. What cannot be is as it was."""
        originals = {
            name: _Original(each.file) for name, each in served.items() if each.file and _is_wheel(each)
        }
        if not originals:
            return dict(served)
        modules = {module for name in originals for module in served[name].package.imports}
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
            self.say(f"packages are served without bytecode, and are slower to import: {error}")
        return {
            name: each.with_file(path) if (path := targets.get(name)) and path.is_file() else each
            for name, each in served.items()
        }

    @property
    def _folder(self) -> Path:
        return self.cache / "repacked"

    def _sources(self, roots: Iterable[str], originals: Mapping[str, _Original]) -> dict[str, list[str]]:
        """The modules of each wheel that get bytecode: finding them takes seconds, so it is kept.

        Raises:
            CompileError: it is not kept, and nobody could compile them.
        """
        key = digest_of(_VERSION, *roots, *(f"{name} {originals[name].sha256}" for name in sorted(originals)))
        kept = self._folder / f"{key}.json"
        if kept.is_file():
            found: dict[str, list[str]] = json.loads(kept.read_text(encoding="utf-8"))
            return found
        find_node()  # or else the time is lost
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
        """Repack these.

        Raises:
            CompileError: there is no bytecode for some; they are left out.
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
                self.say(f"adding bytecode to packages, for this build and later ones: {', '.join(jobs)}")
                compile_modules(jobs.values(), self.pyodide, scratch)
            finally:
                for name, job in jobs.items():
                    if job.bytecode.is_file():
                        with new_file(targets[name]) as partial:
                            write_wheel(partial, job.wheel, wheels[name].kept, job.bytecode)

    def _build_of_pyodide(self) -> str:
        """What the bytecode depends on, beside its source."""
        return f"{_VERSION} {build_of(self.pyodide)}"


def _is_wheel(served: PublishedPackage) -> bool:
    return served.package.wheel_name.endswith(".whl") and served.package.install_dir == _SITE_PACKAGES
