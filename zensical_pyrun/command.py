"""How the command ``pyrun`` works with Zensical."""

from importlib.util import find_spec
from pathlib import Path

from pyrun_core.cli import Outcome
from pyrun_core.live.left_alone import left_alone
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.proof.built_pages import read_built_pages
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.proof.places import Places
from zensical_pyrun.door import build_site
from zensical_pyrun.example_log import noted_examples
from zensical_pyrun.problem_log import ProblemLog
from zensical_pyrun.site import ZensicalSite

__all__ = ["ZensicalHost"]


class ZensicalHost:
    """Builds the site into its usual folder, because Zensical accepts no other, and finishes it."""

    def __init__(self) -> None:
        if find_spec("zensical") is None:
            raise ImportError("Zensical is not installed")

    def resolve(self, config: Path, lock_mode: LockMode) -> Outcome:
        """Build the site and resolve its packages."""
        config = config.resolve()
        log, noted = ProblemLog(), noted_examples(config)
        log.start()
        build_site(config)
        log.print_page_problems()
        finished = ZensicalSite(config, log, noted).finisher(lock_mode).finish()
        noted.keep()
        return Outcome(finished.settlement, log.count)

    def read_examples(self, config: Path) -> Outcome:
        """Build the site with all of its pages, because Zensical's cache knows nothing of examples."""
        config = config.resolve()
        log, noted = ProblemLog(), noted_examples(config)
        log.start()
        build_site(config, is_clean=True)
        log.print_page_problems()
        finisher = ZensicalSite(config, log, noted).finisher()
        settlement = finisher.finish().settlement
        noted.keep()
        maker = PageMaker(Places((finisher.site.example_files.root,)))
        built = read_built_pages(finisher.live_files(), noted.all(), maker)
        left = left_alone(noted.all(), maker.places.shown)
        return Outcome(settlement, log.count, [each.page for each in built], left)
