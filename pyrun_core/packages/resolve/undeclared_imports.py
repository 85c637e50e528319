"""Imports that no declared package covers. The reader would get a ModuleNotFoundError."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from packaging.utils import canonicalize_name

from pyrun_core.examples.call_needs import CallNeed
from pyrun_core.examples.imports import Import, is_in_python
from pyrun_core.examples.page_requirements import PageRequirements, SiteRequirements
from pyrun_core.options.package_entries import AUTO
from pyrun_core.packages.request.requirements import Requirements, is_of_version
from pyrun_core.problems import Location, Problem, Report
from pyrun_core.pyodide.lock import Lock, Package, closed_set

__all__ = ["find_undeclared"]


def find_undeclared(
    site: SiteRequirements,
    requirements: Requirements,
    packages: Mapping[str, Package],
    pyodide_lock: Lock,
    report: Report,
) -> tuple[str, ...]:
    """The packages that examples import and their pages do not declare. Each is reported.

    A module that belongs to no known package is not reported, nor is an import inside
    ``try: ... except ImportError``, which may fail.
    """
    resolved = Lock(pyodide_lock.info, packages)
    available = {**pyodide_lock.packages, **packages}
    found: dict[str, None] = {}
    for page in site.pages:
        loaded = _modules(page, site, requirements, available)
        imports: dict[str, list[_Imported]] = {}
        for example in page.examples:
            for imported in page.imports_of(example):
                module = imported.module
                if imported.guarded or module in loaded or is_in_python(module, pyodide_lock.owners):
                    continue
                if imported.need and not _is_needed(imported.need, loaded, available):
                    continue
                if imported.installed:  # as the check of the syntax has reported
                    found.update(dict.fromkeys(available.keys() & {canonicalize_name(module)}))
                    continue
                modules = imported.need.modules if imported.need else (module,)
                owner = _owner(modules, resolved, pyodide_lock)
                if owner in available:
                    found[owner] = None
                elif imported.need is None or imported.need.compiled:
                    continue
                package = owner or module
                imports.setdefault(package, []).append(_Imported(imported, example.declared.location))
        for package, those in imports.items():
            _report(package, those, report)
    return tuple(found)


class _Imported(NamedTuple):
    what: Import
    location: Location


def _report(package: str, imports: Sequence[_Imported], report: Report) -> None:
    """Report a package once for a page, at the first example: hundreds may import it."""
    (first, location), *others = imports
    more = len({other.location for other in others} - {location})
    also = f" ({more} more of the page need{'s' if more == 1 else ''} it)" if more else ""
    report(
        Problem.UNDECLARED,
        f"{first.place} {_describe(first, package)}{also}, but 'packages' does not declare {package}. "
        f"Add {package} or 'auto' to the packages of the page or example",
        location,
    )


def _owner(modules: Iterable[str], *locks: Lock) -> str:
    """The package of the first module that a lock file lists; empty if none does."""
    owners = (lock.owners.get(module) for module in modules for lock in locks)
    return next((found[0] for found in owners if found), "")


def _is_needed(need: CallNeed, loaded: frozenset[str], packages: Mapping[str, Package]) -> bool:
    """Whether a call really needs a module: the page loads no other one that will do."""
    return loaded.isdisjoint(need.others) and is_of_version(need, packages)


def _describe(imported: Import, package: str) -> str:
    if imported.need is None:
        return f"imports {imported.module}"
    return f"uses {imported.need.by}, which needs the package {package} in a browser"


def _modules(
    page: PageRequirements,
    site: SiteRequirements,
    requirements: Requirements,
    packages: Mapping[str, Package],
) -> frozenset[str]:
    """What can be imported somewhere in the page."""
    blocks = (entry for each in page.examples for entry in each.declared.entries)
    entries = {*site.site.entries, *page.entries, *blocks}
    names = [requirements.names[entry] for entry in entries if entry in requirements.names]
    if AUTO in entries:
        names += [name for each in page.imports if (name := requirements.modules.get(each.module))]
    loaded = closed_set(names, packages)
    return frozenset(module for name in loaded for module in packages[name].imports)
