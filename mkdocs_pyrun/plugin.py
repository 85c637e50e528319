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

from markdown_pyrun.context import Site
from mkdocs_pyrun import assets, registration
from mkdocs_pyrun.options import config_scheme, find_section, given_values, with_cures, with_hyphens
from mkdocs_pyrun.packages import settle_site, settled_files, site_needs
from pyrun_core.packages.publish.resolved import Settled
from pyrun_core.packages.request.page_requirements import Declared, SiteNeeds
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import Location

__all__ = ["PyrunPlugin"]

# mkdocstrings keeps the extensions' configuration as it finds it, unless that is still empty.
_BEFORE_OTHER_PLUGINS = 100


class PyrunPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs has no types there
    """Live Python examples. The options are declared in `pyrun_core.options.declare`."""

    config_scheme = config_scheme()
    lock_mode = LockMode.FOLLOW
    """What is done with the lock file; ``pyrun lock`` sets another one."""
    _site: Site
    needs = SiteNeeds(Declared((), Location("mkdocs.yml")))
    settled = Settled()
    """The packages, once all pages have been rendered."""

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
        """Settle the packages and add the browser files, now that all pages have been rendered."""
        if assets.any_page_is_live(files):
            self.needs = site_needs(self._site)
            self.settled = settle_site(self._site, config, self.lock_mode)
            more = settled_files(self._site, self.settled)
            assets.add_files(files, config, self._site.distribution, more)
            if assets.navigates_instantly(config):
                assets.load_on_every_page(config)
        return env

    @event_priority(_BEFORE_OTHER_PLUGINS)
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Tell a page's examples what they load, and have the page load the browser files."""
        if self._site.gathered:
            output = self._site.gathered.with_packages(
                output, self.settled, self._site.values.get("packages", ())
            )
        return output if assets.navigates_instantly(config) else assets.with_assets(output, page.url)
