"""Imports that no declared package covers. The reader would get a ModuleNotFoundError."""

from collections.abc import Mapping

from pyrun_core.examples.imports import is_in_python
from pyrun_core.examples.page_requirements import PageRequirements, SiteRequirements
from pyrun_core.options.package_entries import AUTO
from pyrun_core.packages.request.requirements import Requirements
from pyrun_core.problems import Problem, Report
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
        for example in page.examples:
            for imported in example.imports:
                module = imported.module
                if imported.guarded or module in loaded or is_in_python(module, pyodide_lock.owners):
                    continue
                owners = resolved.owners.get(module) or pyodide_lock.owners.get(module) or ()
                if not owners or owners[0] not in available:
                    continue
                report(
                    Problem.UNDECLARED,
                    f"line {imported.line} of the example imports {module}, but 'packages' does not declare "
                    f"{owners[0]}. Add {owners[0]} or 'auto' to the packages of the page or example",
                    example.declared.location,
                )
                found[owners[0]] = None
    return tuple(found)


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
