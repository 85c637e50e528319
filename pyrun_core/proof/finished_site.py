"""The examples of a site that is built, by any generator, for a check. No file of the site is changed."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pyrun_core.finish.config.configuration import (
    find_configuration,
    no_configuration,
    read_configuration,
)
from pyrun_core.finish.finisher import Finisher
from pyrun_core.finish.noted_examples import NotedExamples
from pyrun_core.live.left_alone import LeftAlone, left_alone
from pyrun_core.problems import Report
from pyrun_core.proof.built_pages import read_built_pages
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.proof.places import Places
from pyrun_core.settlement.settlement import Settlement

__all__ = ["ReadSite", "read_finished_site"]


class ReadSite(NamedTuple):
    """A settled site, its pages with examples, and the blocks that ``live`` finds but leaves alone."""

    settlement: Settlement
    pages: list[CheckedPage]
    left_alone: list[LeftAlone]


def read_finished_site(
    folder: Path, config: Path | None, report: Report, log: Callable[[str], object]
) -> ReadSite:
    """The examples in the HTML of a folder. Without ``config``, it is looked for in the current folder.

    Raises:
        PyrunError: the folder is not that of a site, or it cannot be settled.
    """
    config = config or find_configuration(Path())
    configuration = read_configuration(config, report) if config else no_configuration(Path.cwd())
    noted = NotedExamples(configuration.base)
    site = configuration.prepare(folder, report, log)
    finisher = Finisher(folder, site, configuration.documented, has_plain_blocks=True, note=noted.add)
    settlement = finisher.settle_only()
    maker = PageMaker(Places((configuration.documents, folder)))
    built = read_built_pages(finisher.live_files(), noted.all(), maker)
    left = left_alone(noted.all(), maker.places.shown)
    noted.keep()
    return ReadSite(settlement, [each.page for each in built], left)
