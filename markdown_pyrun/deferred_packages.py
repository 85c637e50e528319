"""What the pages of a site turned out to need, gathered while they are rendered.

Packages are settled when all pages are there. Until then an example carries a token in their place.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pyrun_core.examples.render import data_attributes
from pyrun_core.packages.publish.resolved import CellPackages, Settled
from pyrun_core.packages.request.page_requirements import Declared, ExampleNeeds, PageNeeds, SiteNeeds

__all__ = ["TOKEN_ATTRIBUTE", "Gathered"]

TOKEN_ATTRIBUTE = "packages-of"  # noqa: S105 - hides nothing
"""The attribute ``data-packages-of`` stands for those that are not known yet."""

_TOKEN = re.compile(rf"""\sdata-{TOKEN_ATTRIBUTE}=["']?(?P<key>[0-9a-f]{{16}})["']?""")
_KEY_DIGITS = 16


@dataclass(frozen=True)
class _Place:
    page: str
    words: tuple[str, ...]
    needs: ExampleNeeds
    is_first: bool


@dataclass
class Gathered:
    """Grows while pages are rendered; a page that is rendered twice counts once."""

    _pages: dict[str, PageNeeds] = field(default_factory=dict)
    _places: dict[str, _Place] = field(default_factory=dict)

    def begin(self, page: str, packages: Declared | None) -> None:
        """Begin with a page, and what its front matter asks for."""
        self._pages[page] = PageNeeds(name=page, declared=(packages,) if packages else ())

    def add(self, page: str, needs: ExampleNeeds, *, is_first: bool) -> str:
        """Note an example; the token that stands for its packages."""
        known = self._pages.get(page, PageNeeds(name=page))
        if needs not in known.examples:
            known = replace(known, examples=(*known.examples, needs))
        self._pages[page] = known
        key = hashlib.sha256(repr((page, needs, is_first)).encode()).hexdigest()[:_KEY_DIGITS]
        self._places[key] = _Place(page, known.words, needs, is_first)
        return key

    def needs(self, site: Declared) -> SiteNeeds:
        """What has been gathered."""
        return SiteNeeds(site, tuple(page for page in self._pages.values() if page.examples))

    def with_packages(self, html: str, settled: Settled, site: tuple[str, ...]) -> str:
        """A finished page, with what its examples load in place of the tokens."""
        return _TOKEN.sub(lambda token: data_attributes(self._values(token["key"], settled, site)), html)

    def _values(self, key: str, settled: Settled, site: tuple[str, ...]) -> Mapping[str, str]:
        place = self._places.get(key)
        if place is None:  # of a page that this build did not render
            return {}
        imports = self._pages[place.page].imports
        cell = CellPackages((*site, *place.words), imports, place.needs.declared.words, place.needs.imports)
        return settled.attributes(cell, is_first=place.is_first)
