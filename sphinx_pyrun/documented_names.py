"""The names that the project documents, and those that intersphinx knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

__all__ = ["intersphinx_names", "own_names"]


def own_names(app: Sphinx, root: str) -> Iterator[tuple[str, str]]:
    """The Python names of the project with their URLs. ``root`` is the URL of the site's root."""
    for name, _, _, page, anchor, _ in app.env.get_domain("py").get_objects():
        if page in app.env.found_docs:
            yield name, f"{root}{app.builder.get_target_uri(page)}#{anchor}"


def intersphinx_names(app: Sphinx) -> Iterator[tuple[str, str]]:
    """The Python names of other projects with their URLs."""
    inventory: dict[str, dict[str, Any]] = getattr(app.env, "intersphinx_inventory", {})
    for kind, items in inventory.items():
        if kind.startswith("py:"):
            for name, item in items.items():
                # A tuple before Sphinx 8.2.
                yield name, item[2] if isinstance(item, tuple) else item.uri
