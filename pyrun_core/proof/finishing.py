"""A check while a built site is finished, which decides about its examples and their outputs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyrun_core.examples.example import Example
from pyrun_core.finish.cell_outputs import CheckedCells
from pyrun_core.live.left_alone import LeftAlone
from pyrun_core.options.checks import BUILD_OUTPUT, WantedCheck, wanted_check
from pyrun_core.outputs.stored import StoredOutput
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

    def __call__(
        self, settlement: Settlement, files: Iterable[tuple[str, str]], *, stores_outputs: bool
    ) -> CheckedCells:
        """Check the examples that the options of the site want checked, and report those that fail.

        Raises:
            PyrunError: the examples cannot be run, and the author has asked for the check, or for outputs.
        """
        noted = self.noted()
        is_asked = stores_outputs or wanted_check(settlement.site.values) is WantedCheck.ASKED
        if not is_asked and not any(
            isinstance(each, Example) and each.provenance.by_option for each in noted
        ):
            return CheckedCells(lambda _: False, lambda _: None)
        from pyrun_core.proof.build_check import check_build  # noqa: PLC0415 - most builds check nothing

        built = read_built_pages(files, noted, self.maker)
        pages = [each.page for each in built]
        checked = check_build(settlement, pages, self.report, self.log)
        ordinary: set[object] = set()
        outputs: dict[object, StoredOutput | None] = {}
        for each in built:
            for key, example in zip(each.keys, each.page.examples, strict=True):
                if example in checked.ordinary:
                    ordinary.add(key)
                output = checked.outputs.get(example)
                # Of the same code with other outputs, nobody knows which one belongs to which cell.
                outputs[key] = output if outputs.get(key, output) == output else None

        def is_ordinary(cell: Mapping[str, str]) -> bool:
            return bool(ordinary) and key_of_cell(cell) in ordinary

        def output_of(cell: Mapping[str, str]) -> StoredOutput | None:
            return outputs.get(key_of_cell(cell)) if cell.get("data-output") == BUILD_OUTPUT else None

        return CheckedCells(is_ordinary, output_of)
