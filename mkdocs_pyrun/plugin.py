"""The MkDocs plugin: hands the options and each page to the extension, and adds the files.

It imports ``mkdocs`` by that name, which ProperDocs serves with its own modules.
"""

from typing import Any

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_pyrun import assets, registration
from mkdocs_pyrun.context import Site
from mkdocs_pyrun.options import config_scheme, find_section, given_values, with_cures, with_hyphens

__all__ = ["PyrunPlugin"]

# mkdocstrings keeps the extensions' configuration as it finds it, unless that is still empty.
_BEFORE_OTHER_PLUGINS = 100


class PyrunPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs has no types there
    """Live Python examples. The options are declared in `pyrun_core.options`."""

    config_scheme = config_scheme()
    _site: Site

    def load_config(
        self,
        options: dict[str, Any],
        config_file_path: str | None = None,
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Read the plugin's section of ``mkdocs.yml``."""
        errors, warnings = super().load_config(with_hyphens(options), config_file_path)
        return errors, with_cures(warnings, find_section(config_file_path))

    @event_priority(_BEFORE_OTHER_PLUGINS)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Choose the Pyodide, and register the extension."""
        self._site = registration.register(config, given_values(self.config))
        return config

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the extension which page comes next."""
        del files
        registration.pass_page(config, self._site, page)
        return markdown

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Add the browser files, now that all pages have been rendered."""
        if assets.any_page_is_live(files):
            assets.add_files(files, config, self._site.distribution)
            if assets.navigates_instantly(config):
                assets.load_on_every_page(config)
        return env

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Have a page with examples load the browser files."""
        return output if assets.navigates_instantly(config) else assets.with_assets(output, page.url)
