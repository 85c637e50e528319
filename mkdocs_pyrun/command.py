"""How the command ``pyrun`` works with MkDocs and ProperDocs."""

import logging
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.utils import CountHandler

from mkdocs_pyrun.plugin import BuildUse, PyrunPlugin
from pyrun_core.cli import Outcome
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import PyrunError

__all__ = ["MkDocsHost"]


class MkDocsHost:
    """Builds a site into a temporary folder, because its requirements are known once pages are rendered."""

    def resolve(self, config: Path, lock_mode: LockMode) -> Outcome:
        """Render all pages and resolve their packages."""
        return _build(config, BuildUse.PACKAGES, lock_mode)

    def read_examples(self, config: Path) -> Outcome:
        """Render all pages."""
        return _build(config, BuildUse.EXAMPLES)


def _build(config: Path, use: BuildUse, lock_mode: LockMode = LockMode.FOLLOW) -> Outcome:
    counter, shown = CountHandler(), logging.StreamHandler()
    log = logging.getLogger("mkdocs")
    for handler in (counter, shown):
        handler.setLevel(logging.WARNING)
        log.addHandler(handler)
    try:
        with tempfile.TemporaryDirectory(prefix="pyrun-") as scratch:
            loaded = load_config(str(config.resolve()), site_dir=scratch)
            plugins = [plugin for plugin in loaded.plugins.values() if isinstance(plugin, PyrunPlugin)]
            if not plugins:
                raise PyrunError(f"{config} does not have 'pyrun' among its plugins")
            plugins[0].lock_mode = lock_mode
            plugins[0].use = use
            plugins[0].config["runtime"] = ""  # it would be outside of the temporary folder
            build(loaded)
    except (MkDocsException, Abort) as error:
        raise PyrunError(f"{config}: {error}") from error
    finally:
        for handler in (counter, shown):
            log.removeHandler(handler)
    problems = sum(count for _, count in counter.get_counts())
    return Outcome(plugins[0].settlement, problems, plugins[0].pages, plugins[0].left_alone)
