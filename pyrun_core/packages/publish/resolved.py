"""The resolved packages of a site, and what the element of each example says of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyrun_core.options.package_entries import AUTO, plain_names
from pyrun_core.packages.publish.published_package import PublishedPackage
from pyrun_core.packages.request.imports import Import, is_in_python
from pyrun_core.pyodide.lock import Package, closed_set
from pyrun_core.site_file import SiteFile

__all__ = ["CellPackages", "ResolvedSite"]


@dataclass(frozen=True)
class CellPackages:
    """What one example requires. ``page_imports`` are the imports of all examples of its page."""

    page_entries: tuple[str, ...] = ()
    page_imports: tuple[Import, ...] = ()
    entries: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()


@dataclass(frozen=True)
class ResolvedSite:
    """The packages of a site, by canonical name.

    ``lock_url`` is relative to the folder of pyrun's files. It is empty where pages use the lock file of a
    Pyodide on another server. ``names`` has the package for each entry, ``modules`` the package for each
    import that an ``auto`` covers. ``files`` are copied into the site.
    """

    packages: Mapping[str, PublishedPackage] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    lock_url: str = ""
    files: tuple[SiteFile, ...] = ()

    def page_names(self, cell: CellPackages) -> tuple[str, ...]:
        """The packages that are loaded while Python starts."""
        return self._names(cell.page_entries, cell.page_imports)

    def cell_names(self, cell: CellPackages) -> tuple[str, ...]:
        """The packages that the example loads when it runs."""
        return self._names(cell.entries, cell.imports)

    def closed(self, names: Iterable[str]) -> list[PublishedPackage]:
        """These packages and their dependencies, the largest first."""
        packages: dict[str, Package] = {name: each.package for name, each in self.packages.items()}
        found = [self.packages[name] for name in closed_set(names, packages)]
        return sorted(found, key=lambda each: (-(each.size_bytes or 0), each.package.name))

    def attributes(self, cell: CellPackages, *, is_first: bool) -> dict[str, str]:
        """The attributes of the example's element, by name. The writer leaves out empty ones.

        The first example of a page carries the list of files that its page loads.
        """
        names = self.page_names(cell)
        return {
            "lock": self.lock_url,
            "page-packages": " ".join(names),
            "packages": " ".join(self.cell_names(cell)),
            "page-wheels": self._wheels(names) if is_first else "",
            "page-imports": " ".join(_names_of_packages(cell.page_imports)) if is_first else "",
        }

    def _wheels(self, names: Iterable[str]) -> str:
        wheels = [[s.url, s.size_bytes or 0, s.integrity] for s in self.closed(names) if s.package.sha256]
        return json.dumps(wheels, separators=(",", ":")) if wheels else ""

    def _names(self, entries: Iterable[str], imports: Iterable[Import]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for entry in entries:
            if entry == AUTO:
                found.update(dict.fromkeys(filter(None, (self.modules.get(i.module) for i in imports))))
            elif self.lock_url:
                found.update(dict.fromkeys(n for n in [self.names.get(entry, "")] if n in self.packages))
            else:  # the build cannot know what that Pyodide has, so the reader's browser finds out
                found.update(dict.fromkeys(plain_names([entry])))
        return tuple(found)


def _names_of_packages(imports: Iterable[Import]) -> list[str]:
    """The imported names without the standard library, some of whose modules act when imported."""
    return sorted({name for each in imports if not is_in_python(each.module, ()) for name in each.names})
