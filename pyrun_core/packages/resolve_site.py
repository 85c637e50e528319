"""Settling the packages of a site: once, at build time, for all of its pages."""

import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyrun_core.cache import cache_folder
from pyrun_core.options.choices import Vendor
from pyrun_core.packages.publish.publish import Serving
from pyrun_core.packages.publish.resolved import Settled
from pyrun_core.packages.repack.repack import Repacker
from pyrun_core.packages.request.page_requirements import SiteNeeds, places
from pyrun_core.packages.request.project_builder import ProjectBuilder
from pyrun_core.packages.request.requirements import Asked, Collector
from pyrun_core.packages.resolve.pip_errors import Refusal
from pyrun_core.packages.resolve.project_lock import LOCK_NAME, CommittedLock
from pyrun_core.packages.resolve.resolver import Resolver
from pyrun_core.packages.resolve.select_versions import Chooser, LockMode
from pyrun_core.packages.resolve.undeclared_imports import find_undeclared
from pyrun_core.packages.resolve.version_check import Documented, check_versions
from pyrun_core.packages.wheel_cache import Store
from pyrun_core.problems import Problem, PyrunError, Report
from pyrun_core.pyodide.distribution import LOCK_FILE, Distribution
from pyrun_core.pyodide.lock import Lock, Package, closed_set, read_lock
from pyrun_core.pyodide.target import Target

__all__ = ["LockMode", "Settlement", "settle"]

_TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Settlement:
    """From what a site's packages are settled.

    ``base`` is the folder of the configuration file. ``wheels`` is a folder of wheels, if the author
    named one. ``say`` tells the author what was found. ``repack`` is whether wheels are packed anew for
    browsers.
    """

    base: Path
    distribution: Distribution
    report: Report
    say: Callable[[str], object]
    vendor: Vendor = Vendor.AUTO
    wheels: Path | None = None
    repack: bool = True
    documented: Documented = field(default_factory=Documented)
    lock_mode: LockMode = LockMode.FOLLOW
    cache: Path = field(default_factory=cache_folder)


def settle(needs: SiteNeeds, settlement: Settlement) -> Settled:
    """The packages for these needs. What cannot be had is reported where it is asked for, and left out.

    Raises:
        PyrunError: the author's lock file is none.
    """
    known = settlement.distribution.lock
    if known is None and needs.wants_packages():
        known = _fetch_lock(needs, settlement)
    return Settled() if known is None else _settle(needs, settlement, known)


def _settle(needs: SiteNeeds, settlement: Settlement, known: Lock) -> Settled:
    target = Target.of_lock(known.info)
    distribution, report, site = settlement.distribution, settlement.report, needs.site.location
    if settlement.wheels and not settlement.wheels.is_dir():
        report(Problem.OPTION, f"wheels: there is no folder {settlement.wheels}. Correct the path", site)
    folders = filter(None, (distribution.folder, settlement.wheels))
    store = Store(settlement.cache, target, tuple(folders))
    builder = ProjectBuilder(settlement.cache / "projects")
    asked = Collector(settlement.base, known, target, builder, report).collect(needs)
    chooser = Chooser(
        known,
        target,
        CommittedLock.beside(settlement.base),
        Resolver(known, target, distribution.folder, settlement.wheels),
        store,
        settlement.lock_mode,
        settlement.cache,
    )
    packages = {package.name: package for package in _choose(chooser, asked, needs, report)}
    if chooser.is_out_of_date(asked):
        report(Problem.LOCK, _OUT_OF_DATE, site)
    serving = Serving(known, distribution, settlement.vendor, store, report, site)
    served = serving.serve(packages, asked)
    if found := [f"{name} ({module})" for module, name in sorted(asked.modules.items()) if name]:
        settlement.say(f"packages found by their imports: {', '.join(found)}")
    check_versions(settlement.documented, packages, asked, report, site)
    undeclared = find_undeclared(needs, asked, packages, known, report)
    # So that what readers are offered instead of an error can be had.
    offered = {name: serving.at_hand(name) for name in closed_set(undeclared, known.packages)}
    served = {**{n: each for n, each in offered.items() if each}, **served}
    if settlement.repack and distribution.core:
        imported = {*needs.imported(), *_modules_of(asked.names.values(), packages)}
        served = Repacker(settlement.cache, distribution.core, imported, settlement.say).repack(served)
    return serving.settled(asked, served)


_OUT_OF_DATE = (
    f"{LOCK_NAME} was not written for what the pages ask for now, or for another Pyodide, so packages were "
    "chosen anew. Run 'pyrun lock', and commit the file"
)


def _choose(chooser: Chooser, asked: Asked, needs: SiteNeeds, report: Report) -> list[Package]:
    """The packages for as much of what is asked for as possible; the rest is reported."""
    while True:
        try:
            return chooser.choose(asked)
        except Refusal as refusal:
            where = asked.places_of(refusal.names)
            if asked.drop(refusal.names):
                others = f" (asked for at {places(where)})" if len(set(where)) > 1 else ""
                report(Problem.PACKAGES, f"{refusal}{others}", where[0])
                continue
            reason = str(refusal)
        except PyrunError as error:
            reason = str(error)
        # Nobody can tell which requirement is to blame.
        packages = chooser.without_choice(asked)
        left_out = asked.names_but({package.name for package in packages})
        where = asked.places_of(left_out) or [needs.site.location]
        message = f"{reason}. Left out: {', '.join(left_out)} (asked for at {places(where)})"
        report(Problem.PACKAGES, message, where[0])
        return packages


def _modules_of(names: Iterable[str], packages: Mapping[str, Package]) -> Iterator[str]:
    """What packages make importable."""
    for name in names:
        if package := packages.get(name):
            yield from package.imports


def _fetch_lock(needs: SiteNeeds, settlement: Settlement) -> Lock | None:
    """The lock file of a Pyodide that somebody else serves; reported if it cannot be had."""
    url = settlement.distribution.url + LOCK_FILE
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 - the author's
            return read_lock(answer.read().decode(), url)
    except (OSError, ValueError, PyrunError) as error:
        settlement.report(
            Problem.PACKAGES,
            f"{url} could not be read ({error}), so the build cannot know what that Pyodide has. Names are "
            "passed on as they are; versions, paths and packages of an index are left out",
            needs.site.location,
        )
        return None
