"""A site with live examples: its Pyodide, its packages and its files, for any host.

A host reads the options, prepares a `Site` before it reads pages, and has it settled
(`pyrun_core.settlement`) once it knows what all pages require.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyrun_core.browser_files import bundled_files
from pyrun_core.cache import cache_folder
from pyrun_core.examples.files import ExampleFile, ExampleFiles, describe_files
from pyrun_core.examples.page_requirements import (
    DeclaredEntries,
    ExampleRequirements,
    PageRequirements,
    SiteRequirements,
)
from pyrun_core.examples.web_files import WebFiles
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.options.declare import Options, Values
from pyrun_core.options.package_entries import read_path
from pyrun_core.options.page_files import PageFiles
from pyrun_core.options.page_packages import PagePackages
from pyrun_core.packages.publish.resolved import ResolvedSite
from pyrun_core.packages.resolve.project_lock import ProjectLock
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.packages.resolve_site import LockMode, ResolveRequest, resolve_site
from pyrun_core.problems import Location, Report
from pyrun_core.pyodide.distribution import Distribution, choose_distribution, with_pins
from pyrun_core.pyodide.library_parts import with_library_in_parts
from pyrun_core.pyodide.stdlib_bytecode import with_compiled_library

__all__ = ["Site", "prepare_site"]


@dataclass(frozen=True)
class Site:
    """What all pages of a site share.

    ``values`` are the options set for the site, by field name of `Options`; a path in them is relative to
    ``base``, the folder of the configuration file. ``location`` is where the author configures the site.
    ``report`` takes problems, ``log`` takes messages. ``example_files`` finds the files that examples open.
    """

    values: Values
    base: Path
    distribution: Distribution
    location: Location
    report: Report
    log: Callable[[str], object]
    example_files: ExampleFiles

    @property
    def packages(self) -> tuple[str, ...]:
        """The package entries declared for all pages."""
        return tuple(_value(self.values, "packages"))

    @property
    def wheels(self) -> Path | None:
        """The folder of wheels that the author has named."""
        wheels = _value(self.values, "wheels")
        return self.base / wheels if wheels else None

    @property
    def runtime(self) -> str:
        """Where the files are that versions of the site share."""
        return str(_value(self.values, "runtime"))

    @property
    def integrity(self) -> bool:
        """Whether browsers compare the script and the style sheet of a page with their hashes."""
        return bool(_value(self.values, "integrity"))

    def requirements(self, pages: Iterable[PageRequirements]) -> SiteRequirements:
        """What the site requires, with these pages."""
        declared = DeclaredEntries(self.packages, self.location)
        allowed = PagePackages(_value(self.values, "page_packages"), self.packages, self.base)
        return SiteRequirements(declared, tuple(page for page in pages if page.examples), allowed)

    def local_packages(self, requirements: SiteRequirements) -> list[Path]:
        """The author's wheels and projects, and the folder of wheels."""
        entries = {entry for declared in requirements.declared() for entry in declared.entries}
        paths = [read.path for read in map(read_path, sorted(entries)) if read is not None]
        return [*(self.base / path for path in paths), *([self.wheels] if self.wheels else [])]

    def resolve(
        self,
        requirements: SiteRequirements,
        documented: DocumentedProject,
        lock_mode: LockMode = LockMode.FOLLOW,
    ) -> ResolvedSite:
        """The packages of all pages.

        Raises:
            PyrunError: the author's lock file is not a lock file.
        """
        request = ResolveRequest(
            requirements,
            base=self.base,
            distribution=self.distribution,
            report=self.report,
            log=self.log,
            vendor=_value(self.values, "vendor"),
            wheels=self.wheels,
            repack=_value(self.values, "repack"),
            documented=documented,
            lock_mode=lock_mode,
            web_files=self.example_files.web.checksums if self.example_files.web else {},
        )
        return resolve_site(request)

    def follow_lock_file(self, lock_mode: LockMode) -> None:
        """Use the checksums that the author's lock file has for files of the web.

        Raises:
            PyrunError: it is not a lock file.
        """
        lock = ProjectLock.beside(self.base).lock
        if self.example_files.web is not None:
            pins = {} if lock is None or lock_mode is LockMode.UPGRADE else lock.files
            must_be_pinned = lock is not None and lock_mode is LockMode.FOLLOW
            self.example_files.web.follow(pins, must_be_pinned=must_be_pinned)

    def find_files(self, example: ExampleRequirements) -> tuple[ExampleFile, ...]:
        """The files of an example. What is not found is reported where the example is."""
        if not example.files:
            return ()
        return self.example_files.find(example.files, example.folder, example.declared.location)

    def find_files_of(self, page: PageRequirements) -> None:
        """Find the files of a page and log them. What is not found is reported where it is declared."""
        found: dict[str, ExampleFile] = {}
        for example in page.examples:
            for declared in page.files:
                self.example_files.find(declared.entries, example.folder, declared.location)
            found.update({file.target: file for file in self.find_files(example)})
        if found:
            self.log(f"files of {page.name}: {describe_files(found.values())}")


def prepare_site(  # noqa: PLR0913 - each host has all of them, and passes them by name
    values: Values,
    *,
    base: Path,
    documents: Path,
    built: Path | None = None,
    location: Location,
    report: Report,
    log: Callable[[str], object],
) -> Site:
    """The site for these values, with the Pyodide that they select. The parameters are fields of `Site`.

    ``documents`` is the folder of the pages. ``built`` is the folder of the built site, for hosts that
    settle it once it is complete.

    Raises:
        PyrunError: that Pyodide cannot be used.
    """
    downloads = KeptDownloads(cache_folder(), log)
    distribution = choose_distribution(_value(values, "pyodide"), base, bundled_files(), downloads)
    if _value(values, "repack"):
        distribution = with_compiled_library(distribution, log)
    if _value(values, "on_demand"):
        distribution = with_library_in_parts(distribution, log)
    if _value(values, "snapshots") and distribution.why_no_snapshots:
        log(f"{distribution.label} is not kept in readers' browsers, because {distribution.why_no_snapshots}")
    page_files = PageFiles(_value(values, "page_files"))
    web = WebFiles(cache_folder(), page_files, location, report, log)
    example_files = ExampleFiles(documents, report, built, web)
    return Site(values, base, with_pins(distribution), location, report, log, example_files)


def _value(values: Values, option: str) -> Any:  # noqa: ANN401 - each option has a type
    """The value of an option, or its default."""
    return values.get(option, getattr(Options, option))
