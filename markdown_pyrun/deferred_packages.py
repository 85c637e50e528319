"""Packages that are resolved after the pages have been rendered.

Packages are resolved for all pages at once. Until then, an example carries a token in place of its packages.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pyrun_core.examples.render import data_attributes
from pyrun_core.packages.publish.resolved import CellPackages, ResolvedSite
from pyrun_core.packages.request.page_requirements import (
    DeclaredEntries,
    ExampleRequirements,
    PageRequirements,
)

__all__ = ["TOKEN_ATTRIBUTE", "DeferredPackages"]

TOKEN_ATTRIBUTE = "packages-of"  # noqa: S105 - hides nothing
"""The attribute ``data-packages-of`` replaces those that are not known yet."""

_TOKEN = re.compile(rf"""\sdata-{TOKEN_ATTRIBUTE}=["']?(?P<key>[0-9a-f]{{16}})["']?""")
_KEY_DIGITS = 16


@dataclass(frozen=True)
class _DeferredExample:
    page: str
    page_entries: tuple[str, ...]
    requirements: ExampleRequirements
    is_first: bool


@dataclass
class DeferredPackages:
    """Collects what pages require while they are rendered. A page that is rendered twice counts once."""

    _pages: dict[str, PageRequirements] = field(default_factory=dict)
    _examples: dict[str, _DeferredExample] = field(default_factory=dict)

    def begin_page(self, page: str, packages: DeclaredEntries | None) -> None:
        """Begin a page. ``packages`` is what its front matter declares."""
        self._pages[page] = PageRequirements(name=page, declared=(packages,) if packages else ())

    def add_example(self, page: str, example: ExampleRequirements, *, is_first: bool) -> str:
        """Add an example. Returns the token for its packages."""
        requirements = self._pages.get(page, PageRequirements(name=page))
        if example not in requirements.examples:
            requirements = replace(requirements, examples=(*requirements.examples, example))
        self._pages[page] = requirements
        key = hashlib.sha256(repr((page, example, is_first)).encode()).hexdigest()[:_KEY_DIGITS]
        self._examples[key] = _DeferredExample(page, requirements.entries, example, is_first)
        return key

    def pages(self) -> Iterable[PageRequirements]:
        """What the pages require that have been rendered so far."""
        return self._pages.values()

    def fill_in(self, html: str, resolved: ResolvedSite, site_entries: tuple[str, ...]) -> str:
        """A finished page with the packages of its examples in place of the tokens."""

        def attributes(token: re.Match[str]) -> str:
            return data_attributes(self._values(token["key"], resolved, site_entries))

        return _TOKEN.sub(attributes, html)

    def _values(self, key: str, resolved: ResolvedSite, site_entries: tuple[str, ...]) -> Mapping[str, str]:
        example = self._examples.get(key)
        if example is None:  # on a page that this build did not render
            return {}
        page_imports = self._pages[example.page].imports
        declared, imports = example.requirements.declared, example.requirements.imports
        entries = (*site_entries, *example.page_entries)
        cell = CellPackages(entries, page_imports, declared.entries, imports)
        return resolved.attributes(cell, is_first=example.is_first)
