"""The themes on which live examples are audited."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.browser.scenarios import Scenario
    from tests.browser.sites import Host

__all__ = ["THEMES", "Scheme", "Theme"]

Scheme = Literal["light", "dark"]

PALETTE = [
    {"media": "(prefers-color-scheme: light)", "scheme": "default"},
    {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
]
KEYS = {"navigation_with_keys": True}
"""With Sphinx, the arrow keys turn the page."""

NO_CDN = {"highlightjs": False}
"""The two themes that come with MkDocs load highlight.js from another host."""

NO_EXTENSIONS: dict[str, list[str]] = {"markdown_extensions": []}
"""They don't style Pygments' markup."""


@dataclass(frozen=True, eq=False)
class Theme:
    """A theme, with the options that it needs on a machine without other hosts."""

    name: str
    host: Host
    schemes: tuple[Scheme, ...] = ("light", "dark")
    options: Mapping[str, Any] = field(default_factory=dict)
    turns_page: str = ""
    """A key with which readers leave the page."""
    config: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    """Beside the page."""

    def plan(self, scenario: Scenario) -> Plan:
        """A site with a page."""
        return Plan(
            self.host,
            [scenario],
            theme=self.name,
            theme_options=self.options,
            config=self.config,
            data=self.files,
        )

    @property
    def title(self) -> str:
        """The theme, with its host where two have a theme of this name."""
        hosts = {"sphinx": "Sphinx", "mkdocs": "MkDocs", "zensical": "Zensical"}
        return f"{self.name} ({hosts[self.host]})"


THEMES = (
    Theme("alabaster", "sphinx", ("light",), KEYS, "ArrowLeft"),
    Theme("sphinx_rtd_theme", "sphinx", ("light",), KEYS, "ArrowLeft"),
    Theme("furo", "sphinx", options=KEYS, turns_page="ArrowLeft"),
    Theme("pydata_sphinx_theme", "sphinx", options=KEYS, turns_page="ArrowLeft"),
    Theme("sphinx_book_theme", "sphinx", options=KEYS, turns_page="ArrowLeft"),
    # It always loads its font from another host.
    Theme(
        "shibuya",
        "sphinx",
        config={"templates_path": ["templates"]},
        files={"templates/partials/webfonts.html": ""},
    ),
    Theme(
        "sphinx_immaterial",
        "sphinx",
        options={"font": False, "palette": PALETTE},
        config={"extensions": ["sphinx_pyrun", "sphinx_immaterial"]},
    ),
    Theme("material", "mkdocs", options={"palette": PALETTE}, turns_page="p"),
    Theme("mkdocs", "mkdocs", options={"color_mode": "auto", **NO_CDN}, turns_page="p", config=NO_EXTENSIONS),
    Theme("readthedocs", "mkdocs", ("light",), NO_CDN, config=NO_EXTENSIONS),
    Theme("modern", "zensical"),
)
