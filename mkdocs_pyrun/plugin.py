"""The MkDocs plugin: passes the options and each page to the extension, and adds the files.

It imports ``mkdocs``. Under ProperDocs, that name stands for the modules of ProperDocs.
"""

from typing import Any

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from markdown_pyrun.deferred_packages import DeferredPackages
from mkdocs_pyrun import assets, registration
from mkdocs_pyrun.options import config_scheme, find_section, given_values, with_hyphens, with_locations
from pyrun_core.examples.files import describe_files
from pyrun_core.packages.publish.resolved import ResolvedSite
from pyrun_core.packages.request.page_requirements import DeclaredEntries, SiteRequirements
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import Location, PyrunError
from pyrun_core.site import Site

__all__ = ["PyrunPlugin"]

# mkdocstrings copies the extensions' configuration at this event.
_BEFORE_OTHER_PLUGINS = 100


class PyrunPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs has no types there
    """Live Python examples. The options are declared in `pyrun_core.options.declare`."""

    config_scheme = config_scheme()
    lock_mode = LockMode.FOLLOW
    """What happens to the lock file. ``pyrun lock`` sets another mode."""
    requirements = SiteRequirements(DeclaredEntries((), Location("mkdocs.yml")))
    """What all pages require, once they have been rendered."""
    resolved = ResolvedSite()
    """The packages, once all pages have been rendered."""
    _site: Site
    _deferred: DeferredPackages

    def load_config(
        self,
        options: dict[str, Any],
        config_file_path: str | None = None,
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Read the plugin's section of ``mkdocs.yml``."""
        errors, warnings = super().load_config(with_hyphens(options), config_file_path)
        return errors, with_locations(warnings, find_section(config_file_path))

    @event_priority(_BEFORE_OTHER_PLUGINS)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Prepare the site, and register the extension."""
        self._deferred = DeferredPackages()
        self._site = registration.register(config, given_values(self.config), self._deferred)
        return config

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Pass the next page to the extension."""
        del files
        registration.pass_page(config, self._site, self._deferred, page)
        return markdown

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Resolve the packages and add the browser files, now that all pages have been rendered."""
        if assets.any_page_is_live(files):
            self._resolve(DocumentedProject(config.site_name or ""))
            assets.add_files(files, config, self._site.files(self.resolved))
            if assets.navigates_instantly(config):
                assets.load_on_every_page(config)
        return env

    def _resolve(self, documented: DocumentedProject) -> None:
        site = self._site
        if found := site.example_files.all():
            site.log(f"files of examples: {describe_files(found)}")
        self.requirements = site.requirements(self._deferred.pages())
        try:
            self.resolved = site.resolve(
                self.requirements,
                documented=documented,
                lock_mode=self.lock_mode,
            )
        except PyrunError as error:
            raise PluginError(f"{site.location}: {error}") from error

    @event_priority(_BEFORE_OTHER_PLUGINS)
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Fill in the packages of a page's examples, and have the page load the browser files."""
        output = self._deferred.fill_in(output, self.resolved, self._site.packages)
        return output if assets.navigates_instantly(config) else assets.with_assets(output, page.url)
