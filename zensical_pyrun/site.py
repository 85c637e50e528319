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
from pyrun_core.finish.finisher import Finished, Finisher
from pyrun_core.finish.watcher import Watcher
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import Location, Problem
from zensical_pyrun.door import UnknownZensicalError, current_config
from zensical_pyrun.problem_log import ProblemLog, report

__all__ = ["ZensicalSite"]

_SECONDS_BETWEEN_LOOKS = 0.2


@dataclass
class ZensicalSite:
    """The site with this configuration file."""

    config_file: Path
    log: ProblemLog
    _config: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_strict(self) -> bool:
        """Whether the author has configured that a warning fails the build."""
        return bool(self._config.get("strict"))

    def finish(self, lock_mode: LockMode = LockMode.FOLLOW) -> Finished:
        """Finish the site that has been built.

        Raises:
            PyrunError: the site cannot be finished as it is configured.
        """
        return self.finisher(lock_mode).finish()

    def finisher(self, lock_mode: LockMode = LockMode.FOLLOW) -> Finisher:
        """What finishes the site that has been built.

        Raises:
            PyrunError: the site cannot be finished as it is configured.
        """
        self._config = current_config() or {}
        return self._finisher(lock_mode, is_served=False)

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
                _, failure = watcher.look()
                if failure and self._is_built():
                    self.log.print(failure)

    def _is_built(self) -> bool:
        """Whether there is a page. Zensical empties the folder before it builds the site again."""
        return bool(self._config) and any(self._folder.glob("**/*.html"))

    @property
    def _folder(self) -> Path:
        return Path(self._config["root_dir"], self._config["site_dir"])

    def _finisher(self, lock_mode: LockMode = LockMode.FOLLOW, *, is_served: bool) -> Finisher:
        kind = "zensical.toml" if self.config_file.suffix.lower() == ".toml" else "mkdocs.yml"
        configuration = read_configuration(self.config_file, report, kind)
        self._check(configuration)
        return Finisher(
            self._folder,
            configuration.prepare(self._folder, report, _say),
            configuration.documented,
            lock_mode,
            is_served=is_served,
        )

    def _check(self, configuration: Configuration) -> None:
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
