"""What the pages of a site need, as their authors wrote it, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyrun_core.options.package_entries import AUTO
from pyrun_core.packages.request.imports import Import
from pyrun_core.problems import Location

__all__ = ["Declared", "ExampleNeeds", "PageNeeds", "SiteNeeds"]


@dataclass(frozen=True)
class Declared:
    """The words of an option that takes several, and where it stands."""

    words: tuple[str, ...]
    location: Location


@dataclass(frozen=True)
class ExampleNeeds:
    """What one example needs: what it declares, what its code imports, and the files it names."""

    declared: Declared
    imports: tuple[Import, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageNeeds:
    """What a page needs: what is declared for all of it, and its examples. ``name`` is for messages."""

    name: str = ""
    declared: tuple[Declared, ...] = ()
    examples: tuple[ExampleNeeds, ...] = ()
    files: tuple[Declared, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What is declared for the whole page."""
        return tuple(dict.fromkeys(word for declared in self.declared for word in declared.words))

    @property
    def imports(self) -> tuple[Import, ...]:
        """What its examples import, each module once."""
        found = {each.module: each for example in self.examples for each in example.imports}
        return tuple(found.values())


@dataclass(frozen=True)
class SiteNeeds:
    """What a site needs. ``site`` is what holds for every page, ``pages`` are those with examples."""

    site: Declared
    pages: tuple[PageNeeds, ...] = field(default=())

    def wants_packages(self) -> bool:
        """Whether anything is declared."""
        return any(declared.words for declared in self.declared())

    def declared(self) -> Iterator[Declared]:
        """Everything that is declared, in the order of the pages."""
        yield self.site
        for page in self.pages:
            yield from page.declared
            yield from (example.declared for example in page.examples)

    def imported(self) -> set[str]:
        """The whole names of all that examples import."""
        imports = [each for page in self.pages for each in page.imports]
        return {name for each in imports for name in each.names}

    def automatic(self) -> Iterator[tuple[Import, Location]]:
        """Imports that an ``auto`` asks for, with the places of their examples."""
        everywhere = AUTO in self.site.words
        for page in self.pages:
            whole = everywhere or AUTO in page.words
            for example in page.examples:
                if whole or AUTO in example.declared.words:
                    yield from ((each, example.declared.location) for each in example.imports)


def places(locations: Iterable[Location]) -> str:
    """Where something stands, for a message."""
    return ", ".join(dict.fromkeys(map(str, locations)))
