"""A check while a built site is finished, which decides which of its examples become live."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyrun_core.examples.example import Example
from pyrun_core.finish.cells import IsOrdinary
from pyrun_core.live.left_alone import LeftAlone
from pyrun_core.options.checks import WantedCheck, wanted_check
from pyrun_core.problems import Report
from pyrun_core.proof.built_pages import key_of_cell, read_built_pages
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.settlement.settlement import Settlement

__all__ = ["FinishingCheck"]


@dataclass(frozen=True)
class FinishingCheck:
    """Checks the examples in HTML files. ``noted`` returns what was noted of them while they were made."""

    maker: PageMaker
    noted: Callable[[], Sequence[Example | LeftAlone]]
    report: Report
    log: Callable[[str], object]

    def __call__(self, settlement: Settlement, files: Iterable[tuple[str, str]]) -> IsOrdinary:
        """Check the examples that the options of the site want checked, and report those that fail.

        Returns what decides which examples stay ordinary blocks.

        Raises:
            PyrunError: the examples cannot be run, and the author has asked for the check.
        """
        noted = self.noted()
        if wanted_check(settlement.site.values) is WantedCheck.BY_DEFAULT and not any(
            isinstance(each, Example) and each.provenance.by_option for each in noted
        ):
            return lambda _: False
        from pyrun_core.proof.build_check import check_build  # noqa: PLC0415 - most builds check nothing

        built = read_built_pages(files, noted, self.maker)
        pages = [each.page for each in built]
        ordinary = check_build(settlement, pages, self.report, self.log).ordinary
        keys = {
            key
            for each in built
            for key, example in zip(each.keys, each.page.examples, strict=True)
            if example in ordinary
        }

        def is_ordinary(cell: Mapping[str, str]) -> bool:
            return bool(keys) and key_of_cell(cell) in keys

        return is_ordinary
