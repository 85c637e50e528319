"""What the pages of a site require: what their authors declared, and what their examples import."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyrun_core.options.package_entries import AUTO
from pyrun_core.packages.request.imports import Import
from pyrun_core.problems import Location

__all__ = ["DeclaredEntries", "ExampleRequirements", "PageRequirements", "SiteRequirements"]


@dataclass(frozen=True)
class DeclaredEntries:
    """The entries of an option that takes several, and where the author set it."""

    entries: tuple[str, ...]
    location: Location


@dataclass(frozen=True)
class ExampleRequirements:
    """What one example requires: the packages it declares, what it imports, the files it names."""

    declared: DeclaredEntries
    imports: tuple[Import, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageRequirements:
    """What a page requires: the entries declared for the whole page, and its examples.

    ``name`` is used in messages.
    """

    name: str = ""
    declared: tuple[DeclaredEntries, ...] = ()
    examples: tuple[ExampleRequirements, ...] = ()
    files: tuple[DeclaredEntries, ...] = ()

    @property
    def entries(self) -> tuple[str, ...]:
        """The package entries declared for the whole page, each once."""
        return tuple(dict.fromkeys(entry for declared in self.declared for entry in declared.entries))

    @property
    def imports(self) -> tuple[Import, ...]:
        """What its examples import, each module once."""
        found = {each.module: each for example in self.examples for each in example.imports}
        return tuple(found.values())


@dataclass(frozen=True)
class SiteRequirements:
    """What a site requires. ``site`` is declared for every page, ``pages`` are those with examples."""

    site: DeclaredEntries
    pages: tuple[PageRequirements, ...] = field(default=())

    def declares_packages(self) -> bool:
        """Whether any package entry is declared."""
        return any(declared.entries for declared in self.declared())

    def declared(self) -> Iterator[DeclaredEntries]:
        """All declarations of packages, in the order of the pages."""
        yield self.site
        for page in self.pages:
            yield from page.declared
            yield from (example.declared for example in page.examples)

    def imported_names(self) -> set[str]:
        """The full names of everything that examples import."""
        imports = [each for page in self.pages for each in page.imports]
        return {name for each in imports for name in each.names}

    def auto_imports(self) -> Iterator[tuple[Import, Location]]:
        """The imports that an ``auto`` covers, with the locations of their examples."""
        everywhere = AUTO in self.site.entries
        for page in self.pages:
            whole_page = everywhere or AUTO in page.entries
            for example in page.examples:
                if whole_page or AUTO in example.declared.entries:
                    yield from ((each, example.declared.location) for each in example.imports)
