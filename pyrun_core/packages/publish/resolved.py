"""The resolved packages of a site, and those that each example loads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyrun_core.examples.imports import Import
from pyrun_core.options.package_entries import AUTO
from pyrun_core.packages.publish.published_package import PublishedPackage
from pyrun_core.pinned_file import PinnedFile
from pyrun_core.pyodide.lock import Package, closed_set
from pyrun_core.site_file import SiteFile

__all__ = ["ResolvedSite"]


@dataclass(frozen=True)
class ResolvedSite:
    """The packages of a site, by canonical name.

    ``lock`` is the site's lock file, ``None`` for a site without examples. ``names`` has the package for
    each entry, ``modules`` the package for each import that an ``auto`` covers. ``files`` are copied into the
    site. ``missing`` has the package for each module that the site does not have although it requires it.
    """

    packages: Mapping[str, PublishedPackage] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    lock: PinnedFile | None = None
    files: tuple[SiteFile, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)

    def names_for(self, entries: Iterable[str], imports: Iterable[Import] = ()) -> tuple[str, ...]:
        """The packages for these entries of ``packages``. An ``auto`` among them covers the imports."""
        found: dict[str, None] = {}
        for entry in entries:
            if entry == AUTO:
                found.update(dict.fromkeys(filter(None, (self.modules.get(i.module) for i in imports))))
            elif (name := self.names.get(entry, "")) in self.packages:
                found[name] = None
        return tuple(found)

    def closed(self, names: Iterable[str]) -> list[PublishedPackage]:
        """These packages and their dependencies, the largest first."""
        packages: dict[str, Package] = {name: each.package for name, each in self.packages.items()}
        found = [self.packages[name] for name in closed_set(names, packages)]
        return sorted(found, key=lambda each: (-(each.size_bytes or 0), each.package.name))
