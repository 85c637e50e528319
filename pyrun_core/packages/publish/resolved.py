"""What was settled for a site, and what each of its examples is told of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyrun_core.options.package_entries import AUTO, plain_names
from pyrun_core.packages.publish.published_package import ServedPackage
from pyrun_core.packages.request.imports import Import, is_in_python
from pyrun_core.pyodide.lock import Package, closed_set
from pyrun_core.site_file import SiteFile

__all__ = ["CellPackages", "Settled"]


@dataclass(frozen=True)
class CellPackages:
    """What one example needs. ``page_imports`` are those of all examples of its page."""

    page_words: tuple[str, ...] = ()
    page_imports: tuple[Import, ...] = ()
    words: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()


@dataclass(frozen=True)
class Settled:
    """The packages of a site, by canonical name.

    ``lock_url`` is relative to the folder of pyrun's files; empty where pages use the lock file of a
    Pyodide that somebody else serves. ``names`` has the package that each word means, and ``modules`` that
    of each import that an ``auto`` found. ``files`` are to be copied into the site.
    """

    packages: Mapping[str, ServedPackage] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    lock_url: str = ""
    files: tuple[SiteFile, ...] = ()

    def page_names(self, cell: CellPackages) -> tuple[str, ...]:
        """What is loaded while Python starts."""
        return self._names(cell.page_words, cell.page_imports)

    def cell_names(self, cell: CellPackages) -> tuple[str, ...]:
        """What the example loads when it runs."""
        return self._names(cell.words, cell.imports)

    def closed(self, names: Iterable[str]) -> list[ServedPackage]:
        """These packages and all that they depend on, the biggest first."""
        packages: dict[str, Package] = {name: served.package for name, served in self.packages.items()}
        found = [self.packages[name] for name in closed_set(names, packages)]
        return sorted(found, key=lambda served: (-(served.size_bytes or 0), served.package.name))

    def attributes(self, cell: CellPackages, *, is_first: bool) -> dict[str, str]:
        """The attributes of the example's element, by name; empty ones are left out by who writes them.

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

    def _names(self, words: Iterable[str], imports: Iterable[Import]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for word in words:
            if word == AUTO:
                found.update(dict.fromkeys(filter(None, (self.modules.get(i.module) for i in imports))))
            elif self.lock_url:
                found.update(dict.fromkeys(n for n in [self.names.get(word, "")] if n in self.packages))
            else:  # nobody could look into that Pyodide, so the reader's browser finds out
                found.update(dict.fromkeys(plain_names([word])))
        return tuple(found)


def _names_of_packages(imports: Iterable[Import]) -> list[str]:
    """What is imported, without the standard library: that has modules that do something when imported."""
    return sorted({name for each in imports if not is_in_python(each.module, ()) for name in each.names})
