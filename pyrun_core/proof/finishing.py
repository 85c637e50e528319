"""A check while a built site is finished, which decides about its examples and their outputs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyrun_core.examples.example import Example
from pyrun_core.finish.cell_outputs import CheckedCells
from pyrun_core.options.checks import BUILD_OUTPUT
from pyrun_core.outputs.stored import StoredOutput
from pyrun_core.problems import Report
from pyrun_core.proof.build_check import check_build
from pyrun_core.proof.built_pages import key_of_cell, read_built_pages
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.settlement.settlement import Settlement

__all__ = ["FinishingCheck"]


@dataclass(frozen=True)
class FinishingCheck:
    """Checks the examples in HTML files. ``noted`` returns what was noted of them while they were made.

    ``only_outputs`` is as in `check_build`.
    """

    maker: PageMaker
    noted: Callable[[], list[Example]]
    report: Report
    log: Callable[[str], object]
    only_outputs: bool = False

    def __call__(self, settlement: Settlement, files: Iterable[tuple[str, str]]) -> CheckedCells:
        """Check the examples, and report those that fail.

        Raises:
            PyrunError: the examples cannot be run.
        """
        built = read_built_pages(files, self.noted(), self.maker)
        pages = [each.page for each in built]
        checked = check_build(settlement, pages, self.report, self.log, only_outputs=self.only_outputs)
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
