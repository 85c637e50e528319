"""A site with live examples: its Pyodide, its packages and its files, for any host.

A host reads the options, prepares a `Site` before it reads pages, resolves the packages once it knows what
all pages require, and copies the files.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyrun_core.browser_files import BrowserFiles, bundled_files
from pyrun_core.examples.files import ExampleFiles
from pyrun_core.options.declare import Options, Values
from pyrun_core.packages.publish.resolved import ResolvedSite
from pyrun_core.packages.request.page_requirements import (
    DeclaredEntries,
    PageRequirements,
    SiteRequirements,
)
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.packages.resolve_site import LockMode, ResolveRequest, resolve_site
from pyrun_core.problems import Location, Report
from pyrun_core.pyodide.distribution import Distribution, choose_distribution
from pyrun_core.pyodide.stdlib_bytecode import with_compiled_library
from pyrun_core.site_file import SiteFile

__all__ = ["Site", "prepare_site", "site_files"]


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

    def requirements(self, pages: Iterable[PageRequirements]) -> SiteRequirements:
        """What the site requires, with these pages."""
        declared = DeclaredEntries(self.packages, self.location)
        return SiteRequirements(declared, tuple(page for page in pages if page.examples))

    def resolve(
        self,
        requirements: SiteRequirements,
        *,
        documented: DocumentedProject,
        lock_mode: LockMode = LockMode.FOLLOW,
    ) -> ResolvedSite:
        """The packages of all pages.

        Raises:
            PyrunError: the author's lock file is not a lock file.
        """
        wheels = _value(self.values, "wheels")
        request = ResolveRequest(
            requirements,
            base=self.base,
            distribution=self.distribution,
            report=self.report,
            log=self.log,
            vendor=_value(self.values, "vendor"),
            wheels=self.base / wheels if wheels else None,
            repack=_value(self.values, "repack"),
            documented=documented,
            lock_mode=lock_mode,
        )
        return resolve_site(request)

    def files(self, resolved: ResolvedSite) -> Iterator[SiteFile]:
        """Every file that the site serves for its examples, in a stable order."""
        others = [*resolved.files, *(file.site_file for file in self.example_files.all())]
        return site_files(bundled_files(), self.distribution, others)


def prepare_site(  # noqa: PLR0913 - each host has all of them, and passes them by name
    values: Values,
    *,
    base: Path,
    documents: Path | None,
    location: Location,
    report: Report,
    log: Callable[[str], object],
) -> Site:
    """The site for these values, with the Pyodide that they select. The parameters are fields of `Site`.

    ``documents`` is the folder of the pages, ``None`` for a host that cannot add files to the site.

    Raises:
        PyrunError: that Pyodide cannot be used.
    """
    distribution = choose_distribution(_value(values, "pyodide"), base, bundled_files())
    if _value(values, "repack") and documents is not None:
        distribution = with_compiled_library(distribution, log)
    if _value(values, "snapshots") and distribution.why_no_snapshots:
        log(f"{distribution.label} is not kept in readers' browsers, because {distribution.why_no_snapshots}")
    example_files = ExampleFiles(documents or base, report)
    return Site(values, base, distribution, location, report, log, example_files)


def site_files(
    browser_files: BrowserFiles,
    distribution: Distribution,
    others: Iterable[SiteFile] = (),
) -> Iterator[SiteFile]:
    """The files of pyrun and of a distribution, then ``others``, in a stable order."""
    for name in browser_files.names:
        yield SiteFile(browser_files.folder / name, name)
    if distribution.folder is not None:
        for path in distribution.served_files():
            yield SiteFile(distribution.source(path), distribution.url + path.as_posix())
    yield from others


def _value(values: Values, option: str) -> Any:  # noqa: ANN401 - each option has a type
    """The value of an option, or its default."""
    return values.get(option, getattr(Options, option))
