"""What the pages of a site require: what their authors declared, and what their examples import."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from pyrun_core.examples.call_needs import CallNeed
from pyrun_core.examples.imports import Import, is_in_python
from pyrun_core.options.package_entries import AUTO
from pyrun_core.options.page_packages import PagePackages
from pyrun_core.options.reader_interface import BLACK
from pyrun_core.problems import Location

__all__ = ["DeclaredEntries", "ExampleRequirements", "PageRequirements", "SiteRequirements"]

_ID_DIGITS = 12

_BESIDE_TABLES = frozenset({"dateutil", "numpy", "pyarrow", "requests", "scipy", "tabulate"})
"""Modules whose objects have no attribute that is also one of pandas, such as ``plot``."""


@dataclass(frozen=True)
class DeclaredEntries:
    """The entries of an option that takes several, and where the author set it."""

    entries: tuple[str, ...]
    location: Location


@dataclass(frozen=True)
class ExampleRequirements:
    """What one example requires, its page's options included, and nothing of other pages.

    ``declared`` are its own package entries, ``page_entries`` those of its page. ``files`` are patterns,
    relative to ``folder``, the folder of the page in the documentation. ``formatter`` is what formats its
    code, if anything does: a value of the option ``format``. ``language`` is that of its buttons and
    messages, empty for English.
    """

    declared: DeclaredEntries
    imports: tuple[Import, ...] = ()
    files: tuple[str, ...] = ()
    page_entries: tuple[str, ...] = ()
    folder: str = ""
    formatter: str = ""
    language: str = ""

    @cached_property
    def id(self) -> str:
        """Its name in the page, the same for all examples that require the same. Empty if it is nothing."""
        modules = tuple(each.module for each in self.imports)
        parts = (self.page_entries, self.declared.entries, modules, self.files)
        if not any(parts):
            return ""
        return _id_of(*parts, self.folder if self.files else "")


@lru_cache(maxsize=1024)  # most examples of a site require what others require
def _id_of(*parts: str | tuple[str, ...]) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:_ID_DIGITS]


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
        found = {each.module: each for example in self.examples for each in self.imports_of(example)}
        return tuple(found.values())

    def imports_of(self, example: ExampleRequirements) -> Iterator[Import]:
        """What one of its examples imports, or needs because of something that the page imports."""
        return (each for each in example.imports if each.need is None or self._has_user(each.need))

    def _has_user(self, need: CallNeed) -> bool:
        """Whether the code is about the package that has the need, as far as the page's imports tell."""
        if need.generic:
            return need.user in self._imported and self._imported <= {need.user, *_BESIDE_TABLES}
        return not need.user or need.user in self._imported

    @cached_property
    def _imported(self) -> frozenset[str]:
        """The modules of packages that its examples import themselves."""
        imports = (each for example in self.examples for each in example.imports if each.need is None)
        return frozenset(each.module for each in imports if not is_in_python(each.module, ()))


@dataclass(frozen=True)
class SiteRequirements:
    """What a site requires. ``site`` is declared for every page, ``pages`` are those with examples.

    ``page_packages`` decides what pages may name. No other entry of theirs gets any further than `refused`.
    """

    site: DeclaredEntries
    pages: tuple[PageRequirements, ...] = field(default=())
    page_packages: PagePackages = field(default=PagePackages())

    def examples(self) -> dict[str, ExampleRequirements]:
        """What its examples require, by id. The ids are sorted."""
        found = {example.id: example for page in self.pages for example in page.examples if example.id}
        return dict(sorted(found.items()))

    def declared(self) -> Iterator[DeclaredEntries]:
        """All declarations of packages, in the order of the pages, without entries that are refused."""
        yield self.site
        for declared in self._of_pages():
            yield DeclaredEntries(self.allowed(declared.entries), declared.location)
        if location := self.formatters().get(BLACK):
            yield DeclaredEntries((BLACK,), location)

    def languages(self) -> set[str]:
        """The languages in which the site speaks to readers, besides English."""
        return {example.language for page in self.pages for example in page.examples if example.language}

    def formatters(self) -> dict[str, Location]:
        """What formats code on the site, with the location of the first example of each."""
        found: dict[str, Location] = {}
        for page in self.pages:
            for example in page.examples:
                if example.formatter:
                    found.setdefault(example.formatter, example.declared.location)
        return dict(sorted(found.items()))

    def allowed(self, entries: Iterable[str]) -> tuple[str, ...]:
        """Those of a page's entries that it may have."""
        return tuple(filter(self._allows, entries))

    def refused(self) -> dict[str, list[Location]]:
        """The entries that pages may not have, with the locations that declare them."""
        found: dict[str, list[Location]] = {}
        for declared in self._of_pages():
            for entry in declared.entries:
                if not self._allows(entry):
                    found.setdefault(entry, []).append(declared.location)
        return found

    def _of_pages(self) -> Iterator[DeclaredEntries]:
        for page in self.pages:
            yield from page.declared
            yield from (example.declared for example in page.examples)

    @cached_property
    def _allows(self) -> Callable[[str], bool]:
        """Whether a page may have an entry. Pages have the same entries again and again."""
        return cache(self.page_packages.allows)

    def imported_names(self) -> set[str]:
        """The full names of everything that examples import."""
        imports = [each for page in self.pages for each in page.imports]
        return {name for each in imports for name in each.names}

    def auto_imports(self) -> Iterator[tuple[Import, Location]]:
        """The imports that an ``auto`` covers, with the locations of their examples."""
        everywhere = AUTO in self.site.entries
        if not everywhere and not self._allows(AUTO):
            return
        for page in self.pages:
            whole_page = everywhere or AUTO in page.entries
            for example in page.examples:
                if whole_page or AUTO in example.declared.entries:
                    yield from ((each, example.declared.location) for each in page.imports_of(example))
