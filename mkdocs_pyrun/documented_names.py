"""The names that other sites document, as mkdocstrings has read them from their inventories."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["names_of_other_sites"]


def names_of_other_sites(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """The names with their URLs; none without mkdocstrings.

    It registers them with mkdocs-autorefs, which has a method to add to its table and none to read it.
    """
    table = getattr(config.plugins.get("autorefs"), "_abs_url_map", None)
    yield from table.items() if isinstance(table, dict) else ()
