"""How the commands ``pyrun lock`` and ``pyrun packages`` work with Zensical."""

from importlib.util import find_spec
from pathlib import Path

from pyrun_core.cli import Outcome
from pyrun_core.packages.resolve_site import LockMode
from zensical_pyrun.door import build_site
from zensical_pyrun.problem_log import ProblemLog
from zensical_pyrun.site import ZensicalSite

__all__ = ["ZensicalHost"]


class ZensicalHost:
    """Builds the site into its usual folder, because Zensical accepts no other, and finishes it."""

    config_names = ("zensical.toml",)

    def __init__(self) -> None:
        if find_spec("zensical") is None:
            raise ImportError("Zensical is not installed")

    def resolve(self, config: Path, lock_mode: LockMode) -> Outcome:
        """Build the site and resolve its packages."""
        config = config.resolve()
        log = ProblemLog()
        log.start()
        build_site(config)
        log.print_page_problems()
        return Outcome(ZensicalSite(config, log).finish(lock_mode).settlement, log.count)
