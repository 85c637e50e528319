"""The MkDocs plugin: passes the options and each page to the extension, and finishes the built site.

It imports ``mkdocs``. Under ProperDocs, that name stands for the modules of ProperDocs.
"""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_pyrun import registration
from mkdocs_pyrun.documented_names import names_of_other_sites
from mkdocs_pyrun.options import config_scheme, find_section, given_values, with_hyphens, with_locations
from pyrun_core.examples.example import Example
from pyrun_core.finish.cell_outputs import CheckedCells
from pyrun_core.finish.finisher import Finisher
from pyrun_core.live.left_alone import LeftAlone, left_alone
from pyrun_core.options.checks import WantedCheck, wanted_check
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import PyrunError
from pyrun_core.proof.built_pages import read_built_pages
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.proof.places import Places
from pyrun_core.settlement.settlement import Settlement
from pyrun_core.site import Site

__all__ = ["BuildUse", "PyrunPlugin"]

# mkdocstrings copies the extensions' configuration at this event.
_BEFORE_OTHER_PLUGINS = 100
# Some write pages at the end of the build, such as a page for printing.
_AFTER_OTHER_PLUGINS = -100


class BuildUse(Enum):
    """What a build is for."""

    SITE = auto()
    """The site. Its examples are checked if its options want that."""

    PACKAGES = auto()
    """The packages of the site, for the command ``pyrun``."""

    EXAMPLES = auto()
    """The examples of the site, for the command ``pyrun check``."""


class PyrunPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs has no types there
    """Live Python examples. The options are declared in `pyrun_core.options.declare`."""

    config_scheme = config_scheme()
    lock_mode = LockMode.FOLLOW
    """What happens to the lock file. ``pyrun lock`` sets another mode."""
    settlement: Settlement
    """What was settled for the site, once it has been built."""
    pages: Sequence[CheckedPage] = ()
    """The examples of the site, once it has been built, if that is what the build is for."""
    use = BuildUse.SITE
    """What the build is for. The command ``pyrun`` says so."""
    _site: Site
    left_alone: Sequence[LeftAlone] = ()
    """The blocks that `live` finds and that stay as they are, together with ``pages``."""
    _noted: list[Example | LeftAlone]

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
        self._noted = []
        self._site = registration.register(config, given_values(self.config))
        return config

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Pass the next page to the extension."""
        registration.pass_page(config, self._site, page, files, self._noted.append)
        return markdown

    @event_priority(_AFTER_OTHER_PLUGINS)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Settle the examples, check them if their author wants that, and add what their pages load."""
        documented = DocumentedProject(config.site_name or "")
        maker = PageMaker(Places((Path(config.docs_dir),)))
        finisher = Finisher(
            Path(config.site_dir),
            self._site,
            documented,
            self.lock_mode,
            check=partial(self._check, maker) if self.use is BuildUse.SITE else None,
            is_checked=wanted_check(self._site.values) is not WantedCheck.NONE,
            names_elsewhere=partial(names_of_other_sites, config),
        )
        try:
            self.settlement = finisher.finish().settlement
        except PyrunError as error:
            raise PluginError(f"{self._site.location}: {error}") from error
        if self.use is BuildUse.EXAMPLES:
            built = read_built_pages(finisher.live_files(), self._noted, maker)
            self.pages = [each.page for each in built]
            self.left_alone = left_alone(self._noted, maker.places.shown)

    def _check(
        self,
        maker: PageMaker,
        settlement: Settlement,
        files: Iterable[tuple[str, str]],
        *,
        stores_outputs: bool,
    ) -> CheckedCells:
        from pyrun_core.proof.finishing import FinishingCheck  # noqa: PLC0415 - only builds that check load it

        check = FinishingCheck(maker, lambda: self._noted, self._site.report, self._site.log)
        return check(settlement, files, stores_outputs=stores_outputs)
