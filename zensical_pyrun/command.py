"""How the command ``pyrun`` works with Zensical."""

from importlib.util import find_spec
from pathlib import Path

from pyrun_core.cli import Outcome
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.proof.built_pages import read_built_pages
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.proof.places import Places
from zensical_pyrun.door import build_site
from zensical_pyrun.example_log import ExampleLog
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
        log = ProblemLog()
        log.start()
        build_site(config)
        log.print_page_problems()
        return Outcome(ZensicalSite(config, log).finish(lock_mode).settlement, log.count)

    def read_examples(self, config: Path) -> Outcome:
        """Build the site with all of its pages, because Zensical's cache knows nothing of examples."""
        config = config.resolve()
        log, noted = ProblemLog(), ExampleLog()
        log.start()
        build_site(config, is_clean=True)
        log.print_page_problems()
        finisher = ZensicalSite(config, log).finisher()
        settlement = finisher.finish().settlement
        maker = PageMaker(Places((finisher.site.example_files.root,)))
        built = read_built_pages(finisher.live_files(), noted.examples, maker)
        return Outcome(settlement, log.count, [each.page for each in built])
