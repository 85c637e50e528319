"""The site that Zensical builds, and its finishing."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import click

from pyrun_core.finish.config.config_file import EXTENSION_NAMES
from pyrun_core.finish.config.configuration import Configuration, read_configuration
from pyrun_core.finish.finisher import CheckCells, Finisher
from pyrun_core.finish.noted_examples import NotedExamples
from pyrun_core.finish.watcher import Watcher
from pyrun_core.options.checks import WantedCheck, wanted_check
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import Location, Problem
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.proof.places import Places
from pyrun_core.site import Site
from zensical_pyrun.door import UnknownZensicalError, current_config
from zensical_pyrun.problem_log import ProblemLog, report

__all__ = ["ZensicalSite"]

_SECONDS_BETWEEN_LOOKS = 0.2


@dataclass
class ZensicalSite:
    """The site with this configuration file."""

    config_file: Path
    log: ProblemLog
    noted: NotedExamples
    _config: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_strict(self) -> bool:
        """Whether the author has configured that a warning fails the build."""
        return bool(self._config.get("strict"))

    def finish(self) -> None:
        """Finish the site that has been built, and check its examples if its options want that.

        Raises:
            PyrunError: the site cannot be finished as it is configured.
        """
        self._config = current_config() or {}
        self._finisher(is_served=False).finish()
        self.noted.keep()

    def finisher(self, lock_mode: LockMode = LockMode.FOLLOW) -> Finisher:
        """What finishes the site that has been built, without a check.

        Raises:
            PyrunError: the site cannot be finished as it is configured.
        """
        self._config = current_config() or {}
        return self._finisher(lock_mode, is_served=False, is_checked=False)

    def watch(self) -> None:
        """Finish the site whenever it has changed, as long as the process lives."""
        watcher = Watcher(partial(self._finisher, is_served=True), self.config_file)
        while True:
            time.sleep(_SECONDS_BETWEEN_LOOKS)
            try:
                self._config = current_config() or {}
            except UnknownZensicalError as error:
                self.log.print(str(error))
                return
            if self._is_built():
                self.log.print_page_problems()
                finished, failure = watcher.look()
                if finished and finished.written:
                    self.noted.keep()
                if failure and self._is_built():
                    self.log.print(failure)

    def _is_built(self) -> bool:
        """Whether there is a page. Zensical empties the folder before it builds the site again."""
        return bool(self._config) and any(self._folder.glob("**/*.html"))

    @property
    def _folder(self) -> Path:
        return Path(self._config["root_dir"], self._config["site_dir"])

    def _finisher(
        self, lock_mode: LockMode = LockMode.FOLLOW, *, is_served: bool, is_checked: bool = True
    ) -> Finisher:
        kind = "zensical.toml" if self.config_file.suffix.lower() == ".toml" else "mkdocs.yml"
        configuration = read_configuration(self.config_file, report, kind)
        self._report_ignored(configuration)
        site = configuration.prepare(self._folder, report, _say)
        return Finisher(
            self._folder,
            site,
            configuration.documented,
            lock_mode,
            is_served=is_served,
            check=self._check(site) if is_checked else None,
            is_checked=wanted_check(site.values) is not WantedCheck.NONE,
        )

    def _check(self, site: Site) -> CheckCells:
        from pyrun_core.proof.finishing import FinishingCheck  # noqa: PLC0415 - only builds that check load it

        maker = PageMaker(Places((site.example_files.root,)))
        return FinishingCheck(maker, self.noted.all, report, _say)

    def _report_ignored(self, configuration: Configuration) -> None:
        """Report what Zensical ignores."""
        if not any(name in self._config["markdown_extensions"] for name in EXTENSION_NAMES):
            message = (
                "the fence 'pyrun' is configured, but the Markdown extension 'pyrun' is not, so its code is "
                "not live. Add the extension to 'markdown_extensions'"
            )
            report(Problem.OPTION, message, Location(self.config_file.name))
        if options := configuration.plugin_options:
            message = (
                f"Zensical ignores plugins, so it ignores the options {', '.join(options)} of the plugin "
                "'pyrun'. Move them to the extension 'pyrun' in 'markdown_extensions'; MkDocs reads them, too"
            )
            report(Problem.OPTION, message, Location(self.config_file.name))


def _say(message: str, *details: object) -> None:
    click.echo(f"pyrun: {message % details if details else message}")
